import LoschmidtNumerics
import LoschmidtTestSupport
import LoschmidtThermodynamics
import Testing

@Suite struct MediumEntropyTests {
  @Test func agreesWithTheReferenceKernels() throws {
    let kernels = ReferenceEntry.expansions(ofKind: "st_kernel")
    #expect(kernels.count == 2)
    for entry in kernels {
      let field = try #require(HandwrittenField.named(entry["loss"]))
      let entropy = MediumEntropy(learningRate: entry["eta"].double, temperature: entry["Temp"].double)
      let displacement = Block(broadcasting: entry["D"].doubles, lanes: 1)
      let start = field.evaluate(at: Block(broadcasting: entry["theta"].doubles, lanes: 1))
      let end = field.evaluate(at: Block(broadcasting: entry["theta_prime"].doubles, lanes: 1))
      let value = entropy.perStep(displacement: displacement, start: start, end: end)[0]
      #expect(abs(value - entry["DeltaS_m"].double) < 1e-14)  // All inputs are dyadic, the values of order one.
      let forward = entropy.logDensity(of: displacement, start: start)[0]
      let backward = entropy.logDensity(of: -1 * displacement, start: end)[0]
      #expect(abs(forward - entry["ln_K_forward"].double) < 1e-14)
      #expect(abs(backward - entry["ln_K_backward"].double) < 1e-14)
      // −(Δl + T ΔS)/T, the acceptance ratio of MALA.
      let change = field.loss(at: entry["theta_prime"].doubles) - field.loss(at: entry["theta"].doubles)
      #expect(abs(-change / entropy.temperature - value - entry["mala_log_acceptance_ratio"].double) < 1e-14)
    }
  }

  /// The Gaussian expectation over one step, a polynomial of degree 6 in the noise: 8 nodes are exact.
  @Test func agreesWithTheReferenceMeans() throws {
    let entry = ReferenceEntry.expansions(ofKind: "st_mean")[0]
    let field = try #require(HandwrittenField.named(entry["loss"]))
    let (point, temperature) = (entry["theta"].doubles[0], entry["Temp"].double)
    let start = field.evaluate(at: Block(broadcasting: [point], lanes: 1))
    for row in entry["per_eta"].list {
      let eta = row["eta"].double
      let entropy = MediumEntropy(learningRate: eta, temperature: temperature)
      let mean = GaussHermite(count: 8).expectation { noise in
        let displacement = -eta * start.entries[0] + (2 * eta * temperature).squareRoot() * noise
        let end = field.evaluate(at: Block(broadcasting: [point + displacement], lanes: 1))
        return temperature
          * entropy.perStep(displacement: Block(broadcasting: [displacement], lanes: 1), start: start, end: end)[0]
      }
      // Single nodes contribute terms of order one and of either sign.
      #expect(abs(mean - row["mean_Temp_DeltaS_m"].double) < 1e-14)
    }
  }

  /// Two routes for a preconditioned step: the identity and the difference of two log-densities.
  @Test(arguments: 1...6) func bothRoutesAgree(seed: Int) throws {
    var random = TestRandom(seed: UInt64(seed))
    let dimension = 3
    let lower = [1.5, 0, 0, random.next(in: -1...1), 0.8, 0, random.next(in: -1...1), random.next(in: -1...1), 1.1]
    let metrics: [PositiveMatrix] = [.identity, .diagonal([0.5, 2, 3]), .factored(lower: lower, dimension: 3)]
    for metric in metrics {
      let entropy = MediumEntropy(learningRate: 0.1, temperature: 0.3, metric: metric)
      var blocks = [Block](repeating: Block(dimension: dimension, lanes: 4), count: 3)
      for index in blocks.indices { blocks[index].entries = random.vector(12) }
      let direct = zip(
        entropy.logDensity(of: blocks[0], start: blocks[1]), entropy.logDensity(of: -1 * blocks[0], start: blocks[2])
      ).map { $0 - $1 }
      let identity = entropy.perStep(displacement: blocks[0], start: blocks[1], end: blocks[2])
      // Quadratic forms of order 100 (Λ⁻¹ up to 10, 1/(2ηT) = 17) are subtracted.
      #expect(deviation(of: direct, from: identity) < 1e-12)
    }
  }

  /// Without noise, D = −ηG: T ΔS is four times φ_ST.
  @Test func theNoiselessStepHasFourTimesThePotential() {
    let field = HandwrittenField.rosenbrock(b: 2)
    let point = Block(broadcasting: [-0.75, 1.25], lanes: 1)
    let (eta, start) = (0.05, field.evaluate(at: point))
    let displacement = -eta * start
    let entropy = MediumEntropy(learningRate: eta, temperature: 1)
      .perStep(displacement: displacement, start: start, end: field.evaluate(at: point + displacement))[0]
    let potential = StochasticThermodynamic().potential(of: field, at: point, learningRate: eta)[0]
    #expect(abs(entropy / (4 * potential) - 1) < 1e-14)
  }
}
