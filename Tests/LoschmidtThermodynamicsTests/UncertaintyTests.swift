import Foundation
import LoschmidtNumerics
import LoschmidtTestSupport
import LoschmidtThermodynamics
import Testing

@Suite struct UncertaintyTests {
  @Test func agreesWithTheReference() throws {
    let (process, expected) = try OrnsteinUhlenbeckTests.process()
    #expect(expected["estimators"].list.count == 6)
    for row in expected["estimators"].list {
      let interval = row["dt"].double
      let isEuler = row["kind"].text == "Euler-Maruyama"
      let chain = isEuler ? try process.eulerMaruyama(step: interval) : try process.sampled(every: interval)
      let currents = CurrentMoments(of: chain)
      let estimate = try Uncertainty(mean: currents.mean, covariance: currents.covariance, interval: interval)
      // Sampled exactly, the reference subtracts AΣAᵀ from Σ: it loses 1/Δt of the last place, and again in Ξ⁻¹.
      let own = isEuler ? 1e-10 : 1e-13 / interval
      #expect(agrees(estimate.rate, with: row["tur_ep_rate"].double, relative: max(1e-10, own)))
      #expect(agrees(currents.mean, with: row["mean_current"].doubles, relative: max(1e-10, own)))
      #expect(agrees(estimate.coefficients, with: row["coef_normalised"].doubles, relative: max(1e-10, own)))
      let exact = chain.entropyProductionPerStep / interval
      #expect(agrees(exact, with: row["exact_ep_rate_discrete"].double, relative: max(1e-10, own)))
      #expect(estimate.rate < exact)
      #expect(estimate.standardError == 0 && estimate.bias == 0)
    }
  }

  @Test func theDiscreteBoundAgreesWithTheReference() {
    let entries = ThermodynamicReference.entries("t9_discrete_tur_violation")
    #expect(entries.count == 3)
    for entry in entries {
      let right = entry["inputs"]["p_right"].double
      let mean = 2 * right - 1
      let variance = 1 - mean * mean
      let entropy = mean * log(right / (1 - right))
      let expected = entry["outputs"]
      #expect(agrees(entropy, with: expected["ep_per_step"].double, relative: 1e-14))
      let bound = Uncertainty.continuousBound(mean: mean, variance: variance)
      // 1 − J² cancels at p = 0.99, to 1e-14.
      #expect(agrees(bound, with: expected["continuous_tur_bound"].double, relative: 1e-13))
      #expect(agrees(expm1(entropy), with: expected["exp_ep_minus_1"].double, relative: 1e-13))
      // The bound of continuous time is violated, that of discrete time holds.
      #expect(bound > entropy)
      #expect(Uncertainty.discreteBound(mean: mean, variance: variance) < entropy)
      #expect(agrees(expm1(Uncertainty.discreteBound(mean: mean, variance: variance)), with: bound, relative: 1e-14))
    }
  }

  /// From independent samples: bias and standard error are those that repetition shows.
  @Test func errorsAreThoseOfRepetition() throws {
    let (mean, interval, count, repetitions) = ([0.3, -0.1], 0.5, 200, 1000)
    var random = TestRandom(seed: 77)
    func normal() -> Double {
      (-2 * log(random.next(in: 1e-300...1))).squareRoot() * cos(2 * .pi * random.next(in: 0...1))
    }
    let truth = try Uncertainty(mean: mean, covariance: .diagonal([1, 0.5]), interval: interval)
    var (sum, squares, errors, blind) = (0.0, 0.0, 0.0, 0.0)
    for _ in 0..<repetitions {
      var (first, second) = ([0.0, 0], DenseMatrix.zero(2))
      for _ in 0..<count {
        let draw = [mean[0] + normal(), mean[1] + 0.5.squareRoot() * normal()]
        first = [first[0] + draw[0], first[1] + draw[1]]
        for (a, b) in [(0, 0), (0, 1), (1, 0), (1, 1)] { second[a, b] += draw[a] * draw[b] }
      }
      let average = Vectors.scaled(first, by: 1 / Double(count))
      let covariance = (1 / Double(count)) * second - .outer(average, average)
      let estimate = try Uncertainty(
        mean: average, covariance: covariance, interval: interval, meanCovariance: (1 / Double(count)) * covariance,
        samples: Double(count))
      let deviation = estimate.rate - estimate.bias - truth.rate
      sum += deviation
      squares += deviation * deviation
      errors += estimate.standardError * estimate.standardError
      let other = try Uncertainty(
        mean: average, covariance: covariance, interval: interval, samples: Double(count))
      blind += other.standardError * other.standardError
    }
    let (n, spread) = (Double(repetitions), (squares / Double(repetitions)).squareRoot())
    // Five standard errors of a mean of 1000 (false alarm 6e-7), and the terms of second order of the bias,
    // q(d + 2)/N · 2/Δt = 0.0088 at q = 0.11.
    #expect(abs(sum / n) < 5 * spread / n.squareRoot() + 0.0088)
    // A variance from 1000 values is known to √(2/1000) = 4.5 %: five of them, and d/(2Nq) = 4.5 % of second order.
    #expect(abs(errors / squares - 1) < 0.27)
    // The control: an error that forgets the error of the means must be found out.
    #expect(abs(blind / squares - 1) > 0.27)
  }

  @Test func refusesDependentCurrents() {
    #expect(throws: GaussianFailure.notPositiveDefinite("the covariance of the currents")) {
      try Uncertainty(mean: [1, 1], covariance: DenseMatrix([[1, 1], [1, 1]]), interval: 1)
    }
  }
}
