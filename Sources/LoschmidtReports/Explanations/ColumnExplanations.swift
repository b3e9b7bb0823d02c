extension Explanations {
  private static func column(
    _ name: String, as patterns: [String] = [], in tables: [String], _ definition: String, formula: String,
    unit: String, convention: String = "as the table says", document: String = "docs/experiments.md",
    sources: [String] = ["ziyin2026"]
  ) -> Explanation {
    Explanation(
      .column, name, as: patterns, in: tables, definition, formula: formula, unit: unit, convention: convention,
      document: document, sources: sources)
  }

  /// Columns that say what a row is about.
  static let columns: [Explanation] = [
    column(
      "point", in: ["forces", "potentials", "series", "curl", "errors", "limits", "invariance", "charges"],
      "The number of the point of parameter space.", formula: "its place in `points`; 0 for `at` or the initial values",
      unit: "whole number, from 0"),
    column(
      "eta", in: ["forces", "potentials", "errors"], "The learning rate.", formula: "η of the step θ′ = θ − ηΛg",
      unit: "[θ]²/[L]", convention: "the number of the scenario, unchanged"),
    column(
      "coordinate", in: ["forces", "series"], "The coordinate of θ.", formula: "its name, W[0,1] for entries of arrays",
      unit: "text"),
    column(
      "potential", as: ["potential"], in: ["series", "curl", "errors", "limits"], "The measure of irreversibility.",
      formula: "DE, TRn, TRinf, TA or ST", unit: "text"),
    column(
      "i, j", as: ["i", "j"], in: ["curl", "covariance"], "The two coordinates of an entry.", formula: "their names",
      unit: "text", convention: "i before j in table curl, i ≤ j in table covariance"),
    column(
      "step", in: ["path", "portrait-paths"], "The number of steps that were made.", formula: "k", unit: "steps",
      convention: "burn-in included, as in schedules"),
    column(
      "time", in: ["path"], "The training time.", formula: "t_{k+1} = t_k + η_k, t_0 = 0", unit: "[θ]²/[L]",
      convention: "burn-in included"),
    column(
      "path", in: ["portrait-paths"], "The number of the path.", formula: "0 to 3", unit: "whole number, from 0"),
    column(
      "NAME, force.NAME", as: ["*"], in: ["portrait", "portrait-paths"],
      "The two coordinates, by their own names, and the force of the mean gradient along them.",
      formula: "force.NAME = −∂L/∂NAME + F, F the `force` of the process", unit: "[θ], and [L]/[θ] of the force",
      convention: "at the time of the start; without the irreversibility force, which effective-loss − loss shows"),
    column(
      "observable", in: ["path", "moments", "observables"], "The observable of the row.",
      formula: "a key of `observables`, a coordinate, or a name that is always there", unit: "text"),
    column(
      "lower, upper", as: ["lower", "upper"], in: ["histogram", "work"], "The ends of the bin.",
      formula: "lower ≤ R < upper, or W", unit: "nats in table histogram, [L] in table work"),
    column(
      "real, imaginary", as: ["real", "imaginary"], in: ["spectrum"], "The eigenvalue.",
      formula: "of (I − ηH)⊗(I − ηH) + η²f (mean H_i⊗H_i − H⊗H), Λ = 1, for batches; A⊗A for additive noise",
      unit: "pure number", convention: "per step; second moments are stable where all are inside the unit circle",
      document: "docs/theory/thermodynamics.md, section 5", sources: ["mandt2017"]),
    column(
      "noise, trajectories, repetitions", as: ["noise", "trajectories", "repetitions"], in: ["calibration"],
      "The factor of the noise covariance of the model that is tested, and the sizes of the trial.",
      formula: "1 is the true model", unit: "pure number; counts",
      document: "docs/theory/thermodynamics.md, section 3", sources: ["crooks1999", "schuirmann1987"]),
    column(
      "pass, fail, undecided", as: ["pass", "fail", "undecided"], in: ["calibration"],
      "The shares of the repetitions with this outcome.", formula: "count/repetitions", unit: "pure number",
      convention: "the control is left out", document: "docs/theory/thermodynamics.md, section 3",
      sources: ["crooks1999", "schuirmann1987"]),
  ]

  /// Columns that hold estimates.
  static let moreColumns: [Explanation] = [
    column(
      "forward, reverse", as: ["forward", "reverse", "forward_se", "reverse_se"], in: ["histogram", "work"],
      "The density of R (or W) over forward paths, of −R (or −W) over reverse ones, and their standard errors.",
      formula: "count/(N × width), error from the binomial law", unit: "1/nats, 1/[L]",
      convention: "e^R × reverse = forward, by the detailed theorem",
      document: "docs/theory/thermodynamics.md, section 3", sources: ["crooks1999"]),
    column(
      "mean, mean_se", as: ["mean", "mean_se"], in: ["moments", "observables", "path"],
      "The mean of the observable, and its standard error.", formula: "over the counted steps and trajectories",
      unit: "that of the observable", convention: "errors across independent trajectories", sources: ["mandt2017"]),
    column(
      "variance, variance_se", as: ["variance", "variance_se"], in: ["moments", "observables"],
      "The variance of the observable about its overall mean, and its standard error.", formula: "E x² − (E x)²",
      unit: "square of that of the observable", convention: "errors across independent trajectories",
      sources: ["mandt2017"]),
    column(
      "exact_mean, exact_variance, exact", as: ["exact_mean", "exact_variance", "exact"],
      in: ["moments", "covariance"],
      "The exact stationary value at this learning rate; with modified-sde that of the steps by which the equation is "
        + "integrated.",
      formula: "Σ = AΣAᵀ + D for additive noise; (I − A⊗A − η²f[mean H_i⊗H_i − H⊗H]) vec Σ = vec(η²f C_0 + 2ηT 1) for "
        + "batches, Λ = 1", unit: "that of the measured value", convention: "not an expansion in η",
      document: "docs/theory/thermodynamics.md, section 5", sources: ["mandt2017", "ziyin2026"]),
    column(
      "continuum_mean, continuum_variance, continuum", as: ["continuum_mean", "continuum_variance", "continuum"],
      in: ["moments", "covariance"],
      "The exact stationary value of the equation of modified-sde itself, which its steps have in the limit of many "
        + "substeps; null for other rules.",
      formula: "BV + VBᵀ − ηf mean D_iVD_iᵀ = ηf mean (D_im + r_i)(D_im + r_i)ᵀ + Σ₀/η for the drift −(Bθ + c)",
      unit: "that of the measured value", convention: "verdicts compare with the exact value of the steps instead",
      document: "docs/concepts/modified-equations.md", sources: ["li2019"]),
    column(
      "value", in: ["covariance"], "The measured covariance of the coordinates i and j.",
      formula: "E θ_iθ_j − E θ_i E θ_j", unit: "[θ]²", convention: "over the counted steps of all trajectories",
      document: "docs/theory/thermodynamics.md, section 5", sources: ["mandt2017"]),
    column(
      "standard_error", in: ["path", "covariance", "scan"], "The standard error of the value in the row.",
      formula: "standard deviation across independent trajectories over √N", unit: "that of the value",
      convention: "one standard error", sources: ["schuirmann1987"]),
  ]
}
