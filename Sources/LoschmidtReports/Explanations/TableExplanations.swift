extension Explanations {
  private static func table(
    _ name: String, _ experiments: [String], _ definition: String, rows: String, sources: [String]
  ) -> Explanation {
    Explanation(
      .table, name, in: experiments, definition, formula: "one row for each \(rows)",
      unit: "one for each column, in `units` of results.json",
      convention: "tidy; null cells have their reason in `reasons` of results.json",
      document: "docs/experiments.md, \(experiments[0])", sources: sources)
  }

  /// The tables of all experiments.
  static let tables: [Explanation] = [
    table(
      "forces", ["potentials"], "The forces of the four measures at finite η, with their leading order.",
      rows: "point, learning rate and coordinate", sources: ["ziyin2026", "hairer2006"]),
    table(
      "potentials", ["potentials"], "The leading potential with its parts, and that of stochastic thermodynamics.",
      rows: "point and learning rate", sources: ["ziyin2026", "barrett2021"]),
    table(
      "series", ["potentials"], "The coefficients of the series of the forces in η, exact.",
      rows: "point, measure, power and coordinate", sources: ["ziyin2026", "hairer2006"]),
    table(
      "curl", ["potentials"], "The coefficient of η² in the curl of each force: 0 where it has a potential.",
      rows: "point, measure and pair of coordinates", sources: ["ziyin2026", "hairer2006"]),
    table(
      "errors", ["potentials"], "The errors of the forces by truncation and by rounding.",
      rows: "point, learning rate and measure", sources: ["hairer2006"]),
    table(
      "limits", ["potentials"], "The measured limits and orders with the errors of their extrapolation.",
      rows: "point and measure", sources: ["hairer2006"]),
    table(
      "portrait", ["potentials", "relaxation"], "Loss, effective loss and force of processes with two coordinates.",
      rows: "point of a grid of 31 × 31 around the first four paths", sources: ["ziyin2026", "barrett2021"]),
    table(
      "portrait-paths", ["potentials", "relaxation"], "The first four paths of processes with two coordinates.",
      rows: "path and step, at most about 200 of each", sources: ["ziyin2026"]),
    table(
      "histogram", ["fluctuation-theorem"],
      "The law of R forward, and of −R or of the reverse ensemble, as densities.", rows: "bin",
      sources: ["crooks1999", "seifert2012"]),
    table(
      "work", ["fluctuation-theorem"], "The law of the work W forward, and of −W over backward paths.", rows: "bin",
      sources: ["crooks1999", "jarzynski1997"]),
    table(
      "calibration", ["fluctuation-theorem"],
      "How often the verdict detailed passes, fails and is undecided on fresh ensembles of right and wrong models.",
      rows: "model", sources: ["schuirmann1987", "crooks1999"]),
    table(
      "moments", ["stationary"], "Mean and variance of observables and coordinates, measured and exact.",
      rows: "observable", sources: ["mandt2017", "yaida2019"]),
    table(
      "covariance", ["stationary"], "The stationary covariance of θ, measured and exact.",
      rows: "pair of coordinates i ≤ j", sources: ["mandt2017"]),
    table(
      "spectrum", ["stationary"], "The eigenvalues of the operator that moves second moments by a step.",
      rows: "eigenvalue", sources: ["mandt2017"]),
    table(
      "models", ["noise-comparison"], "Noise models side by side on one problem.", rows: "model",
      sources: ["mandt2017", "li2021", "simsekli2019"]),
    table(
      "observables", ["noise-comparison"], "Mean and variance of the scenario's observables under each model.",
      rows: "model and observable", sources: ["mandt2017"]),
    table(
      "invariance", ["symmetry"], "How much the loss changes along the orbits.", rows: "generator, point and s",
      sources: ["kunin2021", "ziyin2026"]),
    table(
      "charges", ["symmetry"], "The Noether charges at the start and at the end.", rows: "generator and point",
      sources: ["kunin2021", "ziyin2026"]),
    table(
      "scan", ["scaling"], "The statistic at each value of the setting, with the fit.", rows: "value",
      sources: ["mandt2017", "ziyin2026"]),
    table(
      "path", ["relaxation"], "Averages over trajectories in time.", rows: "record and observable",
      sources: ["ziyin2026", "barrett2021"]),
  ]

  private static func sample(
    _ name: String, as patterns: [String] = [], in experiments: [String], _ definition: String, formula: String,
    unit: String, convention: String, sources: [String]
  ) -> Explanation {
    Explanation(
      .sample, name, as: patterns, in: experiments, definition, formula: formula, unit: unit, convention: convention,
      document: "docs/guides/python.md", sources: sources)
  }

  /// The numbers that experiments keep one by one, in NPY files.
  static let samples: [Explanation] = [
    sample(
      "R", in: ["fluctuation-theorem"], "The path log-ratio of every trajectory.",
      formula: "R = ln p_0(θ_0)ΠK − ln q(θ_n)ΠK reversed", unit: "nats",
      convention: "of whole paths; boundary + medium; extended or marginal by `level`",
      sources: ["seifert2005", "crooks1999"]),
    sample(
      "W, W-backward", as: ["W", "W-backward"], in: ["fluctuation-theorem"],
      "The work of every forward and of every backward trajectory.",
      formula: "W = U_n(θ_n) − U_0(θ_0) + T Σ ln K/K reversed", unit: "[L]",
      convention: "of whole paths from equilibrium; backward work is that of the reversed protocol, without a sign",
      sources: ["jarzynski1997", "crooks1999"]),
    sample(
      "hatano-sasa", in: ["fluctuation-theorem"], "The functional Y of every trajectory.",
      formula: "Y = Σ_k φ_{k+1}(θ_k) − φ_k(θ_k), φ = −ln π", unit: "nats",
      convention: "of whole paths from the stationary state", sources: ["hatano2001"]),
    sample(
      "end[i]", as: ["end"], in: ["noise-comparison"], "The points at the end of all steps under model i.",
      formula: "θ, one row for each trajectory", unit: "[θ]",
      convention: "of trajectories that were kept; the energy distance uses up to 2048 of them",
      sources: ["szekely2013"]),
  ]
}
