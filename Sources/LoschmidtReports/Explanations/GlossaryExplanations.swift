extension Explanations {
  private static func term(
    _ name: String, as names: [String] = [], _ definition: String, formula: String, unit: String,
    convention: String, document: String, sources: [String]
  ) -> Explanation {
    Explanation(
      .term, name, as: [name] + names, definition, formula: formula, unit: unit, convention: convention,
      document: document, sources: sources)
  }

  /// Words of statistics, of processes and of symmetry.
  static let moreTerms: [Explanation] = [
    term(
      "undecided", as: ["pass", "fail", "verdict", "status"],
      "The third outcome of a verdict: the evidence neither excludes the claim nor shows it to within the margin.",
      formula: "fail p < α/number; pass |estimate − expected| + 1.645 standard errors ≤ margin; undecided otherwise",
      unit: "a word",
      convention: "the reason says what is missing, such as a moment, a settled state or power, and where more "
        + "trajectories would decide, how many; fluctuation theorems also ask for their controls and for kernel.p",
      document: "docs/concepts/verdicts.md", sources: ["schuirmann1987"]),
    term(
      "margin", as: ["equivalence", "equivalence test"],
      "The largest deviation that still counts as agreement. A pass is a statement of equivalence, not a lack of rejection.",
      formula: "|estimate − expected| + 1.645 standard errors ≤ margin",
      unit: "that of the estimate, or relative to it",
      convention: "0.05 by default, 0.001 for potentials; of few trajectories more than 1.645, by Student's t",
      document: "docs/concepts/verdicts.md",
      sources: ["schuirmann1987"]),
    term(
      "alpha", as: ["α", "level of significance", "p_value", "p-value", "p_value_adjusted"],
      "The level that the statistical verdicts of a scenario share: the chance that any true claim fails is at most α.",
      formula: "each raw p-value is compared with α/number; adjusted p = min(1, p × number)", unit: "probability",
      convention: "0.001 by default; the number is fixed before the run", document: "docs/concepts/verdicts.md",
      sources: ["schuirmann1987", "besag1991"]),
    term(
      "e-value", as: ["e value"],
      "A nonnegative number with mean at most 1 if the claim holds. A large one refutes it for any number of samples.",
      formula: "P(mean of e^−R ≥ 1/α) ≤ α by Markov's inequality", unit: "pure number",
      convention: "a small one never refutes: a heavy tail looks like that before its large weights come",
      document: "docs/theory/thermodynamics.md, section 3", sources: ["vovk2021"]),
    term(
      "Pareto k̂", as: ["Pareto k", "pareto-k", "khat", "k̂"],
      "The shape of the tail of weights: moments of order 1/k̂ and above do not exist.",
      formula: "P(w > u + x) ∝ (1 + kx/s)^{−1/k}", unit: "pure number",
      convention: "above 0.5 the standard error of the average means nothing",
      document: "docs/theory/thermodynamics.md, section 3", sources: ["vehtari2024"]),
    term(
      "effective sample size", as: ["ESS", "effective-sample-size"], "How many equal weights some weights are worth.",
      formula: "(Σ w)²/Σ w²", unit: "samples", convention: "below 200 an exponential average decides nothing",
      document: "docs/theory/thermodynamics.md, section 3", sources: ["vehtari2024"]),
    term(
      "covariance", as: ["Cov", "C", "Cov g"], "How coordinates vary together: of θ in a state, of ĝ over draws.",
      formula: "Cov(a, b) = E ab − E a E b; Cov ĝ = f C(θ) + s tr C(θ) 1 + C₀ + label noise",
      unit: "[θ]², or ([L]/[θ])² of the gradient", convention: "f = 1/B for batches with replacement",
      document: "docs/Notation.md", sources: ["mandt2017"]),
    term(
      "learning rate", as: ["learning-rate", "η", "eta"], "The size of a step.", formula: "θ′ = θ − ηΛĝ",
      unit: "[θ]²/[L]", convention: "η > 0, at single steps of a schedule also 0; the training time of a step is η",
      document: "docs/Notation.md", sources: ["robbins1951"]),
    term(
      "schedule", as: ["schedules", "warm-up", "warmup", "step"],
      "A setting that changes from step to step: an expression of `step`, the number of the step from 0, burn-in included.",
      formula: "a warm-up over ten steps: 0.1*min(step/10, 1)", unit: "that of the setting",
      convention: "a step of the learning rate 0 moves nothing, has no noise and takes no time",
      document: "docs/scenario-format.md", sources: ["robbins1951"]),
    term(
      "reverse-initial", as: ["reverse initial"],
      "The law q that reversed paths start from: that of the start (same), the stationary one, or a given one.",
      formula: "R = ln p_0(θ_0)ΠK(θ_{k+1}|θ_k) − ln q(θ_n)ΠK(θ_k|θ_{k+1})", unit: "a word, or a law",
      convention: "the integral theorem holds for any q, the detailed one for q = p_0",
      document: "docs/experiments.md, fluctuation-theorem", sources: ["seifert2005", "seifert2012"]),
    term(
      "temperature", as: ["T"], "The strength of thermal noise.", formula: "√(2ηTΛ) ζ in every step, ζ ~ N(0, 1)",
      unit: "[L]", convention: "k_B = 1", document: "docs/Notation.md", sources: ["roberts1996", "seifert2012"]),
    term(
      "batch", as: ["batch size", "batch-size", "draw"],
      "The samples of one gradient. A draw is one possible batch; forces are averaged over draws after evaluation.",
      formula: "ĝ = (1/B) Σ g_i", unit: "samples", convention: "with replacement unless `sampling` says otherwise",
      document: "docs/concepts/noise-models.md", sources: ["robbins1951"]),
    term(
      "reshuffle", as: ["with-replacement", "without-replacement", "cyclic", "sampling", "epoch", "last", "drop"],
      "How batches are drawn: independent samples, distinct ones in a batch, a new permutation every epoch (reshuffle), or "
        + "the order of the file over and over (cyclic). With `last: drop` the samples that make no whole batch are left out "
        + "of the epoch.",
      formula: "Cov ĝ = C/B, or C(N − B)/(B(N − 1)) for distinct samples of a batch", unit: "a word",
      convention: "reshuffled epochs are invariant under reversal as a whole; the order of the file is not",
      document: "docs/theory/thermodynamics.md, sections 5 and 6", sources: ["robbins1951"]),
    term(
      "Itô and Stratonovich", as: ["Ito", "Itô", "Stratonovich", "interpretation"],
      "Two readings of a stochastic integral: the noise at the beginning of an interval, or in its middle.",
      formula: "b_Stratonovich = b_Itô − ½ Σ_i (Dσ_i)σ_i", unit: "a word",
      convention: "for SGD's own noise fields the Itô drift is −∇(L + (η/4)‖∇L‖²), the other −∇(L + (η/4) E‖ĝ‖²)",
      document: "docs/theory/expansions.md, section 8", sources: ["li2019"]),
    term(
      "weak order", as: ["modified equation", "order"],
      "With which power of η averages over a process differ from those of another at a fixed time.",
      formula: "|E f(θ_{t/η}) − E f(θ(t))| = O(η^order)", unit: "whole number", convention: "1 or 2 for modified-sde",
      document: "docs/concepts/modified-equations.md", sources: ["li2019", "hairer2006"]),
    term(
      "Noether charge", as: ["charge", "Q", "charges"],
      "What gradient flow conserves because of a symmetry, and a finite step changes.",
      formula: "Q = θᵀKθ; ΔQ = η² gᵀKg in every step, E ΔQ = −2η dφ/ds", unit: "[θ]²",
      convention: "linear generators with a symmetric K", document: "docs/theory/symmetry.md, section 4",
      sources: ["kunin2021", "du2018", "ziyin2026"]),
    term(
      "balanced point", as: ["balance", "law of balance"],
      "The point of an orbit that the emergent force drives to.", formula: "E gᵀKg = 0, where φ is least on the orbit",
      unit: "a point", convention: "missing for isometries", document: "docs/theory/symmetry.md, sections 3 to 5",
      sources: ["ziyin2025", "ziyin2024", "ziyin2026"]),
    term(
      "generator of a symmetry", as: ["one-parameter group", "isometry", "orbit", "K"],
      "A symmetry is a one-parameter group of transformations; its generator is the derivative at s = 0.",
      formula: "ξ(θ) = ∂_sG_s(θ) at s = 0, K = ∂ξ/∂θ", unit: "[θ], pure number",
      convention: "isometric where K = −Kᵀ: then φ is the same on the whole orbit",
      document: "docs/theory/symmetry.md, section 1", sources: ["kunin2021", "ziyin2026"]),
    term(
      "curl", as: ["conservative"], "What keeps a force from having a potential.",
      formula: "curl_ij = ∂_jF_i − ∂_iF_j of Λ⁻¹F", unit: "[L]/[θ]²",
      convention: "at η² a multiple of [T_G, ΛH]: 1/6 for DE, (n+1)/(6n) for TRn, ½ for TA, 0 for ST",
      document: "docs/theory/expansions.md, section 2", sources: ["ziyin2026", "hairer2006"]),
    term(
      "thermodynamic uncertainty relation", as: ["TUR", "uncertainty relation"],
      "Precise currents cost entropy.",
      formula: "e^σ − 1 ≥ 2J²/Var J in discrete time; σ ≥ 2J²/Var J in continuous time",
      unit: "a law", convention: "per step", document: "docs/theory/thermodynamics.md, section 9",
      sources: ["barato2015", "proesmans2017"]),
    term(
      "seed", as: ["stream", "random stream", "reproducibility"],
      "The number from which all random numbers of a run follow.",
      formula: "a number is a function of seed, experiment, trajectory, step and purpose",
      unit: "whole number, below 2⁶⁴",
      convention: "equal scenarios and seeds give equal bytes, whatever the number of threads",
      document: "docs/concepts/reproducibility.md", sources: ["salmon2011"]),
    term(
      "energy distance", as: ["EnergyDistance"], "How far two laws are apart; 0 only if they are the same.",
      formula: "2E|X − Y| − E|X − X′| − E|Y − Y′|", unit: "that of X",
      convention: "not squared; the estimate is unbiased",
      document: "docs/Notation.md", sources: ["szekely2013"]),
    term(
      "standard error", as: ["error", "standard_error", "standard-error"],
      "The standard deviation of an estimate, from independent trajectories.", formula: "s/√N",
      unit: "that of the estimate",
      convention: "null for exact values and for numbers that describe the sample",
      document: "docs/concepts/verdicts.md",
      sources: ["schuirmann1987"]),
    term(
      "exact", "A number without statistical error: a closed form, quadrature or linear algebra at this learning rate.",
      formula: "exact is true in results.json", unit: "a word", convention: "rounding and extrapolation errors remain",
      document: "docs/experiments.md", sources: ["ziyin2026"]),
  ]
}
