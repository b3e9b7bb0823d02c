extension Explanations {
  private static let step = "docs/scenario-format.md, process"
  private static let perDraw = "of one gradient, per draw; C(θ) is the covariance of the gradients of single samples"

  private static func gradient(
    _ name: String, _ definition: String, _ formula: String, _ unit: String, _ sources: [String]
  ) -> Explanation {
    Explanation(
      .gradient, name, definition, formula: formula, unit: unit, convention: perDraw,
      document: "docs/concepts/noise-models.md; " + step, sources: sources)
  }

  private static func experiment(_ name: String, _ definition: String, _ formula: String, _ sources: [String])
    -> Explanation
  {
    Explanation(
      .experiment, name, definition, formula: formula, unit: "those of its numbers",
      convention: "entropies in nats, per step unless a name says per-time", document: "docs/experiments.md, \(name)",
      sources: sources)
  }

  private static func generator(_ name: String, _ definition: String, _ formula: String, _ sources: [String])
    -> Explanation
  {
    Explanation(
      .generator, name, definition, formula: formula, unit: "32-bit words, or 48 bits of RANLUX",
      convention: "one stream for each trajectory; results do not depend on the number of threads",
      document: "docs/concepts/reproducibility.md; " + step, sources: sources)
  }

  /// Experiments, update rules, noise models and generators.
  static let processes: [Explanation] = [
    Explanation(
      .algorithm, "gradient-descent", "A step against the preconditioned gradient, with thermal noise at T > 0.",
      formula: "θ′ = θ − ηΛĝ + √(2ηTΛ) ζ, ζ ~ N(0, 1)", unit: "η in [θ]²/[L], T in [L]",
      convention: "per step; with the full batch and T > 0 unadjusted Langevin, with batches and T > 0 SGLD",
      document: step, sources: ["robbins1951", "roberts1996"]),
    Explanation(
      .algorithm, "modified-sde",
      "The stochastic modified equation of SGD: a step is its solution over the time η, integrated in substeps.",
      formula: "dθ = b dt + Σ_i σ_i dW_i + √(ηC₀) dW + √(2T) dB, σ_i = √(ηf/N)(g_i − ḡ); order 1: b = −G; order 2: "
        + "b = −∇(L + (η/4)‖∇L‖²) (Itô) or −∇(L + (η/4) E‖ĝ‖²) (Stratonovich)",
      unit: "η in [θ]²/[L]",
      convention: "weak error against SGD O(η^order) at T = 0; the two readings of order 2 are one "
        + "process for these σ_i", document: "docs/theory/expansions.md, section 8", sources: ["li2019"]),
    gradient("full-batch", "The exact gradient of the mean loss.", "ĝ = ∇L", "[L]/[θ]", ["barrett2021"]),
    gradient(
      "minibatch", "The mean gradient of a batch of B samples.",
      "ĝ = (1/B) Σ g_i; Cov ĝ = C/B with replacement, C(N − B)/(B(N − 1)) without", "[L]/[θ]", ["robbins1951"]),
    gradient(
      "gaussian", "Gaussian noise with the covariance of batches at the current point.", "ĝ = ∇L + ζ, Cov ζ = C(θ)/B",
      "[L]/[θ]", ["mandt2017"]),
    gradient(
      "constant-covariance", "Gaussian noise with a fixed covariance.",
      "ĝ = ∇L + ζ, Cov ζ = C₀, as given or C(θ₀)/B at a point", "[L]/[θ]", ["mandt2017"]),
    gradient(
      "isotropic", "Gaussian noise, equal and independent in all coordinates.",
      "ĝ = ∇L + σζ, σ as given or σ² = tr C(θ)/(Bd)", "[L]/[θ]", ["mandt2017"]),
    gradient(
      "student-t", "Heavy-tailed noise with the covariance of batches.",
      "ĝ = ∇L + ζ, multivariate t with ν > 2 degrees of freedom, Cov ζ = C(θ)/B", "[L]/[θ]", ["mandt2017"]),
    gradient(
      "alpha-stable", "Lévy's symmetric stable noise, independent in each coordinate.",
      "ĝ = ∇L + ζ, E exp(itζ_i) = exp(−|ct|^α); variance 2c² at α = 2, none below", "c in [L]/[θ]",
      ["simsekli2019", "chambers1976"]),
    gradient(
      "label-noise", "Batches with fresh Gaussian noise of standard deviation s on a column of the data.",
      "Cov ĝ = C/B + (s²/B) mean v_iv_iᵀ, v_i = ∂g_i/∂y, where g_i is affine in y", "s in the unit of the column",
      ["blanc2020"]),
    gradient(
      "svag", "The stochastic variance amplified gradient: a step of η is l steps of η/l.",
      "ĝ = ½(1 + √(2l − 1)) g₁ + ½(1 − √(2l − 1)) g₂ of two batches; Cov ĝ = l C/B of a substep", "[L]/[θ]",
      ["li2021"]),
    experiment(
      "potentials", "How irreversible one step is, by four measures, and whether they agree to leading order.",
      "φ = (η/4) E gᵀΛg for DE, TR, TA and ST as η → 0", ["ziyin2026", "hairer2006", "barrett2021"]),
    experiment(
      "fluctuation-theorem", "Whether fluctuation theorems hold for paths of training at this learning rate.",
      "P(R)/P(−R) = e^R, ⟨e^−R⟩ = 1, ⟨e^{−W/T}⟩ = e^{−ΔF/T}", ["seifert2012", "crooks1999", "jarzynski1997"]),
    experiment(
      "entropy-production", "How much entropy a step of training produces, and which part of it is what.",
      "σ = ⟨ln K(θ′|θ) − ln K(θ|θ′)⟩", ["seifert2012", "hatano2001"]),
    experiment(
      "stationary", "Whether a state is stationary, its moments, and what theory says of them.",
      "E[θ·ĝ] = (η/2) E ĝᵀΛĝ + Td; Σ = AΣAᵀ + D", ["yaida2019", "mandt2017"]),
    experiment(
      "noise-comparison", "Models of SGD's noise side by side on one problem.",
      "one ensemble for each model, compared by moments, entropy production and energy distance",
      ["mandt2017", "li2021", "szekely2013"]),
    experiment(
      "symmetry", "Which symmetries of the loss irreversibility breaks, and which it preserves.",
      "dφ/ds = −(η/4) E gᵀ(K + Kᵀ)g; ΔQ = η²gᵀKg", ["ziyin2026", "kunin2021"]),
    experiment(
      "scaling", "With which power of a setting a statistic goes, and how sure that is.",
      "ln |s| = ln a + p ln x (+ c x)", ["mandt2017", "ziyin2026"]),
    experiment(
      "relaxation", "How loss, effective loss and entropy production change in time, and what is selected on orbits.",
      "averages over paths at every so many steps", ["ziyin2026", "barrett2021"]),
    generator(
      "philox", "Counter-based: a pure function of seed, trajectory and step. The default.",
      "ten rounds of multiplications on a counter, with a key", ["salmon2011"]),
    generator(
      "mt19937", "The Mersenne twister.", "a linear recurrence of period 2^19937 − 1", ["matsumoto1998", "gsl2009"]),
    generator("taus2", "A combined Tausworthe generator.", "three shift registers", ["lecuyer1996", "gsl2009"]),
    generator(
      "ranlxd2", "RANLUX in double precision, second luxury level.", "subtract with borrow, most numbers thrown away",
      ["luscher1994", "gsl2009"]),
    generator(
      "gfsr4", "A four-tap generalised feedback shift register.",
      "x_n = x_{n−471} ^ x_{n−1586} ^ x_{n−6988} ^ x_{n−9689}",
      ["ziff1998", "gsl2009"]),
  ]
}
