import Foundation
import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtTestSupport
import Testing

@Suite struct BoltzmannStartTests {
  private func start(_ loss: String, temperature: Double, time: Double = 0) throws -> BoltzmannStart {
    try BoltzmannStart(ProcessText(["x"], loss: loss).program(), time: time, temperature: temperature)
  }

  /// F = −(T/2) ln(2πT/k) + c; the quadrature is stated to have 10⁻¹².
  @Test(arguments: [(1.0, 0.3), (40, 0.01), (1e-4, 2)])
  func theFreeEnergyOfAHarmonicWell(stiffness: Double, temperature: Double) throws {
    let law = try start("0.5*\(stiffness)*(x - 2)^2 + 1.5", temperature: temperature)
    let expected = 1.5 - 0.5 * temperature * log(2 * Double.pi * temperature / stiffness)
    #expect(abs(law.freeEnergy - expected) <= 2e-12 * max(temperature, abs(expected)))
  }

  @Test func theDensityOfAHarmonicWellIsNormal() throws {
    let law = try start("0.5*4*(x - 2)^2", temperature: 0.5)
    let points = [[2.0], [1], [3.25]]
    for (point, value) in zip(points, startLogDensity(law, at: points)) {
      let z = (point[0] - 2) / 0.125.squareRoot()
      #expect(abs(value - (-0.5 * z * z - 0.5 * log(2 * Double.pi * 0.125))) <= 1e-11)
    }
    #expect(law.hasDensity)
  }

  @Test func densitiesAreNormalised() throws {
    for (loss, temperature) in [("x^4/4 - x^2/2", 0.1), ("x^4/4 - x^2/2 + 0.2*x", 1.0), ("abs(x) + 0.1*x^2", 0.5)] {
      let law = try start(loss, temperature: temperature)
      let mass = try Quadrature.integrate(from: -.infinity, to: .infinity) { x throws(GSLError) in
        exp(startLogDensity(law, at: [[x]])[0])
      }
      // The tolerance of the quadrature here is 10⁻¹⁰.
      #expect(abs(mass.value - 1) <= 1e-9)
    }
  }

  /// False alarm 10⁻⁶; the well with another temperature is rejected.
  @Test func drawsFollowTheDensity() throws {
    let law = try start("x^4/4 - x^2/2 + 0.1*x", temperature: 0.2)
    let draws = try startingPoints(law, dimension: 1, count: 4000).map { $0[0] }
    func cumulative(_ temperature: Double) throws -> [(x: Double, value: Double)] {
      func weight(_ x: Double) -> Double { exp(-(x * x * x * x / 4 - x * x / 2 + 0.1 * x) / temperature) }
      let total = try Quadrature.integrate(from: -8, to: 8) { x throws(GSLError) in weight(x) }.value
      return try stride(from: -2.5, through: 2.5, by: 0.1).map { edge in
        (edge, try Quadrature.integrate(from: -8, to: edge) { x throws(GSLError) in weight(x) }.value / total)
      }
    }
    /// The distance at some places, at most the supremum that the bound is for.
    func distance(_ temperature: Double) throws -> Double {
      try cumulative(temperature).map { place in
        abs(place.value - Double(draws.count { $0 <= place.x }) / Double(draws.count))
      }.max() ?? .infinity
    }
    let limit = (log(2e6) / (2 * Double(draws.count))).squareRoot()
    #expect(try distance(0.2) < limit)
    #expect(try distance(0.4) > limit)
  }

  @Test func theTimeIsThatOfTheProtocol() throws {
    let text = ProcessText(["x"], loss: "0.5*k*x^2", protocols: [("k", "1 + 3*t")])
    let law = try BoltzmannStart(text.program(), time: 1, temperature: 1)
    #expect(abs(law.freeEnergy + 0.5 * log(2 * Double.pi / 4)) <= 2e-12)
  }

  @Test func whatDoesNotConfineIsRefused() throws {
    for loss in ["-x^2", "x", "0*x", "-x^4 + x^2"] {
      #expect(throws: BoltzmannStart.Fault.notConfining) { try start(loss, temperature: 1) }
    }
  }
}
