import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtTestSupport
import LoschmidtThermodynamics
import Testing

@Suite struct ComparisonObserverTests {
  private static let every = 3
  private static let (burnIn, steps, trajectories) = (4, 11, 40)

  private func parts(options: PathOptions = PathOptions(extended: true)) throws -> (Ensemble, ComparisonQuestion) {
    let text = ProcessText(["x", "y"], loss: "x^2 + 0.5*y^2 + 0.1*x*y")
    let process = try text.process(temperature: .bath(0.3))
    let plan = try SimulationPlan(process, steps: Self.burnIn + Self.steps)
    var ensemble = Ensemble(
      plan, start: process.initialLaw, key: StreamKey(seed: 5), trajectories: Self.trajectories, burnIn: Self.burnIn,
      steps: Self.steps, options: options)
    ensemble.firstTrajectory = 1 << 48
    let observables = try ObservableProgram(
      [("sum", try Expression(parsing: "x + y"))], parameters: text.layout, common: CommonInputs())
    let question = ComparisonQuestion(
      observables: observables, origin: [0.2, -0.1], every: Self.every, burnIn: Self.burnIn, steps: Self.steps,
      groups: 8,
      finalPoints: 10, firstTrajectory: ensemble.firstTrajectory)
    return (ensemble, question)
  }

  /// Every average once more from the trajectories themselves, made one by one.
  @Test func averagesAreThoseOfTheTrajectories() throws {
    let (ensemble, question) = try parts()
    let result = try ensemble.run(merge: { $0.merge($1, finalPoints: 10) }) {
      ComparisonObserver(question, lanes: ensemble.lanes)
    }
    let sample = try #require(result.partials.first)
    var moments = [Double](repeating: 0, count: 11)
    var ends: [[Double]] = []
    var production = Moments()
    for trajectory in 0..<Self.trajectories {
      var states: [ReplayedState] = []
      _ = try ensemble.replay(trajectory: trajectory) { states.append($0) }
      // Steps 6, 9, 12 and 15, counted with burn-in.
      let recorded = states.filter { $0.step > Self.burnIn && $0.step % Self.every == 0 }
      #expect(recorded.count == 4)
      for state in recorded {
        let (x, y) = (state.theta[0], state.theta[1])
        let (a, b) = (x - 0.2, y + 0.1)
        let values = [
          x * x + 0.5 * y * y + 0.1 * x * y, a, a * a, a * a * a, a * a * a * a, b, b * b, b * b * b, b * b * b * b,
          x + y,
          (x + y) * (x + y),
        ]
        for (i, value) in values.enumerated() { moments[i] += value / 4 / Double(Self.trajectories) }
      }
      if trajectory < 10 { ends.append(states[states.count - 1].theta) }
      production.add(try #require(states[states.count - 1].medium))
    }
    // Sums of 160 products of up to four factors of size three.
    let rounding = 160 * 81 * 4 * Double.ulpOfOne
    for (mean, expected) in zip(sample.sums.means, moments) { #expect(abs(mean - expected) <= rounding) }
    #expect(sample.finalPoints == ends)
    #expect(sample.production.count == Self.trajectories)
    #expect(abs(sample.production.mean - production.mean) <= rounding)
    #expect(sample.sums.counts == [Int](repeating: 5, count: 8))
  }

  /// Derived numbers against the definitions, from the moments of a law of three points.
  @Test func derivedNumbers() {
    var sample = ComparisonSample(dimension: 1, observables: 1, groups: 6)
    // x is −1, 0 or 3 in each pair of groups alike: groups agree, so that the jackknife changes nothing.
    let values: [Double] = [-1, 0, 3]
    func mean(_ power: Int) -> Double {
      values.reduce(0) { sum, x in sum + (0..<power).reduce(1.0) { product, _ in product * x } } / 3
    }
    for group in 0..<6 {
      sample.sums.add([2, mean(1), mean(2), mean(3), mean(4), mean(1), mean(2)], group: group)
    }
    let centre = 2.0 / 3
    let second = values.reduce(0) { $0 + ($1 - centre) * ($1 - centre) } / 3
    let fourth = values.reduce(0) { $0 + ($1 - centre) * ($1 - centre) * ($1 - centre) * ($1 - centre) } / 3
    // A few operations on numbers up to 30, times six groups.
    let rounding = 6 * 30 * 16 * Double.ulpOfOne
    #expect(abs(sample.loss.value - 2) <= rounding)
    #expect(abs(sample.traceOfCovariance(dimension: 1).value - second) <= rounding)
    #expect(abs(sample.kurtosis(dimension: 1).value - fourth / (second * second)) <= rounding)
    let observable = sample.observable(0, dimension: 1)
    #expect(abs(observable.mean.value - centre) <= rounding && abs(observable.variance.value - second) <= rounding)
    #expect(sample.kurtosis(dimension: 1).standardError <= rounding)
  }
}
