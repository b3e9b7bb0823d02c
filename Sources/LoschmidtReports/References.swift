/// The sources of the theory, the tests and the generators, and which of them a result used.
public enum References {
  /// The sources that a run used, in the order of ``all``.
  public static func used(by result: RunResult) -> [Reference] {
    var topics = Set(result.subject.topics)
    for experiment in result.experiments {
      topics.insert(experiment.kind)
      topics.formUnion(experiment.verdicts.map(\.name))
      topics.formUnion(experiment.tables.map(\.name))
      topics.formUnion(experiment.figures.map(\.name))
      if experiment.verdicts.contains(where: { $0.pValue != nil }) { topics.insert(equivalence) }
    }
    return about(topics)
  }

  /// The sources of any of the topics, in the order of ``all``.
  public static func about(_ topics: Set<String>) -> [Reference] {
    all.filter { !topics.isDisjoint(with: $0.topics) }
  }

  /// The source with this key; `nil` for none.
  public static func named(_ key: String) -> Reference? { all.first { $0.key == key } }

  /// These sources, then this program and what it links to.
  public static func endingWithTheProgram(_ references: [Reference]) -> [Reference] {
    let ends = [named("gsl2009"), loschmidt].compactMap(\.self)
    return references.filter { reference in !ends.contains { $0.key == reference.key } } + ends
  }

  /// The topic of experiments with statistical verdicts.
  public static let equivalence = "equivalence"

  /// All sources: the paper that asks the question first, then by subject and year.
  public static let all: [Reference] = theory + equalities + processes + statistics + tools

  /// This program, with what CITATION.cff says about it.
  public static let loschmidt = Reference(
    "loschmidt", .software, authors: ["The Loschmidt maintainers"],
    title: "Loschmidt: stochastic thermodynamics of training algorithms", year: nil, version: Version.current,
    topics: [])

  static let experiments = [
    "potentials", "fluctuation-theorem", "entropy-production", "stationary", "relaxation", "noise-comparison",
    "symmetry", "scaling",
  ]

  private static let theory = [
    Reference(
      "ziyin2026", .preprint, authors: ["Ziyin, Liu", "Ren, Yuanjie", "Levine, Adam", "Chuang, Isaac"],
      title: "Thermodynamic Irreversibility of Training Algorithms", year: 2026, arXiv: "2605.21933",
      topics: experiments),
    Reference(
      "seifert2012", .article, authors: ["Seifert, Udo"],
      title: "Stochastic thermodynamics, fluctuation theorems and molecular machines",
      in: "Reports on Progress in Physics", volume: "75", number: "12", pages: "126001", year: 2012,
      doi: "10.1088/0034-4885/75/12/126001", topics: ["fluctuation-theorem", "entropy-production"]),
    Reference(
      "hairer2006", .book, authors: ["Hairer, Ernst", "Lubich, Christian", "Wanner, Gerhard"],
      title: "Geometric Numerical Integration: Structure-Preserving Algorithms for Ordinary Differential Equations",
      in: "Springer, 2nd edition", year: 2006, doi: "10.1007/3-540-30666-8", topics: ["potentials"]),
    Reference(
      "barrett2021", .proceedings, authors: ["Barrett, David", "Dherin, Benoit"],
      title: "Implicit gradient regularization", in: "International Conference on Learning Representations",
      year: 2021, arXiv: "2009.11162", topics: ["potentials", "effective-loss"]),
    Reference(
      "du2018", .proceedings, authors: ["Du, Simon", "Hu, Wei", "Lee, Jason"],
      title: "Algorithmic regularization in learning deep homogeneous models: Layers are automatically balanced",
      in: "Advances in Neural Information Processing Systems", volume: "31", year: 2018, arXiv: "1806.00900",
      topics: ["symmetry", "selects"]),
    Reference(
      "kunin2021", .proceedings,
      authors: ["Kunin, Daniel", "Sagastuy-Brena, Javier", "Ganguli, Surya", "Yamins, Daniel", "Tanaka, Hidenori"],
      title: "Neural mechanics: symmetry and broken conservation laws in deep learning dynamics",
      in: "International Conference on Learning Representations", year: 2021, arXiv: "2012.04728",
      topics: ["symmetry", "selects"]),
    Reference(
      "ziyin2025", .article, authors: ["Ziyin, Liu", "Li, Hongchao", "Ueda, Masahito"],
      title: "Noise balance and stationary distribution of stochastic gradient descent",
      in: "Physical Review E", volume: "111", pages: "065303", year: 2025, doi: "10.1103/PhysRevE.111.065303",
      arXiv: "2308.06671", topics: ["symmetry", "selects"]),
    Reference(
      "ziyin2024", .proceedings, authors: ["Ziyin, Liu", "Wang, Mingze", "Li, Hongchao", "Wu, Lei"],
      title: "Parameter symmetry and noise equilibrium of stochastic gradient descent",
      in: "Advances in Neural Information Processing Systems", volume: "37", year: 2024, arXiv: "2402.07193",
      topics: ["symmetry", "selects"]),
  ]

  private static let equalities = [
    Reference(
      "bennett1976", .article, authors: ["Bennett, Charles"],
      title: "Efficient estimation of free energy differences from Monte Carlo data",
      in: "Journal of Computational Physics", volume: "22", number: "2", pages: "245-268", year: 1976,
      doi: "10.1016/0021-9991(76)90078-4", topics: ["free-energy.bar"]),
    Reference(
      "jarzynski1997", .article, authors: ["Jarzynski, Christopher"],
      title: "Nonequilibrium equality for free energy differences", in: "Physical Review Letters", volume: "78",
      number: "14", pages: "2690-2693", year: 1997, doi: "10.1103/PhysRevLett.78.2690",
      topics: ["jarzynski", "free-energy.jarzynski"]),
    Reference(
      "crooks1999", .article, authors: ["Crooks, Gavin"],
      title: "Entropy production fluctuation theorem and the nonequilibrium work relation for free energy differences",
      in: "Physical Review E", volume: "60", number: "3", pages: "2721-2726", year: 1999,
      doi: "10.1103/PhysRevE.60.2721", topics: ["crooks", "detailed", "free-energy.bar"]),
    Reference(
      "hatano2001", .article, authors: ["Hatano, Takahiro", "Sasa, Shin-ichi"],
      title: "Steady-state thermodynamics of Langevin systems", in: "Physical Review Letters", volume: "86",
      number: "16", pages: "3463-3466", year: 2001, doi: "10.1103/PhysRevLett.86.3463",
      topics: ["hatano-sasa", "hatano-sasa.mean", "housekeeping"]),
    Reference(
      "seifert2005", .article, authors: ["Seifert, Udo"],
      title: "Entropy production along a stochastic trajectory and an integral fluctuation theorem",
      in: "Physical Review Letters", volume: "95", number: "4", pages: "040602", year: 2005,
      doi: "10.1103/PhysRevLett.95.040602", topics: ["integral"]),
    Reference(
      "esposito2010", .article, authors: ["Esposito, Massimiliano", "Van den Broeck, Christian"],
      title: "Three detailed fluctuation theorems", in: "Physical Review Letters", volume: "104", number: "9",
      pages: "090601", year: 2010, doi: "10.1103/PhysRevLett.104.090601",
      topics: ["adiabatic.mean", "nonadiabatic.mean", "excess"]),
    Reference(
      "sivak2013", .article, authors: ["Sivak, David", "Chodera, John", "Crooks, Gavin"],
      title:
        "Using nonequilibrium fluctuation theorems to understand and correct errors in equilibrium and nonequilibrium "
        + "simulations of discrete Langevin dynamics", in: "Physical Review X", volume: "3", number: "1",
      pages: "011007", year: 2013, doi: "10.1103/PhysRevX.3.011007", topics: ["shadow-work.mean"]),
    Reference(
      "barato2015", .article, authors: ["Barato, Andre", "Seifert, Udo"],
      title: "Thermodynamic uncertainty relation for biomolecular processes", in: "Physical Review Letters",
      volume: "114", number: "15", pages: "158101", year: 2015, doi: "10.1103/PhysRevLett.114.158101",
      topics: ["tur.bound", "tur.estimate"]),
    Reference(
      "proesmans2017", .article, authors: ["Proesmans, Karel", "Van den Broeck, Christian"],
      title: "Discrete-time thermodynamic uncertainty relation", in: "Europhysics Letters", volume: "119",
      number: "2", pages: "20001", year: 2017, doi: "10.1209/0295-5075/119/20001", topics: ["tur.bound"]),
  ]
}
