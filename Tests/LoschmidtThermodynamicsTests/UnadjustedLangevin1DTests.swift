import Foundation
import LoschmidtNumerics
import LoschmidtTestSupport
import LoschmidtThermodynamics
import Testing

@Suite struct UnadjustedLangevin1DTests {
  /// The smooth well l = x²/2 + 0.4 sin(1.3 x) of the reference.
  private func well(_ eta: Double, _ temperature: Double) throws -> UnadjustedLangevin1D {
    // l ≥ x²/2 − 0.4: the density at ±9√T is e^{−40}, and the spread of the chain is wider by (1 − η)^{−½} at most.
    let end = 9.5 * temperature.squareRoot() + 0.5
    return try UnadjustedLangevin1D(
      learningRate: eta, temperature: temperature, lower: -end, upper: end,
      loss: { $0 * $0 / 2 + 0.4 * sin(1.3 * $0) }, gradient: { $0 + 0.52 * cos(1.3 * $0) })
  }

  @Test(arguments: 0..<5) func agreesWithTheReference(index: Int) throws {
    let entry = ReferenceEntry.expansions(ofKind: "ula_entropy_production")[0]
    #expect(entry["rows"].list.count == 5)
    let row = entry["rows"].list[index]
    let chain = try well(row["eta"].double, row["Temp"].double)
    // The reference states its own absolute uncertainty, 3e-14; in relative terms 5e-11 … 6e-9.
    let uncertainty = row["abs_uncertainty_EP"].double
    let expected = row["entropy_production_per_step_nats"].double
    #expect(agrees(chain.entropyProductionPerStep, with: expected, relative: 0, absolute: uncertainty))
    // Its moments come from the same density, known to a few 1e-12 where the grid is fine.
    #expect(agrees(chain.law.expectation { $0 }, with: row["mean_x"].double, relative: 2e-11))
    #expect(agrees(chain.law.expectation { $0 * $0 }, with: row["mean_x2"].double, relative: 2e-11))
    let thirds = chain.law.rule.nodes.map { -0.4 * 1.3 * 1.3 * 1.3 * cos(1.3 * $0) }
    let leading = chain.leadingEntropyProduction(thirdDerivatives: thirds)
    #expect(agrees(leading, with: row["leading_prediction"].double, relative: 1e-11))
    // The other form of the same number, on equidistant points: logarithms of order 1 that cancel to order η³.
    let (eta, end) = (chain.learningRate, 9.5 * chain.temperature.squareRoot() + 0.5)
    let variance = 2 * eta * chain.temperature
    let count = Int((2 * end / variance.squareRoot() * 3).rounded(.up)) + 1
    let transfer = try TransferOperator(lower: -end, upper: end, count: count) { next, current in
      let noise = next - current + eta * (current + 0.52 * cos(1.3 * current))
      return -0.5 * noise * noise / variance - 0.5 * log(2 * .pi * variance)
    }
    #expect(abs(transfer.entropyProductionPerStep - chain.entropyProductionPerStep) < 1e-12)
    #expect(chain.law.leak < 1e-12 && !chain.hasKink && chain.entropyProductionError < 1e-12)
  }

  /// Losses with kinks and with structure below the deviation √(2ηT) of a step.
  ///
  /// The numbers are by numpy: the full kernel on panels of ten Gauss–Legendre nodes with edges at the kinks, the
  /// stationary vector by a dense solution, σ = E ln K(x′|x)/K(x|x′); half as many panels give the same ten digits.
  enum Rugged: CaseIterable {
    case relu, waves42, waves84, bump, kink, cone, cliff, bend

    var chain: (eta: Double, lower: Double, upper: Double, production: Double) {
      switch self {
      case .relu: (0.2, -20, 8, 0.03746905587533)
      case .waves42: (0.2, -8, 8, 0.0999998000001)
      case .waves84: (0.2, -8, 8, 0.1000000000000)
      case .bump: (0.2, -8, 8, 0.00250089597920)
      case .kink: (0.2, -8, 8, 0.63275317914370)
      case .cone: (0.1, -14, 14, 0.11047227023096)
      case .cliff: (0.2, -28, 12, 4.1116792610549)
      case .bend: (0.2, -8, 8, 5.96761976e-05)
      }
    }

    func loss(_ x: Double) -> Double {
      switch self {
      case .relu: 0.5 * pow(max(0, 2 * x) - 1, 2) + 0.1 * x * x
      case .waves42: 0.5 * x * x + 0.0238095 * cos(42 * x)
      case .waves84: 0.5 * x * x + cos(84 * x) / 84
      case .bump: 0.5 * x * x + 0.2 * exp(-50 * (x - 1.7) * (x - 1.7))
      case .kink: 0.5 * x * x + 3 * abs(x - 1)
      case .cone: 2 * abs(x)
      case .cliff: 0.5 * x * x + 100 * max(0, x - 2)
      case .bend: 0.5 * x * x + 0.3 * pow(max(0, x - 1.2), 2)
      }
    }

    func gradient(_ x: Double) -> Double {
      switch self {
      case .relu: (x > 0 ? 2 * (2 * x - 1) : 0) + 0.2 * x
      case .waves42: x - 0.0238095 * 42 * sin(42 * x)
      case .waves84: x - sin(84 * x)
      case .bump: x - 20 * (x - 1.7) * exp(-50 * (x - 1.7) * (x - 1.7))
      case .kink: x + (x > 1 ? 3 : -3)
      case .cone: x > 0 ? 2 : -2
      case .cliff: x + (x > 2 ? 100 : 0)
      case .bend: x + 0.6 * max(0, x - 1.2)
      }
    }

    var hasKink: Bool { ![.waves42, .waves84, .bump].contains(self) }
  }

  @Test(arguments: Rugged.allCases) func structureBelowTheDeviationOfAStep(_ kind: Rugged) throws {
    let (eta, lower, upper, production) = kind.chain
    let chain = try UnadjustedLangevin1D(
      learningRate: eta, temperature: 0.5, lower: lower, upper: upper, loss: kind.loss, gradient: kind.gradient)
    // The reference is known to 1e-12 nats of its sums of order 1.
    #expect(agrees(chain.entropyProductionPerStep, with: production, relative: 1e-9, absolute: 2e-12), "\(kind)")
    #expect(chain.entropyProductionError <= 1e-6 * production + 1e-13)
    #expect(chain.hasKink == kind.hasKink)
  }

  /// The mean of the logarithm of the ratio over steps that are simulated: no integral at all.
  @Test(arguments: [Rugged.relu, .waves42, .kink]) func simulatedStepsProduceTheSame(_ kind: Rugged) throws {
    let eta = kind.chain.eta
    let generator = try RandomGenerator(.philox, seed: 20_240_611)
    let normal = try NormalDistribution(mean: 0, standardDeviation: 1)
    var (x, sums) = (0.0, [Double]())
    for index in 0..<2_000_000 {
      let next = x - eta * kind.gradient(x) + eta.squareRoot() * normal.sample(with: generator)
      if index % 20_000 == 0 { sums.append(0) }
      let (forward, back) = (next - x + eta * kind.gradient(x), x - next + eta * kind.gradient(next))
      sums[sums.count - 1] += (back * back - forward * forward) / (2 * eta) / 20_000
      x = next
    }
    // Blocks of 20 000 steps, far longer than the memory of the chain; 6 errors are a false alarm of 2e-9.
    let moments = Moments(sums)
    #expect(abs(moments.mean - kind.chain.production) < 6 * moments.standardError, "\(kind)")
    // The wrong values of equidistant points are rejected.
    let wrong: [Rugged: Double] = [.relu: 0.0304215, .waves42: 2.74e-6, .kink: 0.62540]
    let equidistant = try #require(wrong[kind])
    #expect(abs(moments.mean - equidistant) > 6 * moments.standardError, "\(kind)")
  }

  @Test func saysWhyAnIntervalIsNotEnough() {
    func failure(_ lower: Double, _ upper: Double, _ gradient: (Double) -> Double) -> UnadjustedLangevin1D.Failure? {
      do throws(UnadjustedLangevin1D.Failure) {
        _ = try UnadjustedLangevin1D(
          learningRate: 0.2, temperature: 0.5, lower: lower, upper: upper, loss: { 0.5 * $0 * $0 }, gradient: gradient)
      } catch { return error }
      return nil
    }
    guard case .leaks(let share) = failure(-2, 2, { $0 }) else {
      return #expect(Bool(false), "two deviations are not enough")
    }
    #expect(share > 1e-3)
    #expect(failure(-8, 8) { $0 + cos(1e5 * $0) } == .unresolved(width: 16.0 / 4000))
    #expect(failure(-8, 8) { $0 > 1 ? .nan : $0 } != nil)
  }

  @Test func aQuadraticLossIsReversible() throws {
    let entry = ReferenceEntry.expansions(ofKind: "ula_quadratic")[0]
    let k = entry["k"].double
    let chain = try UnadjustedLangevin1D(
      learningRate: entry["eta"].double, temperature: entry["Temp"].double, lower: -8, upper: 8,
      loss: { 0.5 * k * $0 * $0 }, gradient: { k * $0 })
    #expect(agrees(chain.law.expectation { $0 * $0 }, with: entry["stationary_variance"].double, relative: 1e-12))
    #expect(abs(chain.entropyProductionPerStep) < 1e-15)
    #expect(chain.leadingEntropyProduction(thirdDerivatives: chain.law.rule.nodes.map { _ in 0 }) == 0)
  }
}
