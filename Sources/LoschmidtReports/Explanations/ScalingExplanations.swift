extension Explanations {
  private static let kinds = ["scaling"]
  private static let document = "docs/experiments.md, scaling; docs/concepts/scaling-exponents.md"
  private static let law = "ln |s| = ln a + p ln x (+ c x), weighted least squares with weights 1/(error of ln |s|)²"
  private static let sources = ["mandt2017", "ziyin2026"]

  /// The numbers and verdicts of `scaling`.
  static let scaling: [Explanation] = [
    Explanation(
      .number, "exponent", in: kinds,
      "The power with which the statistic goes with the setting that is varied.", formula: "p in " + law,
      unit: "pure number", convention: "missing where χ² excludes the power law (p-value below 0.001)",
      document: document, sources: sources),
    Explanation(
      .number, "exponent.lower, exponent.upper", as: ["exponent.lower", "exponent.upper"], in: kinds,
      "The ends of the interval of the exponent.", formula: "p ± 2.576 standard errors", unit: "pure number",
      convention: "covers with 99 % if the law is right", document: document, sources: sources),
    Explanation(
      .number, "prefactor", in: kinds, "The factor of the power law, with the sign of the statistic.",
      formula: "a in " + law, unit: "that of the statistic, at x = 1", convention: "error by the delta method",
      document: document, sources: sources),
    Explanation(
      .number, "correction", in: kinds, "The coefficient of the linear correction.", formula: "c in " + law,
      unit: "1/[x]", convention: "only with `correction: linear`; then p is the exponent for small x",
      document: document, sources: sources),
    Explanation(
      .number, "chi-squared", in: kinds, "How far the points lie from the fit.",
      formula: "χ² = Σ ((ln |s| − fit)/error)²", unit: "pure number",
      convention: "follows the χ² law if the model holds",
      document: document, sources: sources),
    Explanation(
      .number, "chi-squared.p", in: kinds, "The probability of a χ² at least as large if the power law holds.",
      formula: "P(χ²_ν ≥ χ²)", unit: "probability", convention: "below 0.001 there is no exponent",
      document: document, sources: sources),
    Explanation(
      .number, "degrees-of-freedom", in: kinds, "The points minus the fitted numbers.",
      formula: "ν = points − 2, or − 3 "
        + "with a correction", unit: "whole number", convention: "of χ²", document: document, sources: sources),
    Explanation(
      .verdict, "exponent", in: kinds, "Whether the exponent is the one that the scenario expects.",
      formula: "|p − expected| ≤ margin", unit: "pass, fail or undecided",
      convention: "fail where a deviation within the margin is excluded at α/number; undecided without a fit or "
        + "stationarity", document: document, sources: ["schuirmann1987", "ziyin2026"]),
    column("value", "The value of the setting that is varied.", "x", "that of the setting"),
    column(
      "statistic", "The measured statistic at this value.", "s: mean, variance or ⟨ln K/K reversed⟩ per step",
      "that of the observable, its square, or nats"),
    Explanation(
      .column, "fit", as: ["fit", "fit_se"], in: ["scan"], "The fitted law at this value, and its error.",
      formula: "a x^p (e^{cx}), error by the delta method", unit: "that of the statistic",
      convention: "missing where there is no fit", document: document, sources: sources),
  ]

  private static func column(_ name: String, _ definition: String, _ formula: String, _ unit: String) -> Explanation {
    Explanation(
      .column, name, in: ["scan"], definition, formula: formula, unit: unit,
      convention: "each value is an ensemble of its own", document: document, sources: sources)
  }
}
