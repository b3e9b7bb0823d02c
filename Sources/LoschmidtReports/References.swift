/// A source that a result rests on, with the fields of BibTeX.
public struct Reference: Sendable, Equatable {
  /// A key such as `jarzynski1997`, unique among all.
  public var key: String
  /// The authors, `Family, Given` each.
  public var authors: [String]
  /// The title.
  public var title: String
  /// The journal with volume and page, or the publisher; `nil` for preprints.
  public var published: String?
  /// The year.
  public var year: Int
  /// The digital object identifier, without address; `nil` without.
  public var doi: String?
  /// The number at arXiv; `nil` without.
  public var arXiv: String?
  /// What uses it: kinds of experiments, names of verdicts, tables and numbers, noise models, update rules, generators.
  public var topics: [String]

  /// Where the source is found, as an address; `nil` for neither number.
  public var address: String? {
    doi.map { "https://doi.org/\($0)" } ?? arXiv.map { "https://arxiv.org/abs/\($0)" }
  }

  /// The source in one line: authors, title, where it was published, year.
  public var citation: String {
    let names = authors.map { author in
      let parts = author.split(separator: ",", maxSplits: 1).map { String($0.drop { $0 == " " }) }
      return parts.count == 2 ? "\(parts[1]) \(parts[0])" : author
    }
    let list = names.count > 1 ? names.dropLast().joined(separator: ", ") + " and " + names[names.count - 1] : names[0]
    let place = published ?? arXiv.map { "arXiv:\($0)" } ?? ""
    return "\(list), “\(title)”" + (place.isEmpty ? "" : ", \(place)") + " (\(year))."
  }
}

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
    }
    return all.filter { !topics.isDisjoint(with: $0.topics) }
  }

  /// All sources: the paper that asks the question first, then by subject and year.
  public static let all: [Reference] = theory + equalities + processes + tools

  private static let theory = [
    Reference(
      key: "ziyin2026", authors: ["Ziyin, Liu", "Ren, Yuanjie", "Levine, Adam", "Chuang, Isaac"],
      title: "Thermodynamic Irreversibility of Training Algorithms", published: nil, year: 2026, doi: nil,
      arXiv: "2605.21933",
      topics: [
        "potentials", "fluctuation-theorem", "entropy-production", "stationary", "relaxation", "noise-comparison",
        "symmetry", "scaling",
      ]),
    Reference(
      key: "seifert2012", authors: ["Seifert, Udo"],
      title: "Stochastic thermodynamics, fluctuation theorems and molecular machines",
      published: "Reports on Progress in Physics 75, 126001", year: 2012, doi: "10.1088/0034-4885/75/12/126001",
      arXiv: nil, topics: ["fluctuation-theorem", "entropy-production"]),
    Reference(
      key: "hairer2006", authors: ["Hairer, Ernst", "Lubich, Christian", "Wanner, Gerhard"],
      title: "Geometric Numerical Integration", published: "Springer, 2nd edition", year: 2006,
      doi: "10.1007/3-540-30666-8", arXiv: nil, topics: ["potentials"]),
    Reference(
      key: "barrett2021", authors: ["Barrett, David", "Dherin, Benoit"], title: "Implicit gradient regularization",
      published: nil, year: 2021, doi: nil, arXiv: "2009.11162", topics: ["potentials", "effective-loss"]),
    Reference(
      key: "kunin2021",
      authors: ["Kunin, Daniel", "Sagastuy-Brena, Javier", "Ganguli, Surya", "Yamins, Daniel", "Tanaka, Hidenori"],
      title: "Neural mechanics: symmetry and broken conservation laws in deep learning dynamics", published: nil,
      year: 2021, doi: nil, arXiv: "2012.04728", topics: ["symmetry"]),
  ]

  private static let equalities = [
    Reference(
      key: "bennett1976", authors: ["Bennett, Charles"],
      title: "Efficient estimation of free energy differences from Monte Carlo data",
      published: "Journal of Computational Physics 22, 245", year: 1976, doi: "10.1016/0021-9991(76)90078-4",
      arXiv: nil, topics: ["free-energy.bar"]),
    Reference(
      key: "jarzynski1997", authors: ["Jarzynski, Christopher"],
      title: "Nonequilibrium equality for free energy differences", published: "Physical Review Letters 78, 2690",
      year: 1997, doi: "10.1103/PhysRevLett.78.2690", arXiv: nil, topics: ["jarzynski", "free-energy.jarzynski"]),
    Reference(
      key: "crooks1999", authors: ["Crooks, Gavin"],
      title: "Entropy production fluctuation theorem and the nonequilibrium work relation for free energy differences",
      published: "Physical Review E 60, 2721", year: 1999, doi: "10.1103/PhysRevE.60.2721", arXiv: nil,
      topics: ["crooks", "detailed", "free-energy.bar"]),
    Reference(
      key: "hatano2001", authors: ["Hatano, Takahiro", "Sasa, Shin-ichi"],
      title: "Steady-state thermodynamics of Langevin systems", published: "Physical Review Letters 86, 3463",
      year: 2001, doi: "10.1103/PhysRevLett.86.3463", arXiv: nil,
      topics: ["hatano-sasa", "hatano-sasa.mean", "housekeeping"]),
    Reference(
      key: "seifert2005", authors: ["Seifert, Udo"],
      title: "Entropy production along a stochastic trajectory and an integral fluctuation theorem",
      published: "Physical Review Letters 95, 040602", year: 2005, doi: "10.1103/PhysRevLett.95.040602", arXiv: nil,
      topics: ["integral"]),
    Reference(
      key: "esposito2010", authors: ["Esposito, Massimiliano", "Van den Broeck, Christian"],
      title: "Three detailed fluctuation theorems", published: "Physical Review Letters 104, 090601", year: 2010,
      doi: "10.1103/PhysRevLett.104.090601", arXiv: nil, topics: ["adiabatic.mean", "nonadiabatic.mean", "excess"]),
    Reference(
      key: "sivak2013", authors: ["Sivak, David", "Chodera, John", "Crooks, Gavin"],
      title:
        "Using nonequilibrium fluctuation theorems to understand and correct errors in equilibrium and nonequilibrium "
        + "simulations of discrete Langevin dynamics", published: "Physical Review X 3, 011007", year: 2013,
      doi: "10.1103/PhysRevX.3.011007", arXiv: nil, topics: ["shadow-work.mean"]),
    Reference(
      key: "barato2015", authors: ["Barato, Andre", "Seifert, Udo"],
      title: "Thermodynamic uncertainty relation for biomolecular processes",
      published: "Physical Review Letters 114, 158101", year: 2015, doi: "10.1103/PhysRevLett.114.158101", arXiv: nil,
      topics: ["tur.bound"]),
  ]

  private static let processes = [
    Reference(
      key: "robbins1951", authors: ["Robbins, Herbert", "Monro, Sutton"], title: "A stochastic approximation method",
      published: "Annals of Mathematical Statistics 22, 400", year: 1951, doi: "10.1214/aoms/1177729586", arXiv: nil,
      topics: ["minibatch"]),
    Reference(
      key: "yaida2018", authors: ["Yaida, Sho"],
      title: "Fluctuation-dissipation relations for stochastic gradient descent", published: nil, year: 2018, doi: nil,
      arXiv: "1810.00004", topics: ["stationary", "fdr.ratio"]),
    Reference(
      key: "simsekli2019", authors: ["Simsekli, Umut", "Sagun, Levent", "Gurbuzbalaban, Mert"],
      title: "A tail-index analysis of stochastic gradient noise in deep neural networks", published: nil, year: 2019,
      doi: nil, arXiv: "1901.06053", topics: ["alpha-stable"]),
    Reference(
      key: "li2019", authors: ["Li, Qianxiao", "Tai, Cheng", "E, Weinan"],
      title:
        "Stochastic modified equations and dynamics of stochastic gradient algorithms I: mathematical foundations",
      published: nil, year: 2019, doi: nil, arXiv: "1811.01558", topics: ["modified-sde"]),
    Reference(
      key: "li2021", authors: ["Li, Zhiyuan", "Malladi, Sadhika", "Arora, Sanjeev"],
      title: "On the validity of modeling SGD with stochastic differential equations (SDEs)", published: nil,
      year: 2021, doi: nil, arXiv: "2102.12470", topics: ["svag"]),
  ]

  private static let tools = [
    Reference(
      key: "matsumoto1998", authors: ["Matsumoto, Makoto", "Nishimura, Takuji"],
      title: "Mersenne twister: a 623-dimensionally equidistributed uniform pseudo-random number generator",
      published: "ACM Transactions on Modeling and Computer Simulation 8, 3", year: 1998, doi: "10.1145/272991.272995",
      arXiv: nil, topics: ["mt19937"]),
    Reference(
      key: "salmon2011", authors: ["Salmon, John", "Moraes, Mark", "Dror, Ron", "Shaw, David"],
      title: "Parallel random numbers: as easy as 1, 2, 3",
      published: "Proceedings of SC11", year: 2011, doi: "10.1145/2063384.2063405", arXiv: nil, topics: ["philox"]),
    Reference(
      key: "szekely2013", authors: ["Székely, Gábor", "Rizzo, Maria"],
      title: "Energy statistics: A class of statistics based on distances",
      published: "Journal of Statistical Planning and Inference 143, 1249", year: 2013,
      doi: "10.1016/j.jspi.2013.03.018", arXiv: nil, topics: ["noise-comparison"]),
    Reference(
      key: "vehtari2015",
      authors: ["Vehtari, Aki", "Simpson, Daniel", "Gelman, Andrew", "Yao, Yuling", "Gabry, Jonah"],
      title: "Pareto smoothed importance sampling", published: nil, year: 2015, doi: nil, arXiv: "1507.02646",
      topics: ["integral.pareto-k", "jarzynski.pareto-k"]),
  ]
}
