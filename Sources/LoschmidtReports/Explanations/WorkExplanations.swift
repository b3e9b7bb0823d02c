extension Explanations {
  private static let kinds = ["fluctuation-theorem"]
  private static let document = "docs/theory/thermodynamics.md, section 2"
  private static let convention =
    "of whole forward paths from equilibrium; physical convention: U is the energy; not divided by T"

  /// The numbers and verdicts of `fluctuation-theorem` that concern work.
  static let work: [Explanation] = [
    Explanation(
      .number, "work.mean, work.variance", as: ["work.mean", "work.variance"], in: kinds,
      "Mean and variance of the work W that obeys Jarzynski's equality exactly at every learning rate.",
      formula: "W = U_n(θ_n) − U_0(θ_0) + T Σ ln K/K reversed = protocol work + shadow work", unit: "[L], [L]²",
      convention: convention, document: document, sources: ["jarzynski1997", "sivak2013"]),
    Explanation(
      .number, "protocol-work.mean", in: kinds, "The mean of the work that the protocol does while θ stands still.",
      formula: "⟨Σ_k U_{k+1}(θ_k) − U_k(θ_k)⟩", unit: "[L]", convention: convention, document: document,
      sources: ["jarzynski1997"]),
    Explanation(
      .number, "shadow-work.mean", in: kinds,
      "The mean of the work that the finite step does: the energy changes by more than the heat.",
      formula: "⟨Q_e − Q_a⟩", unit: "[L]",
      convention: convention + "; may be negative, and vanishes as η → 0", document: document, sources: ["sivak2013"]),
    Explanation(
      .number, "action-heat.mean", in: kinds, "The mean of the heat by the ratio of the step's densities.",
      formula: "Q_a = −T Σ ln K/K reversed", unit: "[L]", convention: convention + "; absorbed by the system",
      document: document, sources: ["seifert2012", "sivak2013"]),
    Explanation(
      .number, "energy-heat.mean", in: kinds, "The mean of the heat by differences of the energy during steps.",
      formula: "Q_e = Σ_k U_{k+1}(θ_{k+1}) − U_{k+1}(θ_k)", unit: "[L]",
      convention: convention + "; absorbed by the system", document: document, sources: ["seifert2012", "sivak2013"]),
    Explanation(
      .number, "free-energy.jarzynski", in: kinds, "The difference of free energies by Jarzynski's equality.",
      formula: "ΔF = −T ln⟨e^{−W/T}⟩", unit: "[L]", convention: convention + "; biased upwards for few paths",
      document: document, sources: ["jarzynski1997"]),
    Explanation(
      .number, "free-energy.bar", in: kinds,
      "The difference of free energies from forward and backward paths, by Bennett's acceptance ratio.",
      formula: "Σ_F 1/(1 + e^{M+(W−ΔF)/T}) = Σ_B 1/(1 + e^{−M+(W+ΔF)/T}), M = ln(n_F/n_B)", unit: "[L]",
      convention: convention, document: "docs/theory/thermodynamics.md, section 3",
      sources: ["bennett1976", "crooks1999"]),
    Explanation(
      .number, "free-energy.exact", in: kinds, "The difference of free energies, exact or by quadrature.",
      formula: "ΔF = −T ln(Z_n/Z_0), Z = ∫ e^{−U/T}", unit: "[L]", convention: convention, document: document,
      sources: ["jarzynski1997"]),
    Explanation(
      .number, "free-energy.protocol-work-only", in: kinds,
      "What Jarzynski's formula gives with the protocol work alone: biased at a finite learning rate, for contrast.",
      formula: "−T ln⟨e^{−W_protocol/T}⟩", unit: "[L]", convention: convention, document: document,
      sources: ["jarzynski1997", "sivak2013"]),
    Explanation(
      .number, "jarzynski.estimate", in: kinds, "The average that Jarzynski's equality says is 1.",
      formula: "⟨e^{−(W − ΔF)/T}⟩", unit: "pure number", convention: convention, document: document,
      sources: ["jarzynski1997"]),
    Explanation(
      .number, "exact work and free energy",
      as: [
        "exact.work.mean", "exact.protocol-work.mean", "exact.shadow-work.mean", "exact.free-energy.protocol-work-only",
      ], in: kinds, "Exact values of the measured numbers for quadratic losses.",
      formula: "work as a quadratic form of a Gaussian path, averages of its exponential by a determinant", unit: "[L]",
      convention: convention + "; exact at finite η", document: document, sources: ["jarzynski1997", "sivak2013"]),
    Explanation(
      .number, "shadow.…", as: ["shadow.free-energy.exact", "shadow.free-energy.jarzynski", "shadow.work.mean"],
      in: kinds,
      "The second exact route: with the energy that the steps really keep, the protocol work alone obeys Jarzynski.",
      formula: "Ũ = U − (η/4)‖∇U‖², which is (1 − ηκ/2)U for a harmonic U", unit: "[L]",
      convention: "shadow convention; never to be mixed with the physical one: the two ΔF differ", document: document,
      sources: ["sivak2013"]),
    Explanation(
      .verdict, "jarzynski", in: kinds, "Whether Jarzynski's equality holds for the whole work.",
      formula: "⟨e^{−W/T}⟩ = e^{−ΔF/T}", unit: "pass, fail or undecided",
      convention:
        "fail mean > number/α (an e-value); undecided with heavy tails; pass |mean − 1| + 1.645 errors ≤ margin, the kernel of "
        + "forward paths not rejected and one with a wrong noise rejected",
      document: document, sources: ["jarzynski1997", "vovk2021"]),
    Explanation(
      .verdict, "crooks", in: kinds, "Whether Crooks' theorem holds for work of forward and backward paths.",
      formula: "P_F(W)/P_B(−W) = e^{(W − ΔF)/T}: logit P(forward | w) = ln(n_F/n_B) + b(w − ΔF)/T with b = 1",
      unit: "pass, fail or undecided",
      convention:
        "fail where the joint score test of b = 1 and ΔF has p < α/number; pass where b and ΔF/T are within the margin, the "
        + "kernel of all paths is not rejected and one with a wrong noise is",
      document: "docs/theory/thermodynamics.md, section 3", sources: ["crooks1999", "bennett1976", "schuirmann1987"]),
  ]
}
