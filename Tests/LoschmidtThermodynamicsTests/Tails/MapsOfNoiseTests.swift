import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtTestSupport
import Testing

@testable import LoschmidtThermodynamics

/// The radii of E m⊗m and E m⊗m⊗m⊗m of every noise, beside numbers of numpy: the dense fourth Kronecker power over all
/// batches, or over Gauss–Hermite nodes of every normal number.
@Suite struct MapsOfNoiseTests {
  /// Three samples in two dimensions, η = 0.4 and Λ = diag(1, ½).
  static func plan(_ gradient: any GradientNoise, learningRate: Double = 0.4) throws -> SimulationPlan {
    let columns: [SampleTable.Column] = [
      .init(name: "a", values: [1, -0.3, 2]), .init(name: "b", values: [0.5, 1.2, -1]),
      .init(name: "y", values: [1, -0.5, 0.3]),
    ]
    var process = try ProcessText(
      ["u", "w"], loss: "0.5*(u*a + w*b - y)^2", samples: SampleTable(count: 3, columns: columns)
    ).process(gradient: gradient)
    process.algorithm = GradientDescent(learningRate: Schedule(learningRate), preconditioner: .diagonal([1, 0.5]))
    return try SimulationPlan(process, steps: 1)
  }

  private func check(_ gradient: any GradientNoise, _ second: Double, _ fourth: Double) throws {
    let maps = try #require(RandomMaps(try Self.plan(gradient), step: 0))
    // Eigenvalues of matrices of 5 rows with entries of size one.
    let (found2, found4) = (try #require(maps.radius(order: 2)), try #require(maps.radius(order: 4)))
    #expect(abs(found2 - second) <= 1e-12, "\(gradient.name)")
    #expect(abs(found4 - fourth) <= 1e-12, "\(gradient.name)")
    let weight = maps.outcomes.reduce(0) { $0 + $1.weight }
    #expect(abs(weight - 1) <= 1e-12)
  }

  @Test func batches() throws {
    try check(Minibatch(size: 1), 0.7798006340101467, 0.6471382269671513)
    try check(Minibatch(size: 2), 0.7717928829157179, 0.6088494035693021)
    try check(Minibatch(size: 5), 0.7691402261562953, 0.5965095457328391)
    try check(Minibatch(size: 2, sampling: .withoutReplacement), 0.7695545189391283, 0.5982115303422915)
    try check(SVAG(size: 1, substeps: 2), 0.884588091444779, 0.7986127937863247)
    try check(LabelNoise(column: "y", standardDeviation: 0.1, size: 2), 0.7717928829157179, 0.6088494035693021)
    // The product of a whole epoch, over all orders.
    try check(Minibatch(size: 1, sampling: .reshuffle), 0.4240549063573705, 0.19921362471677975)
  }

  @Test func matchedNoise() throws {
    // The normal law of the same covariance removes the fourth moment that the batch leaves.
    try check(MatchedGaussian(size: 1), 0.7798006340101461, 1.2344510423182622)
    try check(StudentT(size: 2, degreesOfFreedom: 7), 0.7717928829157181, 0.6086789255673808)
    try check(Isotropic(.size(2)), 0.7748764095160925, 0.6225887680273094)
    // Noise that is added is no part of m.
    for noise in [Isotropic(.standardDeviation(1)), AlphaStable(alpha: 1.5, scale: 1)] as [any GradientNoise] {
      let maps = try #require(RandomMaps(try Self.plan(noise), step: 0))
      #expect(maps.isConstant)
    }
  }

  /// Lists with the moments of a batch, which large ones are replaced by, beside the batches themselves.
  @Test(arguments: [1, 2, 5]) func listsWithTheMomentsOfBatches(size: Int) throws {
    let maps = try #require(RandomMaps(try Self.plan(Minibatch(size: 1)), step: 0))
    let deviations = maps.outcomes.map { $0.map - maps.mean }
    func list(_ moments: DeviationMoments) throws -> RandomMaps {
      try #require(RandomMaps(moments, mean: maps.mean, deviations: deviations))
    }
    let whole = try #require(RandomMaps(try Self.plan(Minibatch(size: size)), step: 0))
    let listed = try list(.batch(size: size))
    for order in [2, 3, 4] {
      let (found, wanted) = (try #require(listed.radius(order: order)), try #require(whole.radius(order: order)))
      #expect(abs(found - wanted) <= 1e-11, "\(size), \(order)")
    }
    #expect(listed.radius(order: 8) == nil && whole.radius(order: 8) != nil)
    // The control: without the third and fourth moments of the samples it is another one. The differences become small with
    // the batch, 0.59, 2.7e-4 and 4.9e-5. Numbers of numpy: the pairings of Isserlis' theorem, summed as Kronecker products.
    let control = try #require(try list(.gaussian(size: size)).radius(order: 4))
    let wanted = try #require([1: 1.2344510423182617, 2: 0.6085831495395682, 5: 0.5964609655122564][size])
    #expect(abs(control - wanted) <= 1e-11)
    let fourth = try #require(whole.radius(order: 4))
    let difference = try #require([1: 0.5873, 2: -0.0002662, 5: -0.00004858][size])
    // Four digits are given.
    #expect(abs((control - fourth) / difference - 1) < 1e-3)
  }

  @Test func cubatureAndLine() throws {
    for r in [1, 2, 5] {
      let rule = try #require(RandomMaps.cubature(r))
      func mean(_ f: ([Double]) -> Double) -> Double { rule.reduce(0) { $0 + $1.weight * f($1.point) } }
      // Moments of the standard normal law: 1, 1, 3 and 1.
      #expect(abs(mean { _ in 1 } - 1) <= 1e-14 && abs(mean { $0[0] * $0[0] } - 1) <= 1e-14)
      #expect(abs(mean { $0[0] * $0[0] * $0[0] * $0[0] } - 3) <= 1e-14)
      if r > 1 { #expect(abs(mean { $0[0] * $0[0] * $0[1] * $0[1] } - 1) <= 1e-14) }
    }
    let nodes = RandomMaps.line(second: 0.3, third: -0.2, fourth: 0.7)
    for (k, wanted) in [(0, 1.0), (1, 0), (2, 0.3), (3, -0.2), (4, 0.7)] {
      let found = nodes.reduce(0) { sum, node in
        sum + node.weight * (0..<k).reduce(1.0) { product, _ in product * node.node }
      }
      #expect(abs(found - wanted) <= 1e-14)
    }
  }

  @Test func whatIsNotKnown() throws {
    let quartic = try ProcessText(["x"], loss: "x^4").process(temperature: .bath(0.1))
    #expect(try RandomMaps(SimulationPlan(quartic, steps: 1), step: 0) == nil)
    let noisy = try ProcessText(
      ["x"], loss: "0.5*(y + 3)*x^2", samples: SampleTable(count: 2, columns: [.init(name: "y", values: [1, 2])])
    ).process(gradient: LabelNoise(column: "y", standardDeviation: 1))
    #expect(try RandomMaps(SimulationPlan(noisy, steps: 1), step: 0) == nil)
  }
}
