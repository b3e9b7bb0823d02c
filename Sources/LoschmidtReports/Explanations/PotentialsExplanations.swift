extension Explanations {
  private static let kinds = ["potentials"]
  private static let document = "docs/theory/expansions.md, sections 1, 2 and 8"
  private static let exact = "per step; exact, without statistical error, unless the draws are sampled"
  private static let sources = ["ziyin2026", "hairer2006"]

  /// The numbers and verdicts of `potentials`.
  static let potentials: [Explanation] = [
    Explanation(
      .number, "limit.X[p]", as: ["limit.*"], in: kinds,
      "What the force of the measure X tends to at point p as η → 0, measured in the leading force: 1 where they agree.",
      formula: "lim_{η→0} ⟨F_X, F⟩/⟨F, F⟩ with F = −(η/2) E[ΛHΛg] and ⟨a, b⟩ = aᵀΛ⁻¹b",
      unit: "pure number", convention: exact + "; by Richardson extrapolation, its error is in table limits",
      document: document, sources: sources),
    Explanation(
      .number, "slope.X[p]", as: ["slope.*"], in: kinds,
      "The order in η with which the force of the measure X approaches the leading force at point p.",
      formula: "d ln(‖F_X − F‖/‖F‖)/d ln η as η → 0, F = −(η/2) E[ΛHΛg]", unit: "pure number",
      convention: exact + "; 1 in general, larger where the next term vanishes, missing where the two are identical",
      document: document, sources: sources),
    Explanation(
      .number, "series-remainder.X[p]", as: ["series-remainder.*"], in: kinds,
      "The measured order in η of what the series of X through the power `orders` leaves out at point p.",
      formula: "d ln ‖F_X(η) − Σ_{k ≤ orders} η^k F_k‖/d ln η as η → 0", unit: "pure number",
      convention: exact + "; orders + 1 is expected, more where that term vanishes, missing where the series is exact",
      document: document, sources: sources),
    Explanation(
      .number, "largest-eigenvalue[p]", as: ["largest-eigenvalue"], in: kinds,
      "The largest curvature at point p over all draws. The backward-error force exists only below its inverse.",
      formula: "λ_max(ΛH), H the second derivative of the loss of a draw; DE exists for η < 1/λ_max",
      unit: "1/η, that is [L]/[θ]²", convention: "exact up to the bound of its error, by which it is raised",
      document: "docs/theory/expansions.md, section 2", sources: sources),
    Explanation(
      .verdict, "limit.X[p]", as: ["limit.*"], in: kinds,
      "Whether the measure X agrees with the potential (η/4) E‖g‖² to leading order at point p.",
      formula: "pass |limit − 1| + e ≤ margin, fail |limit − 1| − e > margin, e the error of the extrapolation",
      unit: "pass, fail or undecided",
      convention: "exact: no share of α; undecided at a critical point, where the leading force cannot be told from "
        + "rounding of the position, and where DE does not exist; margin 0.001",
      document: document, sources: sources),
    Explanation(
      .column, "DE", as: ["DE", "DE.series"], in: ["forces"],
      "The backward-error force: what has to be added to −G so that the flow of the sum makes the step exactly in time "
        + "η. DE.series is its B-series through the power `orders`.",
      formula: "F_DE = G + (1/η) Σ_{k ≥ 1} ((−1)^{k+1}/k) Δ^k θ = −(η/2)Hg − η²(HHg/3 + T(g,g)/12) + O(η³) for Λ = 1",
      unit: "[L]/[θ]", convention: "adds to −G; averaged over draws after evaluation; missing from ηλ_max(ΛH) = 1 on",
      document: "docs/theory/expansions.md, sections 1 and 2", sources: sources),
    Explanation(
      .column, "DE_error", in: ["forces"],
      "A bound of the error that the backward-error force has in this coordinate because its series was stopped.",
      formula:
        "√Λ_ii times the larger of d_{K+1}/b and d_{K+1}/((K + 1)(1 − ηλ_max)) for Σ_{k≤K} ((−1)^k/k) Δ^{k−1}G, K ≤ 12, with "
        + "d_k = ‖Δ^{k−1}G‖ and b the smaller of the last two k(1 − d_{k+1}/d_k)",
      unit: "[L]/[θ]",
      convention: "averaged over draws; without rounding, which is in table errors; missing where DE is or its terms "
        + "do not fall",
      document: "docs/theory/expansions.md, section 1", sources: sources),
    Explanation(
      .column, "TRn", as: ["TR*"], in: ["forces"],
      "The time-renormalised force: one step of η against n steps of η/n (TR2 for n = 2), or against the gradient flow "
        + "(TRinf), normalised by n/(n − 1).",
      formula: "F_TRn = (1/(n − 1)) Σ_{j=1}^{n−1} (g(θ_j) − g(θ_0)) along the small steps; "
        + "F_TRinf = (1/η) ∫_0^η (g(θ(s)) − g(θ_0)) ds along the flow, for Λ = 1",
      unit: "[L]/[θ]", convention: "adds to −G; the same draw in every small step; F_TR2(η) = 2 F_TA(η/2)",
      document: "docs/theory/expansions.md, section 1", sources: sources),
    Explanation(
      .column, "TA", in: ["forces"],
      "The time-asymmetry force: a step down and a step up do not meet, and half the change of the gradient is the gap.",
      formula: "F_TA = (1/2)[g(θ − ηg) − g(θ)] = −(η/2)Hg + (η²/4)T(g,g) + O(η³) for Λ = 1", unit: "[L]/[θ]",
      convention: "adds to −G; the same draw on the way back",
      document: "docs/theory/expansions.md, section 1", sources: sources),
    Explanation(
      .column, "ST", as: ["ST", "ST_se"], in: ["forces", "potentials"],
      "The force and the potential of stochastic thermodynamics: the heat of the step with a little thermal noise, as "
        + "the noise goes to zero. The force is an exact gradient.",
      formula: "φ_ST = E (η/16)(g + g′)ᵀΛ(g + g′), g′ the same draw at θ − ηΛg; F_ST = −Λ∇φ_ST",
      unit:
        "[L]/[θ] in table forces, [L] in table potentials",
      convention: "adds to −G; T × the entropy production of a step is 4 φ_ST as T → 0; ST_se where draws are sampled",
      document: "docs/theory/expansions.md, section 1", sources: ["ziyin2026", "seifert2012"]),
    Explanation(
      .column, "leading", as: ["leading", "leading_se"], in: ["forces", "potentials"],
      "The common leading order of all four measures: a force in table forces, a potential in table potentials.",
      formula: "force −(η/2) E[ΛHΛg]; potential (η/4) E gᵀΛg", unit: "[L]/[θ] in forces, [L] in potentials",
      convention: "averages over draws; adds to −G; leading_se where draws are sampled",
      document: "docs/theory/expansions.md, sections 0 and 8", sources: ["ziyin2026", "barrett2021"]),
    Explanation(
      .column, "drift", in: ["potentials"], "The part of the leading potential that the mean gradient makes.",
      formula: "(η/4) ḡᵀΛḡ", unit: "[L]", convention: "exact; drift + noise = leading",
      document: "docs/theory/expansions.md, section 8", sources: ["ziyin2026", "barrett2021"]),
    Explanation(
      .column, "noise", in: ["potentials"], "The part of the leading potential that the noise of the gradient makes.",
      formula: "(η/4) tr(ΛC), C the covariance of the gradient over draws", unit: "[L]",
      convention: "exact; drift + noise = leading", document: "docs/theory/expansions.md, section 8",
      sources: ["ziyin2026", "yaida2019"]),
    Explanation(
      .column, "coefficient", as: ["coefficient", "coefficient_se"], in: ["series", "curl"],
      "In table series the coefficient of a power of η in a force; in table curl that of η² in the curl of a force.",
      formula:
        "F_X = Σ_k η^k F_k; curl_ij = ∂_j F_i − ∂_i F_j of Λ⁻¹F, at η² a multiple κ of T_GΛH − HΛT_G, where κ is "
        + "1/6 for DE, (n+1)/(6n) for TRn, 1/2 for TA and 0 for ST",
      unit: "[L]/[θ] over [η]^k", convention: "exact rational numbers times derivatives; _se where draws are sampled",
      document: "docs/theory/expansions.md, section 2", sources: sources),
    Explanation(
      .column, "power", in: ["series"], "The power k of η that a coefficient belongs to.",
      formula: "k in F_X = Σ_k η^k F_k", unit: "whole number", convention: "from 1 to `orders`; zeros are written",
      document: "docs/theory/expansions.md, section 2", sources: sources),
    Explanation(
      .column, "truncation", in: ["errors"], "The error of a force because a series was stopped: that of DE alone.",
      formula: "the first term left out of Σ ((−1)^{k+1}/k) Δ^k θ, stopped at its smallest with k ≤ 12",
      unit: "[L]/[θ]", convention: "a norm; 0 for forces in closed form",
      document: "docs/theory/expansions.md, section 1", sources: sources),
    Explanation(
      .column, "rounding", in: ["errors"], "A bound of the rounding error of a force.",
      formula: "of the order of 8ε(‖θ‖‖H‖ + ‖g‖) for a difference of gradients", unit: "[L]/[θ]",
      convention: "a norm; remainders count only above a hundred times it",
      document: "docs/theory/expansions.md, section 10", sources: sources),
    Explanation(
      .column, "limit, slope, series_remainder",
      as: ["limit", "limit_error", "slope", "slope_error", "series_remainder", "series_remainder_error"],
      in: ["limits"],
      "The limit of ⟨F_X, leading⟩/⟨leading, leading⟩, the order in η of ‖F_X − leading‖/‖leading‖, and the order of what the "
        + "series leaves out: the numbers limit.X[p], slope.X[p] and series-remainder.X[p], with their errors.",
      formula: "Richardson extrapolation in η, η/2, η/4, …; an error is the change by its last step or by halving η, "
        + "that of a limit with rounding",
      unit: "pure numbers", convention: "exact arithmetic, so the errors are not statistical", document: document,
      sources: sources),
  ]
}
