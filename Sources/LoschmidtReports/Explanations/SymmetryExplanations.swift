extension Explanations {
  private static let kinds = ["symmetry"]
  private static let exact = "exact, at t = 0; NAME[p] with several points"
  private static let sources = ["ziyin2026", "kunin2021"]

  private static func document(_ section: Int) -> String { "docs/theory/symmetry.md, section \(section)" }

  /// The numbers and verdicts of `symmetry`.
  static let symmetry: [Explanation] = [
    Explanation(
      .number, "invariance.NAME", as: ["invariance.*"], in: kinds,
      "The largest relative change of the loss of a sample along the orbit of the generator NAME.",
      formula: "max |ℓ(G_s(θ); x) − ℓ(θ; x)|/max(|ℓ′|, |ℓ|, mean |ℓ|) over s, samples, the point and four near it",
      unit: "pure number", convention: exact, document: document(2), sources: sources),
    Explanation(
      .number, "isometry.NAME", as: ["isometry.*"], in: kinds,
      "How far the generator NAME is from an isometry; 0 for rotations.",
      formula: "‖K + Kᵀ‖ (Frobenius), K the Jacobian of the infinitesimal generator at the point", unit: "pure number",
      convention: exact, document: document(1), sources: sources),
    Explanation(
      .number, "orbit-derivative.NAME", as: ["orbit-derivative.*"], in: kinds,
      "The derivative of the leading potential along the orbit of NAME, by differentiating the potential. Its negative "
        + "is the emergent force.",
      formula: "dφ/ds = (η/2) E gᵀHξ(θ), φ = (η/4) E‖g‖²", unit: "[L]",
      convention: exact + "; the force drives towards smaller φ", document: document(3), sources: sources),
    Explanation(
      .number, "orbit-derivative.exact.NAME", as: ["orbit-derivative.exact.*"], in: kinds,
      "The same derivative from the symmetry alone: the second route.", formula: "dφ/ds = −(η/4) E gᵀ(K + Kᵀ)g",
      unit: "[L]", convention: exact + "; 0 for isometries", document: document(3), sources: sources),
    Explanation(
      .number, "balanced.NAME", as: ["balanced.*"], in: kinds,
      "Where on the orbit the leading potential is least: what irreversibility selects.",
      formula: "argmin_s φ(G_s(θ)), where E gᵀKg = 0", unit: "that of s",
      convention: exact + "; missing for isometries, and where φ falls for ever", document: document(3),
      sources: ["ziyin2026", "ziyin2024"]),
    Explanation(
      .number, "balanced-residual.NAME", as: ["balanced-residual.*"], in: kinds,
      "What is left of the condition of balance at the point that was found.", formula: "E gᵀKg/(‖K‖ E‖g‖²)",
      unit: "pure number", convention: exact, document: document(3), sources: ["ziyin2026", "ziyin2024"]),
    Explanation(
      .number, "charge-drift.NAME", as: ["charge-drift.*"], in: kinds,
      "The mean change of the Noether charge of NAME in the first step from the point.",
      formula: "⟨Q(θ − ηg) − Q(θ)⟩, Q = θᵀKθ", unit: "[θ]²",
      convention: "per step; error across trajectories; for linear generators with a symmetric K at T = 0",
      document: document(4), sources: sources),
    Explanation(
      .number, "charge-drift.exact.NAME", as: ["charge-drift.exact.*"], in: kinds,
      "The mean change of the charge as theory has it.", formula: "η² E gᵀKg = −2η dφ/ds", unit: "[θ]²",
      convention: "per step; exact", document: document(4), sources: sources),
    Explanation(
      .number, "charge-violation.NAME", as: ["charge-violation.*"], in: kinds,
      "The largest violation of the identity of the charge over all steps of all trajectories.",
      formula: "max |ΔQ − η²gᵀKg| over the sizes of the terms of Q", unit: "pure number",
      convention: "per step; rounding explains up to 64ε", document: document(4), sources: sources),
    Explanation(
      .verdict, "invariance.NAME", as: ["invariance.*"], in: kinds, "Whether the loss has the symmetry NAME.",
      formula: "no |ℓ(G_s(θ); x) − ℓ(θ; x)| exceeds 64 ε(|ℓ| + Σ_i |θ_i ∂_iℓ|), summed over both ends",
      unit: "pass or fail", convention: "exact: no share of α", document: document(2), sources: sources),
    Explanation(
      .verdict, "emergent-force.NAME", as: ["emergent-force.*"], in: kinds,
      "Whether irreversibility breaks the symmetry NAME (not isometric) or preserves it (isometric), as theory says.",
      formula: "dφ/ds = −(η/4) E gᵀ(K + Kᵀ)g by both routes; 0 for K = −Kᵀ", unit: "pass, fail or undecided",
      convention: "exact: no share of α; undecided at a balanced point", document: document(3), sources: sources),
    Explanation(
      .verdict, "charge.NAME", as: ["charge.*"], in: kinds,
      "Whether every step changes the charge of NAME by what theory says.", formula: "ΔQ = η² gᵀKg, to 64ε",
      unit: "pass, fail or undecided", convention: "per step; exact: no share of α", document: document(4),
      sources: sources),
    column("generator", "invariance", "charges", "The name of the generator.", "a key of `generators`", "text"),
    column("s", "invariance", nil, "The group parameter.", "G_s, G_0 = 1, G_sG_t = G_{s+t}", "that of s"),
    column(
      "relative_change", "invariance", nil, "The largest relative change of the loss of a sample at this s.",
      "max |ℓ′ − ℓ|/max(|ℓ′|, |ℓ|, mean |ℓ|)", "pure number"),
    column("sample", "invariance", nil, "The sample with the largest change.", "its number", "whole number, from 0"),
    column(
      "excess", "invariance", nil, "The largest change in units of what rounding explains.",
      "max |ℓ′ − ℓ| over 64 times the rounding of both losses; above 1 the symmetry is violated", "pure number"),
    column("start", "charges", nil, "The charge at the start.", "Q = θᵀKθ", "[θ]²"),
    Explanation(
      .column, "end_mean, end_se, end_variance", as: ["end_mean", "end_se", "end_variance"], in: ["charges"],
      "Mean, standard error and variance of the charge after all steps.", formula: "of Q = θᵀKθ over trajectories",
      unit: "[θ]², [θ]⁴ for the variance", convention: "over independent trajectories", document: document(4),
      sources: sources),
    column("steps", "charges", nil, "How many steps of all trajectories were looked at.", "a count", "steps"),
    column(
      "overshoots", "charges", nil, "At how many steps the charge changed its sign.", "count of Q′Q < 0",
      "steps"),
    column(
      "largest_violation", "charges", nil, "As charge-violation.NAME.", "max |ΔQ − η²gᵀKg| over its scale",
      "pure number"),
  ]

  private static func column(
    _ name: String, _ table: String, _ other: String?, _ definition: String, _ formula: String, _ unit: String
  ) -> Explanation {
    Explanation(
      .column, name, in: [table] + (other.map { [$0] } ?? []), definition, formula: formula, unit: unit,
      convention: "exact, or a count", document: document(table == "invariance" ? 2 : 4), sources: sources)
  }
}
