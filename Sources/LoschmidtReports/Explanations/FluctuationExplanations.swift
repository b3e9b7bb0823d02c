extension Explanations {
  private static let kinds = ["fluctuation-theorem"]
  private static let document = "docs/theory/thermodynamics.md, sections 0 and 3"
  private static let paths = "of whole paths of `steps` steps, not per step; nats; extended or marginal by `level`"
  private static let sources = ["seifert2012", "seifert2005", "crooks1999"]

  /// The numbers and verdicts of `fluctuation-theorem` that concern R.
  static let fluctuation: [Explanation] = [
    Explanation(
      .number, "mean", in: kinds, "The mean of the path log-ratio R over forward paths.",
      formula: "⟨R⟩ with R = ln p_0(θ_0)ΠK − ln q(θ_n)ΠK reversed", unit: "nats",
      convention: paths + "; ≥ 0 for every q (it is a relative entropy)", document: document, sources: sources),
    Explanation(
      .number, "variance", in: kinds, "The variance of the path log-ratio R over forward paths.",
      formula: "⟨R²⟩ − ⟨R⟩²", unit: "nats²", convention: paths, document: document, sources: sources),
    Explanation(
      .number, "negative-fraction", in: kinds,
      "The share of paths with R < 0, on which the second law is violated along the path.",
      formula: "#{R < 0}/N, error √(p(1 − p)/N)", unit: "pure number", convention: paths, document: document,
      sources: sources),
    Explanation(
      .number, "expected-minority", in: kinds,
      "How many negative R the detailed theorem expects, given the magnitudes. It is what the sign test can use.",
      formula: "Σ_i 1/(1 + e^{|R_i|})", unit: "paths",
      convention: "below 25 the count alone is tested, below 500 p-values come from drawn signs", document: document,
      sources: ["crooks1999", "besag1991"]),
    Explanation(
      .number, "boundary.mean", in: kinds, "The part of the mean of R that the laws of the ends make.",
      formula: "⟨ln p_0(θ_0) − ln q(θ_n)⟩", unit: "nats", convention: paths + "; boundary + medium = R",
      document: document, sources: sources),
    Explanation(
      .number, "medium.mean", in: kinds, "The part of the mean of R that the steps make.",
      formula: "⟨Σ_k ln K(θ_{k+1}|θ_k) − ln K(θ_k|θ_{k+1})⟩", unit: "nats",
      convention: paths + "; boundary + medium = R", document: document, sources: sources),
    Explanation(
      .number, "exact.mean, exact.variance", as: ["exact.mean", "exact.variance"], in: kinds,
      "Mean and variance of R as they are for a Gaussian process; of (W − ΔF)/T where only work theorems are asked for.",
      formula: "−½ tr(MΛ_F⁻¹) and ½ tr(MΛ_F⁻¹)², with the precision Λ_F of a path, Λ_B of its reverse, M = Λ_F − Λ_B "
        + "(processes without a mean; with one, terms of the means are added)",
      unit: "nats, nats²", convention: paths + "; exact at finite η",
      document:
        "docs/theory/thermodynamics.md, section 1", sources: sources),
    Explanation(
      .number, "exact.k-divergence", in: kinds,
      "The largest power of e^−R that has a mean. At 2 or below e^−R has no variance, and its average no useful error.",
      formula: "sup {k : E e^{−kR} < ∞}", unit: "pure number", convention: "exact, for Gaussian processes",
      document: "docs/theory/thermodynamics.md, section 1", sources: sources),
    Explanation(
      .number, "integral.estimate", in: kinds, "The average of e^−R, which the integral theorem says is 1.",
      formula: "(1/N) Σ_i e^{−R_i}", unit: "pure number",
      convention: paths + "; its standard error means nothing where the weights have a heavy tail", document: document,
      sources: ["seifert2005"]),
    Explanation(
      .number, "….effective-sample-size",
      as: ["integral.effective-sample-size", "jarzynski.effective-sample-size", "hatano-sasa.effective-sample-size"],
      in: kinds, "How many equal weights the weights e^−R (or e^{−(W−ΔF)/T}, e^−Y) are worth.",
      formula: "(Σ w)²/Σ w²", unit: "paths", convention: "below 200 the verdict is undecided", document: document,
      sources: ["vehtari2024"]),
    Explanation(
      .number, "….largest-share",
      as: ["integral.largest-share", "jarzynski.largest-share", "hatano-sasa.largest-share"], in: kinds,
      "The share of the largest weight in the sum of all.", formula: "max w/Σ w", unit: "pure number",
      convention: "above 5 % the verdict is undecided: one path would decide", document: document,
      sources: ["vehtari2024"]),
    Explanation(
      .number, "….pareto-k", as: ["integral.pareto-k", "jarzynski.pareto-k", "hatano-sasa.pareto-k"], in: kinds,
      "The shape k̂ of a generalised Pareto law fitted to the largest weights: above ½ they have no variance.",
      formula: "P(w > u + x) ∝ (1 + kx/s)^{−1/k}, fitted to the largest weights", unit: "pure number",
      convention: "above 0.5 the verdict is undecided", document: document, sources: ["vehtari2024"]),
    Explanation(
      .number, "detailed.slope", in: kinds,
      "The slope b with which the log-odds of R > 0 grow with |R|; the detailed theorem says 1.",
      formula: "logit P(R > 0 | |R|) = b|R|, by maximum likelihood; standard error 1/√(Σ v|R|²), v = p(1 − p) at b = 1",
      unit: "pure number", convention: paths, document: document, sources: ["crooks1999"]),
    Explanation(
      .number, "detailed.score", in: kinds, "The score test of the signs of R against a wrong slope and a bend.",
      formula: "χ² = UᵀI⁻¹U, U = Σ h(y − p), h = (|R|, |R|²), y = 1 for R > 0, p = 1/(1 + e^{−|R|}), I = Σ p(1 − p)hhᵀ",
      unit: "pure number", convention: "two degrees of freedom", document: document,
      sources: ["crooks1999", "besag1991"]),
    Explanation(
      .number, "detailed.p", in: kinds,
      "The p-value of the detailed theorem, from the score or from the count of negative R.",
      formula: "P(χ² at least as large), by drawing signs given |R| below 500 expected negative R or 10⁴ paths",
      unit: "probability", convention: "raw; compared with α over the number of verdicts", document: document,
      sources: ["besag1991"]),
    Explanation(
      .number, "control.p, control.inverse.p", as: ["control.p", "control.inverse.p"], in: kinds,
      "The p-values of the same test on the same paths with a noise covariance that is wrong on purpose.",
      formula: "R′ = boundary + medium/c with c the setting `control`; inverse: R′ = boundary + c medium",
      unit: "probability",
      convention: "no verdict; they show whether the test has power: without both controls rejected there is no pass",
      document: document,
      sources: ["crooks1999"]),
    Explanation(
      .number, "kernel.p", in: kinds,
      "The p-value of the size of the noise of single steps against the density, which no theorem can see for sure.",
      formula: "Σ rᵀΣ⁻¹r ~ χ² with r = θ′ − mean and d degrees of freedom a step, from both sides; "
        + "for Student's and stable noise Σ −2 ln P(larger |r|), two degrees each",
      unit: "probability",
      convention: "no verdict, exact; of all ensembles together, with work forward and backward paths; a verdict does "
        + "not pass where that of its own paths (jarzynski: forward, crooks: both) is below α/number",
      document: document, sources: ["crooks1999"]),
    Explanation(
      .number, "hatano-sasa.mean, hatano-sasa.estimate", as: ["hatano-sasa.mean", "hatano-sasa.estimate"], in: kinds,
      "The functional Y of Hatano and Sasa: its mean, and the average of e^−Y, which is 1.",
      formula: "Y = Σ_k φ_{k+1}(θ_k) − φ_k(θ_k), φ = −ln π", unit: "nats; pure number",
      convention: "of whole paths that start in the stationary state",
      document:
        "docs/theory/thermodynamics.md, section 2", sources: ["hatano2001"]),
    Explanation(
      .number, "adiabatic.mean, nonadiabatic.mean", as: ["adiabatic.mean", "nonadiabatic.mean"], in: kinds,
      "The two parts of the mean of R: what keeps a state stationary, and what relaxation and driving add.",
      formula: "R_a = Σ ln K/K⁺, R_na = ln p_0/p_n + Σ ln π_{k+1}(θ_{k+1})/π_{k+1}(θ_k), "
        + "K⁺(θ′|θ) = K(θ|θ′)π(θ′)/π(θ)",
      unit: "nats", convention: "of whole paths from the stationary state; R = R_na + R_a, both ≥ 0 on average",
      document: "docs/theory/thermodynamics.md, section 2", sources: ["esposito2010"]),
    Explanation(
      .number, "exact.….mean of the split",
      as: ["exact.hatano-sasa.mean", "exact.adiabatic.mean", "exact.nonadiabatic.mean"], in: kinds,
      "The exact means of Y, R_a and R_na for Gaussian chains.", formula: "as quadratic forms of a Gaussian path",
      unit: "nats", convention: "of whole paths; exact at finite η",
      document:
        "docs/theory/thermodynamics.md, section 2", sources: ["hatano2001", "esposito2010"]),
    Explanation(
      .verdict, "detailed", in: ["fluctuation-theorem", "noise-comparison"],
      "Whether the detailed fluctuation theorem holds for R. In noise-comparison detailed[i] is that of model i.",
      formula: "P(R)/P(−R) = e^R, so that R is positive with probability 1/(1 + e^{−|R|}) given |R|",
      unit: "pass, fail or undecided",
      convention: "fail p < α/number; pass |b − 1| + 1.645 errors ≤ margin, both controls rejected and "
        + "kernel.p not; else undecided",
      document: document, sources: ["crooks1999", "besag1991", "schuirmann1987"]),
    Explanation(
      .verdict, "integral", in: kinds, "Whether the integral fluctuation theorem holds for R.",
      formula: "⟨e^−R⟩ = 1", unit: "pass, fail or undecided",
      convention:
        "fail mean > number/α (an e-value); undecided with heavy tails; pass |mean − 1| + 1.645 errors ≤ margin, unless a "
        + "control with a wrong noise is not told from 1, or kernel.p is below α/number",
      document: document, sources: ["seifert2005", "vovk2021"]),
    Explanation(
      .verdict, "hatano-sasa", in: kinds, "Whether the equality of Hatano and Sasa holds.", formula: "⟨e^−Y⟩ = 1",
      unit: "pass, fail or undecided",
      convention: "decided as the verdict integral is, with the test of the kernel as the one control",
      document: "docs/theory/thermodynamics.md, section 2", sources: ["hatano2001", "vovk2021"]),
  ]
}
