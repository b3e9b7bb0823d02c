extension Explanations {
  private static let document = "docs/theory/thermodynamics.md, section 5"

  /// The numbers and verdicts of `stationary`, and the verdicts of `noise-comparison`.
  static let stationary: [Explanation] = [
    Explanation(
      .number, "fdr.ratio", in: ["stationary"],
      "The two sides of the fluctuation-dissipation relation of SGD divided by each other: 1 in a stationary state.",
      formula: "E[(θ − c)·ĝ]/((η/2) E ĝᵀΛĝ + Σ_i T_i), c the exact mean or that of the start; "
        + "the denominator is (η/2) E‖ĝ‖² + Td for Λ = 1 and one temperature",
      unit: "pure number", convention: "from E‖θ − c‖² constant, in the Λ⁻¹ product; exact at finite η",
      document: document, sources: ["yaida2019"]),
    Explanation(
      .number, "autocorrelation-time", in: ["stationary"],
      "How many steps apart values have to be to count as independent, for the loss or the first coordinate.",
      formula: "τ = 1 + 2 Σ_{t ≥ 1} ρ(t), the sum ended at the first window W ≥ 5τ(W)/2", unit: "steps",
      convention: "n values are worth n/τ independent ones", document: "docs/experiments.md, stationary",
      sources: ["madras1988"]),
    Explanation(
      .verdict, "stationary", in: ["stationary"], "Whether the fluctuation-dissipation relation holds.",
      formula: "fdr.ratio = 1", unit: "pass, fail or undecided",
      convention: "as every equivalence; a drift between the halves of the steps makes a pass undecided, and so do "
        + "second moments that do not exist, or fourth ones, without which there is no error",
      document: document, sources: ["yaida2019", "schuirmann1987"]),
    Explanation(
      .verdict, "mean.NAME", as: ["mean.*"], in: ["stationary"],
      "Whether the stationary mean of the observable NAME is the exact one at this learning rate.",
      formula: "|measured − exact| ≤ margin × exact standard deviation", unit: "pass, fail or undecided",
      convention: "fail p < α/number; pass deviation + 1.645 errors ≤ that; Student's t over replicas",
      document: document, sources: ["schuirmann1987", "mandt2017"]),
    Explanation(
      .verdict, "variance.NAME", as: ["variance.*"], in: ["stationary"],
      "Whether the stationary variance of the observable NAME is the exact one at this learning rate.",
      formula: "|measured − exact| ≤ margin × exact", unit: "pass, fail or undecided",
      convention: "fail p < α/number; pass deviation + 1.645 errors ≤ that; Student's t over replicas",
      document: document, sources: ["schuirmann1987", "mandt2017"]),
    Explanation(
      .verdict, "covariance", in: ["stationary"],
      "Whether the trace of the stationary covariance of θ is the exact one at this learning rate.",
      formula: "tr Cov θ; for additive noise Σ = AΣAᵀ + D, for batches the operator on second moments",
      unit:
        "pass, fail or undecided",
      convention: "fail p < α/number; pass deviation + 1.645 errors ≤ margin × exact", document: document,
      sources: ["schuirmann1987", "mandt2017"]),
    Explanation(
      .verdict, "exact[i]", as: ["exact"], in: ["noise-comparison"],
      "Whether the trace of the stationary covariance under model i is the exact one of that model.",
      formula: "tr Cov θ as in the column exact_trace_covariance", unit: "pass, fail or undecided",
      convention: "fail p < α/number; pass deviation + 1.645 errors ≤ margin × exact", document: document,
      sources: ["schuirmann1987", "mandt2017"]),
    Explanation(
      .verdict, "same-law[i]", as: ["same-law"], in: ["noise-comparison"],
      "Whether the points that model i leaves behind are distributed as those of the reference.",
      formula: "E = 2E|X − Y| − E|X − X′| − E|Y − Y′| with its permutation p-value; Y of the reference",
      unit:
        "pass, fail or undecided",
      convention: "fail: p < α/number; pass: E + 1.645 errors ≤ margin² E|Y − Y′|, and means and variances of all "
        + "coordinates agree within the margin, errors included; else undecided",
      document: "docs/experiments.md, noise-comparison", sources: ["szekely2013"]),
  ]

  /// The columns of the tables of `noise-comparison` that no other table has.
  static let comparison: [Explanation] = [
    column(
      "model", in: ["models", "observables"], "The noise model as the scenario writes it.",
      formula: "a gradient choice",
      unit: "text", convention: "in the order of the scenario; model i is row i of table models"),
    column(
      "stationary_loss", as: ["stationary_loss", "stationary_loss_se", "exact_stationary_loss"], in: ["models"],
      "The mean loss over the recorded steps, its standard error, and its exact value.",
      formula: "E L(θ); exact from the mean and the covariance for quadratic losses", unit: "[L]",
      convention: "errors by a jackknife over up to 256 groups of trajectories"),
    column(
      "trace_covariance", as: ["trace_covariance", "trace_covariance_se", "exact_trace_covariance"], in: ["models"],
      "The trace of the stationary covariance of θ about its mean, its standard error, and its exact value.",
      formula: "Σ_i Var θ_i; exact at finite η for quadratic losses", unit: "[θ]²",
      convention: "null where the noise has no variance, and the error where it has no fourth moment"),
    column(
      "kurtosis", as: ["kurtosis", "kurtosis_se"], in: ["models"],
      "How heavy the tails of the coordinates are: 3 for a normal law.",
      formula: "mean over i of E(θ_i − m_i)⁴/(Var θ_i)²", unit: "pure number",
      convention: "null where the noise has no fourth moment, and the error where it has no eighth"),
    column(
      "tail_index", as: ["tail_index", "tail_index_se"], in: ["models"],
      "Hill's estimate of the exponent α of the tail, P(distance > x) ∝ x^−α.",
      formula: "1/α̂ = mean of ln(x_i/x_{k+1}) over the k ≈ √n largest distances from the medians", unit: "pure number",
      convention: "large for a normal law; points at the end of all steps", sources: ["hill1975"]),
    column(
      "entropy_production", as: ["entropy_production", "entropy_production_se", "entropy_production_kind"],
      in: ["models"], "The entropy production per step, its standard error, and of which path it is.",
      formula: "⟨ln K/K reversed⟩ per step", unit: "nats",
      convention: "kind: kernel (path of θ), marginal (summed over batches), extended (batches are part of the path)",
      sources: ["seifert2012"]),
    column(
      "detailed_theorem", in: ["models"], "The verdict on the detailed fluctuation theorem for this model.",
      formula: "P(R)/P(−R) = e^R on paths of theorem-steps steps", unit: "pass, fail or undecided",
      convention: "from the initial law", sources: ["crooks1999"]),
    column(
      "distance_to_reference", as: ["distance_to_reference", "distance_se", "distance_p"], in: ["models"],
      "The energy distance of the points of this model from those of the reference, its error, and the p-value of one law.",
      formula: "2E|X − Y| − E|X − X′| − E|Y − Y′|", unit: "[θ]",
      convention: "unbiased, so it may be negative; one point of each of up to 2048 trajectories",
      sources: ["szekely2013"]),
  ]

  private static func column(
    _ name: String, as patterns: [String] = [], in tables: [String], _ definition: String, formula: String,
    unit: String, convention: String, sources: [String] = ["mandt2017"]
  ) -> Explanation {
    Explanation(
      .column, name, as: patterns, in: tables, definition, formula: formula, unit: unit, convention: convention,
      document: "docs/experiments.md, noise-comparison", sources: sources)
  }
}
