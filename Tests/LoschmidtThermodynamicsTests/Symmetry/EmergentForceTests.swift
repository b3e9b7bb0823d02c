import Foundation
import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtTestSupport
import LoschmidtThermodynamics
import Testing

extension SymmetryCase {
  /// A case of the reference numbers; a sample of probability p stands there 4p times.
  static func reference(_ entry: ReferenceEntry) -> SymmetryCase {
    var (inputs, targets): ([[Double]], [Double]) = ([], [])
    for (index, probability) in entry["p"].doubles.enumerated() {
      for _ in 0..<Int(4 * probability) {
        inputs.append(entry["x"].rows[index])
        targets.append(entry["y"].doubles[index])
      }
    }
    return product(inputs: inputs, targets: targets, at: entry["theta"].doubles)
  }

  /// The emergent force at the point, or at another one of its orbit.
  func force(
    _ scheme: DrawSet.Scheme = .withReplacement(size: 1), eta: Double = 0.1, s: Double = 0
  ) throws -> EmergentForce {
    let (group, landscape) = (try group(), try landscape())
    let here = group.transformed(point, by: s)
    return EmergentForce(
      of: group, jacobian: group.jacobian(at: here), landscape,
      law: DrawSet(scheme, sampleCount: landscape.samples.count, limit: 0), at: here, learningRate: eta)
  }
}

@Suite struct EmergentForceTests {
  static let entries = ReferenceEntry.expansions(ofKind: "sgd_noether")

  @Test(arguments: entries.indices) func theReferenceNumbers(index: Int) throws {
    let entry = Self.entries[index]
    let test = SymmetryCase.reference(entry)
    for row in entry["per_eta"].list {
      let force = try test.force(eta: row["eta"].double)
      // Sums of a dozen terms of one magnitude.
      #expect(abs(force.potential / row["phi"].double - 1) < 1e-14)
      #expect(abs(force.derivative / row["dphi_ds"].double - 1) < 1e-13)
      #expect(abs(force.exact / row["dphi_ds"].double - 1) < 1e-13)
      #expect(force.routesAgree && !force.vanishes)
    }
    // φ = (η/4)(|ḡ|² + tr C) for every batch size and both ways of drawing.
    for (size, traces) in entry["trC_batch"].map {
      let size = try #require(Int(size))
      for (scheme, name) in [
        (DrawSet.Scheme.withReplacement(size: size), "with_replacement"),
        (.withoutReplacement(size: size), "without_replacement"),
      ] {
        let expected = 0.1 / 4 * (entry["gbar2"].double + traces[name].double)
        #expect(abs(try test.force(scheme).potential / expected - 1) < 1e-13)
      }
    }
  }

  /// A third route: φ at two points of the orbit.
  @Test(arguments: [
    DrawSet.Scheme.fullBatch, .withReplacement(size: 1), .withoutReplacement(size: 5), .cyclic(size: 4),
  ])
  func theDerivativeIsThatOfThePotential(scheme: DrawSet.Scheme) throws {
    for test in [SymmetryCase.network, .circle] {
      if test.point.count == 2, case .cyclic = scheme { continue }
      if test.point.count == 2, case .withoutReplacement = scheme { continue }
      let force = try test.force(scheme)
      let h = 1e-4
      let difference =
        (try test.force(scheme, s: h).potential - test.force(scheme, s: -h).potential) / (2 * h)
      // h² times the third derivative, which is 8 φ at most, and rounding of φ over h.
      #expect(abs(difference - force.derivative) < 1e-6 * force.potential)
      #expect(force.routesAgree)
    }
  }

  /// φ(G_s(θ)) = (η/4) E gᵀe^{−2sK}g: of the rescaling a sum of two exponentials.
  @Test func thePotentialOnAnOrbitIsASumOfExponentials() throws {
    let test = SymmetryCase.product(inputs: [[1], [-0.5], [2]], targets: [0.8, -0.1, 1.7], at: [1.3, 0.4])
    var (first, second) = (0.0, 0.0)
    for (x, y) in [(1, 0.8), (-0.5, -0.1), (2, 1.7)] {
      let r = 1.3 * 0.4 * x - y
      first += (r * x * 0.4) * (r * x * 0.4) / 3
      second += (r * x * 1.3) * (r * x * 1.3) / 3
    }
    for s in [-1.5, -0.3, 0, 0.7] {
      let expected = 0.025 * (exp(-2 * s) * first + exp(2 * s) * second)
      #expect(abs(try test.force(s: s).potential / expected - 1) < 1e-13)
      let slope = 0.05 * (exp(2 * s) * second - exp(-2 * s) * first)
      // Differences of two exponentials up to e³.
      #expect(abs(try test.force(s: s).exact - slope) < 1e-13)
    }
  }

  @Test(arguments: [DrawSet.Scheme.fullBatch, .withReplacement(size: 1), .withReplacement(size: 2)])
  func isometriesArePreserved(scheme: DrawSet.Scheme) throws {
    for s in [0, 0.4, 2.5] {
      let force = try SymmetryCase.circle.force(scheme, s: s)
      #expect(force.vanishes && force.potential > 0)
      // At rounding: some ε of φ itself.
      #expect(abs(force.derivative) < 1e-14 * force.potential && abs(force.exact) < 1e-14 * force.potential)
    }
  }

  /// Control: without the symmetry the two routes differ.
  @Test func withoutTheSymmetryTheRoutesDiffer() throws {
    var test = SymmetryCase.circle
    test.text.loss = "0.25*(x^2 + y^2 - c)^2 + 1e-6*x"
    let rotated = try test.force()
    #expect(!rotated.vanishes && !rotated.routesAgree)
    test = .network
    test.text.loss = "0.5*(dot(a, tanh(W @ x + b)) - y)^2"
    #expect(try !test.force().routesAgree)
  }

  /// ξ = −x² ∂_x on a loss of x and y that is constant along it: K depends on the point.
  @Test func nonlinearSymmetriesObeyTheSameFormula() throws {
    let test = SymmetryCase(
      ProcessText(["x", "y"], loss: "0.5*(1/x - y)^2"), [("x", "x/(1 + s*x)"), ("y", "y + s")], at: [0.8, 0.5])
    let force = try test.force(.fullBatch)
    // r = 1/x − y = 0.75; g = (−r/x², −r), K = diag(−2x, 0), dφ/ds = −(η/2) g_x² K_xx.
    let gradient = 0.75 / 0.64
    #expect(abs(force.exact / (0.1 * gradient * gradient * 0.8) - 1) < 1e-14)
    #expect(force.routesAgree)
  }
}
