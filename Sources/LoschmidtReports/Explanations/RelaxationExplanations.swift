extension Explanations {
  private static let kinds = ["relaxation"]
  private static let orbits = "docs/theory/symmetry.md, section 8"
  private static let averages = "mean over trajectories at each record"
  private static let sources = ["ziyin2026", "barrett2021"]

  /// The verdicts of `relaxation` and the names in the column `observable` of its table.
  static let relaxation: [Explanation] = [
    Explanation(
      .verdict, "selection.NAME", as: ["selection.*"], in: kinds,
      "Whether the charge of NAME moves as the emergent force predicts, in the second half of the records; for an "
        + "isometry, whether nothing is selected.",
      formula: "⟨ΔQ⟩ = Σ η² E ĝᵀKĝ, a sum over steps by the trapezoidal rule over records; Δφ = 0 for an isometry",
      unit: "pass, fail or undecided",
      convention: "claims equality to within the margin; undecided where Q no longer moves", document: orbits,
      sources: ["ziyin2026", "ziyin2025", "schuirmann1987"]),
    Explanation(
      .verdict, "balanced.NAME", as: ["balanced.*"], in: kinds,
      "Whether the leading potential is least on the orbit of NAME at the last record; for an isometry, whether it is "
        + "the same everywhere on the orbit.",
      formula: "E ĝᵀKĝ/E‖ĝ‖² at the end over its value at the first record is 0; "
        + "φ(G_s θ) = φ(θ) at s = ±½, ±1 for an isometry",
      unit: "pass, fail or undecided", convention: "to within the margin; to 10⁻¹⁰, exactly, for an isometry",
      document: orbits, sources: ["ziyin2026", "ziyin2025", "schuirmann1987"]),
    row("loss", "The loss.", "L(θ), at the time of the record", "[L]", "docs/experiments.md, relaxation"),
    row(
      "potential", "The leading irreversibility potential.", "φ = (η/4) E ĝᵀΛĝ over draws", "[L]",
      "docs/theory/expansions.md, section 8"),
    row(
      "effective-loss", "The loss and the leading potential: what the drift descends.",
      "L + φ; the stationary law of Langevin dynamics has L − φ", "[L]", "docs/theory/expansions.md, section 3"),
    row(
      "entropy-production-rate", "The entropy production per unit of time since the record before.",
      "⟨Σ ln K/K reversed⟩/(t − t_before), extended", "nats/[t]", "docs/theory/thermodynamics.md, section 0"),
    Explanation(
      .column, "charge.NAME", as: ["charge.*"], in: ["path", "observable"], "The Noether charge of the symmetry NAME.",
      formula: "Q = θᵀKθ", unit: "[θ]²", convention: averages, document: orbits, sources: ["ziyin2026", "du2018"]),
    Explanation(
      .column, "charge-drift.NAME", as: ["charge-drift.*"], in: ["path", "observable"],
      "The predicted change of the charge of NAME in a step.", formula: "η² E ĝᵀKĝ = −2η dφ/ds", unit: "[θ]²",
      convention: "per step; exact average over draws, then the " + averages, document: orbits,
      sources: ["ziyin2026", "ziyin2025"]),
  ]

  private static func row(
    _ name: String, _ definition: String, _ formula: String, _ unit: String, _ document: String
  ) -> Explanation {
    // The same names head columns of the phase portrait, where they are values at a point of the grid.
    Explanation(
      .column, name, in: ["portrait", "path"], definition, formula: formula, unit: unit,
      convention: averages + " in table path; at a point of the grid in table portrait", document: document,
      sources: sources)
  }
}
