import LoschmidtDynamics
import LoschmidtNumerics
import Testing

@testable import LoschmidtThermodynamics

@Suite struct SecondMomentSpectrumTests {
  @Test("a map of two real eigenvalues gives their products")
  func products() throws {
    let map = DenseMatrix(rows: 2, columns: 2, entries: [0.5, 0.3, 0, -0.25])
    let spectrum = try SecondMomentSpectrum(map: map)
    #expect(spectrum.real.count == 3 && spectrum.imaginary.allSatisfy { $0 == 0 })
    for (value, expected) in zip(spectrum.real.sorted(), [-0.125, 0.0625, 0.25]) {
      #expect(abs(value - expected) < 1e-15)
    }
  }

  @Test("a rotation by φ that shrinks by r gives r² and r² e^±2iφ")
  func rotation() throws {
    let map = DenseMatrix(rows: 2, columns: 2, entries: [0.6, -0.3, 0.3, 0.6])
    let spectrum = try SecondMomentSpectrum(map: map)
    // r² = 0.45, and (0.6 + 0.3i)² = 0.27 + 0.36i.
    let expected = [(0.27, -0.36), (0.27, 0.36), (0.45, 0)]
    let found = zip(spectrum.real, spectrum.imaginary).sorted { $0 < $1 }
    for (value, wanted) in zip(found, expected) {
      #expect(abs(value.0 - wanted.0) < 1e-15 && abs(value.1 - wanted.1) < 1e-15)
    }
  }

  @Test("without noise that depends on θ both routes agree, and the radius is that of the operator")
  func twoRoutes() throws {
    let full = try plan(FullBatch(), temperature: 0.5)
    let batch = try plan(Minibatch(size: 1))
    let samples = 4.0
    let written = try #require(SecondMomentSpectrum(batch, step: 0))
    let operation = try #require(StationaryMoments.operation(batch, step: 0))
    let radius = zip(written.real, written.imaginary).map { ($0 * $0 + $1 * $1).squareRoot() }.max() ?? 0
    #expect(abs(radius - (try operation.spectralRadius())) < 1e-14)
    // One coordinate: E(1 − η a_i²)² over the samples for batches of one, and its square of the mean without a choice.
    let squares = [1.0, 4, 0.25, 2.25]
    let mean = squares.reduce(0) { $0 + (1 - 0.1 * $1) * (1 - 0.1 * $1) } / samples
    #expect(written.real.count == 1 && abs(written.real[0] - mean) < 1e-15)
    let drift = squares.reduce(0) { $0 + (1 - 0.1 * $1) } / samples
    #expect(abs(try #require(SecondMomentSpectrum(full, step: 0)).real[0] - drift * drift) < 1e-15)
  }

  @Test("what is not quadratic has none")
  func otherLosses() throws {
    #expect(SecondMomentSpectrum(try plan(Minibatch(size: 1), loss: "(u*a)^4"), step: 0) == nil)
  }

  private func plan(
    _ gradient: any GradientNoise, loss: String = "0.5*(u*a - y)^2", temperature: Double = 0
  ) throws -> SimulationPlan {
    let parameters = ParameterLayout([("u", .scalar)])
    let samples = SampleTable(
      count: 4,
      columns: [.init(name: "a", values: [1, 2, 0.5, 1.5]), .init(name: "y", values: [1, 1, 0, -1])])
    let landscape = try ExpressionLandscape(
      loss: try Expression(parsing: loss), parameters: parameters, samples: samples)
    return try SimulationPlan(
      TrainingProcess(
        parameters: parameters, initialLaw: InitialLaw([.normal(mean: 0, standardDeviation: 1)]), landscape: landscape,
        gradient: gradient, algorithm: GradientDescent(learningRate: Schedule(0.1)),
        temperature: .uniform(.constant(temperature))), steps: 1)
  }
}
