/// The sources of the noise models, the update rules, the statistics and the tools.
extension References {
  static let processes = [
    Reference(
      "robbins1951", .article, authors: ["Robbins, Herbert", "Monro, Sutton"],
      title: "A stochastic approximation method",
      in: "Annals of Mathematical Statistics", volume: "22", number: "3", pages: "400-407", year: 1951,
      doi: "10.1214/aoms/1177729586", topics: ["minibatch"]),
    Reference(
      "roberts1996", .article, authors: ["Roberts, Gareth", "Tweedie, Richard"],
      title: "Exponential convergence of Langevin distributions and their discrete approximations",
      in: "Bernoulli", volume: "2", number: "4", pages: "341-363", year: 1996, doi: "10.2307/3318418",
      topics: ["langevin"]),
    Reference(
      "mandt2017", .article, authors: ["Mandt, Stephan", "Hoffman, Matthew", "Blei, David"],
      title: "Stochastic gradient descent as approximate Bayesian inference",
      in: "Journal of Machine Learning Research", volume: "18", number: "134", pages: "1-35", year: 2017,
      arXiv: "1704.04289", topics: ["gaussian", "constant-covariance", "isotropic", "student-t"]),
    Reference(
      "yaida2019", .proceedings, authors: ["Yaida, Sho"],
      title: "Fluctuation-dissipation relations for stochastic gradient descent",
      in: "International Conference on Learning Representations", year: 2019, arXiv: "1810.00004",
      topics: ["stationary", "fdr.ratio"]),
    Reference(
      "simsekli2019", .proceedings, authors: ["Simsekli, Umut", "Sagun, Levent", "Gurbuzbalaban, Mert"],
      title: "A tail-index analysis of stochastic gradient noise in deep neural networks",
      in: "International Conference on Machine Learning", volume: "97", pages: "5827-5837", year: 2019,
      arXiv: "1901.06053", topics: ["alpha-stable"]),
    Reference(
      "li2019", .article, authors: ["Li, Qianxiao", "Tai, Cheng", "E, Weinan"],
      title:
        "Stochastic modified equations and dynamics of stochastic gradient algorithms I: mathematical foundations",
      in: "Journal of Machine Learning Research", volume: "20", number: "40", pages: "1-47", year: 2019,
      arXiv: "1811.01558", topics: ["modified-sde"]),
    Reference(
      "blanc2020", .proceedings,
      authors: ["Blanc, Guy", "Gupta, Neha", "Valiant, Gregory", "Valiant, Paul"],
      title: "Implicit regularization for deep neural networks driven by an Ornstein-Uhlenbeck like process",
      in: "Conference on Learning Theory", pages: "483-513", year: 2020, arXiv: "1904.09080",
      topics: ["label-noise"]),
    Reference(
      "li2021", .proceedings, authors: ["Li, Zhiyuan", "Malladi, Sadhika", "Arora, Sanjeev"],
      title: "On the validity of modeling SGD with stochastic differential equations (SDEs)",
      in: "Advances in Neural Information Processing Systems", volume: "34", pages: "12712-12725", year: 2021,
      arXiv: "2102.12470", topics: ["svag"]),
  ]

  static let statistics = [
    Reference(
      "hill1975", .article, authors: ["Hill, Bruce"],
      title: "A simple general approach to inference about the tail of a distribution",
      in: "Annals of Statistics", volume: "3", number: "5", pages: "1163-1174", year: 1975,
      doi: "10.1214/aos/1176343247", topics: ["noise-comparison"]),
    Reference(
      "madras1988", .article, authors: ["Madras, Neal", "Sokal, Alan"],
      title: "The pivot algorithm: a highly efficient Monte Carlo method for the self-avoiding walk",
      in: "Journal of Statistical Physics", volume: "50", pages: "109-186", year: 1988, doi: "10.1007/BF01022990",
      topics: ["autocorrelation-time"]),
    Reference(
      "schuirmann1987", .article, authors: ["Schuirmann, Donald"],
      title:
        "A comparison of the two one-sided tests procedure and the power approach for assessing the equivalence of "
        + "average bioavailability", in: "Journal of Pharmacokinetics and Biopharmaceutics", volume: "15", number: "6",
      pages: "657-680", year: 1987, doi: "10.1007/BF01068419", topics: [equivalence]),
    Reference(
      "besag1991", .article, authors: ["Besag, Julian", "Clifford, Peter"], title: "Sequential Monte Carlo p-values",
      in: "Biometrika", volume: "78", number: "2", pages: "301-304", year: 1991, doi: "10.1093/biomet/78.2.301",
      topics: ["detailed"]),
    Reference(
      "szekely2013", .article, authors: ["Székely, Gábor", "Rizzo, Maria"],
      title: "Energy statistics: A class of statistics based on distances",
      in: "Journal of Statistical Planning and Inference", volume: "143", number: "8", pages: "1249-1272", year: 2013,
      doi: "10.1016/j.jspi.2013.03.018", topics: ["noise-comparison"]),
    Reference(
      "vovk2021", .article, authors: ["Vovk, Vladimir", "Wang, Ruodu"],
      title: "E-values: calibration, combination and applications", in: "Annals of Statistics", volume: "49",
      number: "3", pages: "1736-1754", year: 2021, doi: "10.1214/20-AOS2020", arXiv: "1912.06116",
      topics: ["integral", "jarzynski", "hatano-sasa"]),
    Reference(
      "vehtari2024", .article,
      authors: ["Vehtari, Aki", "Simpson, Daniel", "Gelman, Andrew", "Yao, Yuling", "Gabry, Jonah"],
      title: "Pareto smoothed importance sampling", in: "Journal of Machine Learning Research", volume: "25",
      number: "72", pages: "1-58", year: 2024, arXiv: "1507.02646",
      topics: ["integral.pareto-k", "jarzynski.pareto-k", "hatano-sasa.pareto-k"]),
  ]

  static let tools = [
    Reference(
      "chambers1976", .article, authors: ["Chambers, John", "Mallows, Colin", "Stuck, Bartholomew"],
      title: "A method for simulating stable random variables",
      in: "Journal of the American Statistical Association", volume: "71", number: "354", pages: "340-344",
      year: 1976, doi: "10.1080/01621459.1976.10480344", topics: ["alpha-stable"]),
    Reference(
      "luscher1994", .article, authors: ["Lüscher, Martin"],
      title: "A portable high-quality random number generator for lattice field theory simulations",
      in: "Computer Physics Communications", volume: "79", number: "1", pages: "100-110", year: 1994,
      doi: "10.1016/0010-4655(94)90232-1", topics: ["ranlxd2"]),
    Reference(
      "lecuyer1996", .article, authors: ["L'Ecuyer, Pierre"],
      title: "Maximally equidistributed combined Tausworthe generators", in: "Mathematics of Computation",
      volume: "65", number: "213", pages: "203-213", year: 1996, doi: "10.1090/S0025-5718-96-00696-5",
      topics: ["taus2"]),
    Reference(
      "matsumoto1998", .article, authors: ["Matsumoto, Makoto", "Nishimura, Takuji"],
      title: "Mersenne twister: a 623-dimensionally equidistributed uniform pseudo-random number generator",
      in: "ACM Transactions on Modeling and Computer Simulation", volume: "8", number: "1", pages: "3-30", year: 1998,
      doi: "10.1145/272991.272995", topics: ["mt19937"]),
    Reference(
      "ziff1998", .article, authors: ["Ziff, Robert"],
      title: "Four-tap shift-register-sequence random-number generators", in: "Computers in Physics", volume: "12",
      number: "4", pages: "385-392", year: 1998, doi: "10.1063/1.168692", topics: ["gfsr4"]),
    Reference(
      "griewank2008", .book, authors: ["Griewank, Andreas", "Walther, Andrea"],
      title: "Evaluating Derivatives: Principles and Techniques of Algorithmic Differentiation",
      in: "Society for Industrial and Applied Mathematics, 2nd edition", year: 2008, doi: "10.1137/1.9780898717761",
      topics: ["functions"]),
    Reference(
      "gsl2009", .book,
      authors: [
        "Galassi, Mark", "Davies, Jim", "Theiler, James", "Gough, Brian", "Jungman, Gerard", "Alken, Patrick",
        "Booth, Michael", "Rossi, Fabrice",
      ],
      title: "GNU Scientific Library Reference Manual", in: "Network Theory Ltd., 3rd edition", year: 2009,
      url: "https://www.gnu.org/software/gsl/", topics: ["mt19937", "taus2", "ranlxd2", "gfsr4"]),
    Reference(
      "salmon2011", .proceedings, authors: ["Salmon, John", "Moraes, Mark", "Dror, Ron", "Shaw, David"],
      title: "Parallel random numbers: as easy as 1, 2, 3",
      in: "International Conference for High Performance Computing, Networking, Storage and Analysis (SC11)",
      pages: "1-12", year: 2011, doi: "10.1145/2063384.2063405", topics: ["philox"]),
  ]
}
