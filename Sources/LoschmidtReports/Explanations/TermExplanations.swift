extension Explanations {
  private static let expansions = "docs/theory/expansions.md, "
  private static let thermodynamics = "docs/theory/thermodynamics.md, "

  private static func term(
    _ name: String, as names: [String] = [], _ definition: String, formula: String, unit: String,
    convention: String, document: String, sources: [String]
  ) -> Explanation {
    Explanation(
      .term, name, as: [name] + names, definition, formula: formula, unit: unit, convention: convention,
      document: document, sources: sources)
  }

  /// Words of irreversibility, of paths and of work.
  static let terms: [Explanation] = [
    term(
      "DE", as: ["backward error", "backward-error", "BackwardError"],
      "Numerical backward error, one of the four measures: the flow of a changed field makes the step exactly.",
      formula: "−G + F_DE with exp(η(−G + F_DE)·∇) = the step; F_DE = −(η/2)Hg − η²(HHg/3 + T(g,g)/12) + O(η³), Λ = 1",
      unit: "[L]/[θ]", convention: "adds to −G; does not exist where ηλ_max(ΛH) ≥ 1",
      document: expansions + "sections 1 and 2", sources: ["hairer2006", "barrett2021", "ziyin2026"]),
    term(
      "TR", as: ["TRn", "TR2", "TRinf", "time-renormalised", "TimeRenormalised"],
      "Time renormalisation, one of the four measures: one step of η against n steps of η/n, or the gradient flow.",
      formula: "F_TRn = (n/(n − 1))(U_η − U_{η/n}^n)θ/η = −(η/2)Hg + η²((n−2)/(6n) HHg + (2n−1)/(12n) T(g,g)), Λ = 1",
      unit: "[L]/[θ]", convention: "adds to −G; F_TR2(η) = 2F_TA(η/2)", document: expansions + "sections 1 and 2",
      sources: ["ziyin2026"]),
    term(
      "TA", as: ["time asymmetry", "time-asymmetry", "TimeAsymmetry", "Loschmidt echo", "echo"],
      "Time-reversal asymmetry, one of the four measures: a step down and a step up do not return to the point.",
      formula: "F_TA = (U_{−η}U_η θ − θ)/(2η) = ½[g(θ − ηg) − g(θ)] = −(η/2)Hg + (η²/4)T(g,g) + O(η³), Λ = 1",
      unit: "[L]/[θ]", convention: "adds to −G; exactly half the change of the gradient",
      document: expansions + "section 1", sources: ["ziyin2026"]),
    term(
      "ST", as: ["stochastic thermodynamics", "StochasticThermodynamic"],
      "Stochastic thermodynamics, one of the four measures: the entropy production of the noisy step as T → 0.",
      formula: "φ_ST = (η/16) E (g + g′)ᵀΛ(g + g′), g′ = g(θ − ηΛg); F_ST = −Λ∇φ_ST", unit: "[L], [L]/[θ]",
      convention: "T ΔS = 4φ_ST as T → 0; the only one of the four that is an exact gradient at every η",
      document: expansions + "sections 1 and 2", sources: ["seifert2012", "ziyin2026"]),
    term(
      "irreversibility potential", as: ["irreversibility potentials", "phi", "φ", "leading potential"],
      "The potential of the force that the irreversibility of a step exerts: what training descends besides the loss.",
      formula: "φ = (η/4) E gᵀΛg + O(η²) = (η/4) ḡᵀΛḡ + (η/4) tr(ΛC)", unit: "[L]",
      convention: "F = −Λ∇φ adds to −G; draws are averaged after evaluation", document: expansions + "sections 0 and 8",
      sources: ["ziyin2026", "barrett2021"]),
    term(
      "emergent force", as: ["irreversibility force", "entropic force"],
      "The force of the irreversibility potential. Along the orbit of a symmetry, where the loss is flat, it alone acts.",
      formula: "F = −Λ∇φ; along an orbit −dφ/ds = (η/4) E gᵀ(K + Kᵀ)g", unit: "[L]/[θ]", convention: "adds to −G",
      document: "docs/theory/symmetry.md, section 3", sources: ["ziyin2026"]),
    term(
      "path log-ratio", as: ["R", "log ratio", "path ratio"],
      "How much more likely a path is than its reverse: the entropy production along the path.",
      formula: "R = ln p_0(θ_0)ΠK(θ_{k+1}|θ_k) − ln q(θ_n)ΠK(θ_k|θ_{k+1})", unit: "nats",
      convention: "boundary + medium; positive on average; q is the law that reversed paths start from",
      document: thermodynamics + "section 0", sources: ["seifert2005", "seifert2012"]),
    term(
      "entropy production", as: ["sigma", "σ", "dissipation"],
      "The mean of the path log-ratio: how irreversible a process is.",
      formula: "σ = ⟨ln K(θ′|θ) − ln K(θ|θ′)⟩ per step in a stationary state", unit: "nats per step, or nats/[t]",
      convention: "≥ 0; always with the level, extended or marginal", document: thermodynamics + "sections 0 and 1",
      sources: ["seifert2012", "seifert2005"]),
    term(
      "extended", as: ["extended path", "level"],
      "The level at which the sequence of batches is part of the path, and is reversed with it.",
      formula: "K_B(θ′|θ) of the batch B that was drawn, in both directions", unit: "a word",
      convention: "its entropy production is at least that of the marginal level",
      document: thermodynamics + "section 6",
      sources: ["seifert2012"]),
    term(
      "marginal", as: ["marginal path"], "The level at which the path is that of θ alone: batches are summed over.",
      formula: "K(θ′|θ) = Σ_B P(B) K_B(θ′|θ)", unit: "a word", convention: "up to 10⁵ distinct batches",
      document: thermodynamics + "section 6", sources: ["seifert2012"]),
    term(
      "detailed theorem", as: ["detailed fluctuation theorem", "DFT", "Evans-Searles"],
      "Positive and negative values of R are related, value by value.", formula: "P(R)/P(−R) = e^R", unit: "a law",
      convention: "needs q = p_0 and steps that are invariant under reversal; stationarity is not needed",
      document: thermodynamics + "sections 0 and 3", sources: ["crooks1999", "seifert2012"]),
    term(
      "integral theorem", as: ["integral fluctuation theorem", "IFT"], "The average of e^−R is 1.",
      formula: "⟨e^−R⟩ = 1", unit: "a law", convention: "holds for any normalised q whose support is large enough",
      document: thermodynamics + "section 0", sources: ["seifert2005"]),
    term(
      "Jarzynski's equality", as: ["Jarzynski", "Jarzynski equality"],
      "The average of the exponential of the work gives the difference of free energies, however fast the driving is.",
      formula: "⟨e^{−W/T}⟩ = e^{−ΔF/T}", unit: "a law",
      convention: "from equilibrium; exact at finite η with protocol and shadow work together",
      document: thermodynamics + "section 2", sources: ["jarzynski1997", "sivak2013"]),
    term(
      "Crooks' theorem", as: ["Crooks", "Crooks theorem"],
      "Work of forward and backward paths is related, value by value.",
      formula: "P_F(W)/P_B(−W) = e^{(W − ΔF)/T}", unit: "a law", convention: "both directions start in equilibrium",
      document: thermodynamics + "sections 2 and 3", sources: ["crooks1999"]),
    term(
      "Hatano-Sasa equality", as: ["Hatano-Sasa", "Hatano", "Y"],
      "An equality for driving between stationary states that are no equilibria.",
      formula: "⟨e^−Y⟩ = 1, Y = Σ φ_{k+1}(θ_k) − φ_k(θ_k), φ = −ln π", unit: "a law",
      convention: "from the stationary state", document: thermodynamics + "section 2", sources: ["hatano2001"]),
    term(
      "protocol work and shadow work", as: ["shadow work", "protocol work", "work"],
      "The two parts of the work on a discretised process: by the protocol at fixed θ, and by the finite step itself.",
      formula: "W = Σ U_{k+1}(θ_k) − U_k(θ_k) + Q_e − Q_a", unit: "[L]",
      convention: "physical convention: U is the energy; the shadow convention has Ũ = U − (η/4)‖∇U‖²",
      document: thermodynamics + "section 2", sources: ["sivak2013"]),
    term(
      "heat", as: ["action heat", "energy heat"], "The energy that the bath gives, by two definitions.",
      formula: "Q_a = −T Σ ln K/K reversed; Q_e = Σ U_{k+1}(θ_{k+1}) − U_{k+1}(θ_k)", unit: "[L]",
      convention: "absorbed by the system; the difference is the shadow work", document: thermodynamics + "section 2",
      sources: ["seifert2012", "sivak2013"]),
  ]
}
