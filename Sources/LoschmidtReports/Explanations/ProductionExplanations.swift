extension Explanations {
  private static let kinds = ["entropy-production"]
  private static let document = "docs/theory/thermodynamics.md, sections 0, 1, 6 and 7"
  private static let sources = ["seifert2012", "seifert2005"]

  /// The numbers and verdicts of `entropy-production`.
  static let production: [Explanation] = [
    Explanation(
      .number, "per-step", in: kinds, "The entropy that a step produces in its medium, on average after burn-in.",
      formula: "⟨Σ_k ln K(θ_{k+1}|θ_k) − ln K(θ_k|θ_{k+1})⟩/n", unit: "nats",
      convention: "per step; the batches are part of the path (extended); error across replicas", document: document,
      sources: sources),
    Explanation(
      .number, "per-time", in: kinds, "The entropy that is produced per unit of training time.",
      formula: "per-step/η", unit: "nats/[t]", convention: "per unit of time, t = ηn; extended", document: document,
      sources: sources),
    Explanation(
      .number, "medium", in: kinds, "The entropy that the counted steps of a path produce in their medium.",
      formula: "⟨Σ_k ln K/K reversed⟩", unit: "nats",
      convention: "of whole paths; extended; the column of `replay` is that of one path up to the step",
      document: document, sources: sources),
    Explanation(
      .number, "boundary", in: kinds, "The change of the system's own entropy over the path.",
      formula: "⟨ln p_0(θ_0) − ln p_0(θ_n)⟩", unit: "nats",
      convention: "of whole paths; with burn-in 0 only; the law of the start at both ends", document: document,
      sources: sources),
    Explanation(
      .number, "extended", in: kinds, "The entropy production with the sequence of batches as part of the path.",
      formula: "⟨ln K_B(θ′|θ) − ln K_B(θ|θ′)⟩, K_B the step with batch B", unit: "nats",
      convention: "per step, extended: at least as large as marginal",
      document:
        "docs/theory/thermodynamics.md, section 6", sources: ["seifert2012", "ziyin2026"]),
    Explanation(
      .number, "marginal, exact.marginal", as: ["marginal", "exact.marginal"], in: kinds,
      "The entropy production of the path of θ alone, with the step summed over batches; measured and exact.",
      formula: "⟨ln K(θ′|θ) − ln K(θ|θ′)⟩, K = Σ_B P(B) K_B", unit: "nats",
      convention: "per step, marginal; never to be reported under the name of extended",
      document:
        "docs/theory/thermodynamics.md, section 6", sources: ["seifert2012", "ziyin2026"]),
    Explanation(
      .number, "exact.per-step", in: kinds, "The exact entropy production of a step in the stationary state.",
      formula: "tr[D⁻¹A(ΣAᵀ − AΣ)] for a Gaussian chain θ′ = Aθ + ξ, ξ ~ N(0, D), Σ = AΣAᵀ + D; transfer operators and "
        + "quadrature in one dimension", unit: "nats",
      convention: "per step, stationary, at finite η; extended; of the quasi-stationary law where a remark says so",
      document: document, sources: ["seifert2012"]),
    Explanation(
      .number, "exact.continuum", in: kinds,
      "What the limit η → 0 of the process, an Ornstein-Uhlenbeck process, produces per unit of time.",
      formula: "tr(HᵀD⁻¹HΣ) − tr H for dθ = −Hθ dt + √(2D) dW", unit: "nats/[t]",
      convention: "per unit of time, stationary; additive noise, so Itô and Stratonovich agree",
      document: "docs/theory/thermodynamics.md, section 1", sources: ["seifert2012"]),
    Explanation(
      .number, "leading.per-step", in: kinds,
      "The leading order in η of what the discretisation of Langevin dynamics produces in one dimension.",
      formula: "(η³T/6) E‖∇³L‖²", unit: "nats",
      convention: "per step, stationary; 0 for quadratic losses; none where the gradient has a jump or a kink",
      document: "docs/theory/expansions.md, section 3", sources: ["ziyin2026", "sivak2013"]),
    Explanation(
      .number, "housekeeping", in: kinds, "The part of the entropy production that keeps the stationary state going.",
      formula: "per-step − excess", unit: "nats", convention: "per step; ≥ 0 on average",
      document:
        "docs/theory/thermodynamics.md, section 2", sources: ["hatano2001", "esposito2010"]),
    Explanation(
      .number, "excess", in: kinds, "The part of the entropy production that relaxation to the stationary state makes.",
      formula: "⟨ln π(θ_n)/π(θ_0)⟩/n", unit: "nats", convention: "per step; 0 in the stationary state",
      document: "docs/theory/thermodynamics.md, section 2", sources: ["hatano2001", "esposito2010"]),
    Explanation(
      .number, "tur.bound", in: kinds,
      "A lower bound on the entropy production of a step, from the mean and the spread of currents.",
      formula: "ρ ln((1 + ρ)/(1 − ρ)), ρ = |E d|/√E d², d the best combination of currents ½(θ + θ′)_a(θ′ − θ)_b and "
        + "(θ′ − θ)_b",
      unit: "nats",
      convention: "per step, stationary; one half of the trajectories chooses d, the other measures it",
      document: "docs/theory/thermodynamics.md, section 9",
      sources: ["proesmans2017", "barato2015"]),
    Explanation(
      .number, "tur.estimate", in: kinds,
      "An estimate of the entropy production from currents by the uncertainty relation of continuous time.",
      formula: "2μᵀΞ⁻¹μ/η − tur.bias, μ and Ξ the mean and covariance of the currents of one step", unit: "nats/[t]",
      convention: "per unit of time; no bound at finite η", document: "docs/theory/thermodynamics.md, section 9",
      sources: ["barato2015"]),
    Explanation(
      .number, "tur.bias", in: kinds, "What was subtracted from tur.estimate, because the mean currents have errors.",
      formula: "2 tr(Ξ⁻¹ Cov μ)/η", unit: "nats/[t]", convention: "per unit of time; already subtracted",
      document: "docs/theory/thermodynamics.md, section 9", sources: ["barato2015"]),
    Explanation(
      .verdict, "exact.per-step", in: kinds, "Whether the measured entropy production is the exact one.",
      formula: "per-step/exact.per-step = 1, or their difference where the exact value is 0",
      unit:
        "pass, fail or undecided",
      convention: "fail p < α/number; pass |ratio − 1| + 1.645 errors ≤ margin; else undecided", document: document,
      sources: ["seifert2012", "schuirmann1987"]),
  ]
}
