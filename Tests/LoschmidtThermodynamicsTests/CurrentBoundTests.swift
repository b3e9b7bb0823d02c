import Foundation
import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtTestSupport
import LoschmidtThermodynamics
import Testing

@Suite struct CurrentBoundTests {
  /// ρ ln((1 + ρ)/(1 − ρ)) by mpmath with 20 digits.
  @Test(arguments: [(0.1, 0.020067069546215116127), (0.5, 0.5493061443340548457), (0.9, 2.649995081249796414)])
  func theLeastProductionOfARatio(ratio: Double, expected: Double) {
    // atanh is accurate to a few ulp.
    #expect(agrees(CurrentBound.leastProduction(ratio: ratio), with: expected, relative: 1e-15))
    #expect(CurrentBound.leastProduction(ratio: -ratio) == CurrentBound.leastProduction(ratio: ratio))
  }

  /// A walk on a ring, ahead with p, back with q: σ = (p − q) ln(p/q).
  ///
  /// The bound with the step as the current is tight
  /// where nobody rests, and between the logarithm of the uncertainty relation and the truth where some do.
  @Test func aWalkOnARing() {
    let (moving, resting) = ((p: 0.7, q: 0.3), (p: 0.5, q: 0.2))
    func production(_ walk: (p: Double, q: Double)) -> Double { (walk.p - walk.q) * log(walk.p / walk.q) }
    func bound(_ walk: (p: Double, q: Double)) -> Double {
      CurrentBound.leastProduction(ratio: (walk.p - walk.q) / (walk.p + walk.q).squareRoot())
    }
    #expect(agrees(bound(moving), with: production(moving), relative: 1e-14))
    // By mpmath: 0.26910021503948254 for the production 0.27488721956224652, and 0.25857398829371024 by the logarithm.
    #expect(agrees(bound(resting), with: 0.26910021503948254268, relative: 1e-14))
    let variance = 0.7 - 0.09
    #expect(Uncertainty.discreteBound(mean: 0.3, variance: variance) < bound(resting))
    #expect(bound(resting) < production(resting))
  }

  /// A stirred trap dx = −Hx dt + √2 dW by Euler's method, its stationary law known.
  private func stirred(_ dimension: Int, coupling: Double, interval: Double) throws -> SimulationPlan {
    let names = (0..<dimension).map { "x\($0)" }
    let parameters = ParameterLayout(names.map { ($0, .scalar) })
    // Each coordinate is drawn by the next and pushed by the last.
    let force = try ExpressionForce(
      names.indices.map { i in
        let (next, last) = (names[(i + 1) % dimension], names[(i + dimension - 1) % dimension])
        let stir = dimension == 2 ? (i == 0 ? "a*x1" : "-a*x0") : "a*\(next) - a*\(last)"
        return (names[i], try Expression(parsing: "-\(1 + i)*\(names[i]) + \(stir)"))
      }, parameters: parameters, common: CommonInputs(constants: ["a": coupling]))
    return try SimulationPlan(
      TrainingProcess(
        parameters: parameters,
        initialLaw: InitialLaw(names.map { _ in .normal(mean: 0, standardDeviation: 0.7) }), landscape: nil,
        force: force, algorithm: GradientDescent(learningRate: Schedule(interval)),
        temperature: .uniform(.constant(1))), steps: 1000)
  }

  private func sums(
    _ plan: SimulationPlan, seed: UInt64, trajectories: Int, burnIn: Int, steps: Int
  ) throws -> CurrentSums {
    let ensemble = Ensemble(
      plan, start: plan.process.initialLaw, key: StreamKey(seed: seed, experiment: 0), trajectories: trajectories,
      burnIn: burnIn, steps: steps)
    let outcome = try ensemble.run(RunWatch(threads: 2), merge: { $0.append($1) }) {
      ProductionObserver(boundary: nil, stationary: nil, countsCurrents: true, steps: steps)
    }
    return try #require(outcome.partials.first?.currents)
  }

  /// Exact moments by Isserlis: below the truth, and most of it; the measured bound is that, within its error.
  @Test(arguments: [0.2, 0.8]) func aStirredTrap(coupling: Double) throws {
    let plan = try stirred(2, coupling: coupling, interval: 0.1)
    let chain = try #require(LinearProcess(plan)?.chain(0))
    let moments = CurrentMoments(of: chain)
    let squared = try CurrentBound.largestSquaredRatio(mean: moments.mean, covariance: moments.covariance)
    let expected = CurrentBound.leastProduction(ratio: squared.squareRoot())
    let production = chain.entropyProductionPerStep
    #expect(expected < production && expected > 0.7 * production)
    let sums = try sums(plan, seed: 5, trajectories: 1024, burnIn: 60, steps: 150)
    guard case .found(let places, let drifting) = StationaryCurrents(sums, isConfined: true) else {
      Issue.record("a stationary process is called unsettled")
      return
    }
    #expect(places.count == 6 && drifting.isEmpty)
    let bound = try #require(try CurrentBound(sums, of: places))
    // What a wrong choice of the other half costs, twice the number of currents over that of independent steps.
    #expect(abs(bound.value - expected) < 5 * bound.standardError + 12.0 / (512 * 30))
    #expect(bound.value < production + 5 * bound.standardError)
    #expect(bound.bias > 0 && bound.standardError > 0)
    // The control: the bound of a chain that is stirred half as much again.
    let other = try stirred(2, coupling: 1.5 * coupling, interval: 0.1)
    let wrong = CurrentMoments(of: try #require(LinearProcess(other)?.chain(0)))
    let ratio = try CurrentBound.largestSquaredRatio(mean: wrong.mean, covariance: wrong.covariance)
    #expect(abs(bound.value - CurrentBound.leastProduction(ratio: ratio.squareRoot())) > 5 * bound.standardError)
  }

  /// Six reversible coordinates produce nothing: the bound scatters about 0 with its error.
  ///
  /// Chosen and measured on the same
  /// data it would be above 0 by more than an error, every time.
  @Test func sixReversibleCoordinates() throws {
    let isLong = ProcessInfo.processInfo.environment["LOSCHMIDT_LONG_TESTS"] == "1"
    let seeds = isLong ? 40 : 8
    let plan = try stirred(6, coupling: 0, interval: 0.1)
    var (scores, controls) = (Moments(), Moments())
    for seed in 0..<seeds {
      let sums = try sums(plan, seed: UInt64(seed), trajectories: 128, burnIn: 60, steps: 20)
      let bound = try #require(try CurrentBound(sums, of: Array(0..<42)))
      scores.add(bound.value / bound.standardError)
      let blind = try sums.uncertainty(interval: 1, steps: 20)
      controls.add(blind.rate / 2 / bound.standardError)
    }
    #expect(controls.mean > 1.5)
    // Of 40 the mean has an error of about 0.13; of 8 one of 0.3, and five of them are allowed.
    #expect(abs(scores.mean) < (isLong ? 0.5 : 1.5), "\(scores.mean) ± \(scores.standardError)")
  }

  @Test func fewTrajectoriesHaveNoBound() throws {
    let plan = try stirred(2, coupling: 0.8, interval: 0.1)
    let sums = try sums(plan, seed: 1, trajectories: 19, burnIn: 10, steps: 10)
    #expect(try CurrentBound(sums, of: Array(0..<6)) == nil)
  }

  /// A current that never changes: σ would be infinite.
  @Test func aConstantCurrentHasNoBound() throws {
    var sums = CurrentSums(dimension: 1)
    for k in 0..<64 {
      sums.add(mean: [1, Double(k)], second: [1 + 1e-12, Double(k), Double(k * k + 1)], trajectory: k)
    }
    #expect(try CurrentBound(sums, of: [0]) == nil)
    #expect(throws: GaussianFailure.self) { try CurrentBound(sums, of: [0, 0]) }
  }
}
