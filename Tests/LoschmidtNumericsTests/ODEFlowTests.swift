import Foundation
import LoschmidtNumerics
import Testing

@Suite("Flows of ordinary differential equations")
struct ODEFlowTests {
  typealias Derivative = (Double, UnsafeBufferPointer<Double>, UnsafeMutableBufferPointer<Double>) -> Bool

  static let tolerance = 1e-10

  /// What `steps` accepted steps may leave: each has an estimated error up to 1.1 times the bound of its components.
  static func allowance(steps: Int, largest: Double) -> Double {
    Double(steps) * 1.1 * (tolerance + tolerance * largest)
  }

  static func flow(
    _ state: [Double], from start: Double, to end: Double, stepper: ODEFlow.Stepper = .rk8pd,
    maximumSteps: Int = 100_000, derivative: Derivative
  ) throws(GSLError) -> (state: [Double], steps: Int) {
    var state = state
    let steps = try ODEFlow.integrate(
      dimension: state.count, from: start, to: end, state: &state, absoluteTolerance: tolerance,
      relativeTolerance: tolerance, initialStep: 0.01, maximumSteps: maximumSteps, stepper: stepper,
      derivative: derivative)
    return (state, steps)
  }

  @Test("a linear flow decays as its exponentials", arguments: ODEFlow.Stepper.allCases)
  func linear(stepper: ODEFlow.Stepper) throws {
    let rates = [0.5, 1, 3]
    let (state, steps) = try Self.flow([1, 2, -3], from: 0, to: 2, stepper: stepper) { _, y, slope in
      for i in 0..<3 { slope[i] = -rates[i] * y[i] }
      return true
    }
    for (i, start) in [1, 2, -3.0].enumerated() {
      // The flow contracts, so that the errors of the steps add up at most.
      #expect(abs(state[i] - start * exp(-2 * rates[i])) <= Self.allowance(steps: steps, largest: 3))
    }
  }

  @Test("the logistic flow follows its closed form", arguments: ODEFlow.Stepper.allCases)
  func logistic(stepper: ODEFlow.Stepper) throws {
    let (state, steps) = try Self.flow([0.1], from: -1, to: 4, stepper: stepper) { _, y, slope in
      slope[0] = y[0] * (1 - y[0])
      return true
    }
    let exact = 1 / (1 + 9 * exp(-5.0))
    // A deviation grows as the slope y(1 − y) does, at most from 0.09 to 0.25.
    #expect(abs(state[0] - exact) <= 0.25 / 0.09 * Self.allowance(steps: steps, largest: 1))
  }

  @Test("time enters the derivative")
  func timeDependent() throws {
    let (state, steps) = try Self.flow([0], from: 0, to: 3) { time, _, slope in
      slope[0] = cos(time)
      return true
    }
    #expect(abs(state[0] - sin(3.0)) <= Self.allowance(steps: steps, largest: 1))  // errors of quadrature only add up
  }

  @Test("the flow backwards undoes the flow forwards")
  func backwards() throws {
    let slope: Derivative = { _, y, slope in
      slope[0] = y[1]
      slope[1] = -y[0]
      return true
    }
    let forwards = try Self.flow([1, 0], from: 0, to: 5, derivative: slope)
    let back = try Self.flow(forwards.state, from: 5, to: 0, derivative: slope)
    // A rotation keeps lengths: the errors of both ways add up; √2 bounds a length by two components.
    let allowed = 2.0.squareRoot() * Self.allowance(steps: forwards.steps + back.steps, largest: 1)
    #expect(abs(back.state[0] - 1) <= allowed)
    #expect(abs(back.state[1]) <= allowed)
  }

  @Test("many components cost no more steps than one")
  func manyComponents() throws {
    let count = 100_000
    let decay: Derivative = { _, y, slope in
      for i in y.indices { slope[i] = -y[i] }
      return true
    }
    let one = try Self.flow([1], from: 0, to: 0.1, derivative: decay)
    let many = try Self.flow([Double](repeating: 1, count: count), from: 0, to: 0.1, derivative: decay)
    #expect(many.steps == one.steps)
    #expect(many.state.allSatisfy { $0 == one.state[0] })  // the same operations in every component
  }

  @Test("nothing happens in no time")
  func emptyInterval() throws {
    let (state, steps) = try Self.flow([1], from: 2, to: 2) { _, _, _ in false }
    #expect(steps == 0)
    #expect(state == [1])
  }

  @Test("a derivative that is not finite stops the flow")
  func notFinite() {
    expectError("GSL_EBADFUNC") { try Self.flow([1], from: 0, to: 1) { _, _, _ in false } }
    expectError("GSL_EBADFUNC") {
      try Self.flow([1], from: 0, to: 1) { _, y, slope in
        slope[0] = .nan  // and keeps it to itself
        return true
      }
    }
  }

  @Test("a trial step out of the domain is made again with half its length", arguments: ODEFlow.Stepper.allCases)
  func outOfDomain(stepper: ODEFlow.Stepper) throws {
    var state = [1.0]
    // y′ = −√y ends at (1 − t/2)², but a first step of 10 leaves the domain of the root.
    let steps = try ODEFlow.integrate(
      dimension: 1, from: 0, to: 1, state: &state, absoluteTolerance: Self.tolerance,
      relativeTolerance: Self.tolerance, initialStep: 10, maximumSteps: 10_000, stepper: stepper
    ) { _, y, slope in
      slope[0] = -y[0].squareRoot()
      return slope[0].isFinite
    }
    #expect(abs(state[0] - 0.25) <= Self.allowance(steps: steps, largest: 1))  // the flow contracts
  }

  @Test("a solution that explodes in the interval is an error", arguments: ODEFlow.Stepper.allCases)
  func explosion(stepper: ODEFlow.Stepper) {
    #expect(throws: GSLError.self) {
      try Self.flow([1], from: 0, to: 2, stepper: stepper) { _, y, slope in
        slope[0] = y[0] * y[0]
        return slope[0].isFinite
      }
    }
  }

  @Test("the limit of steps holds")
  func limit() throws {
    let oscillate: Derivative = { time, _, slope in
      slope[0] = cos(time)
      return true
    }
    let needed = try Self.flow([0], from: 0, to: 20, derivative: oscillate).steps
    #expect(try Self.flow([0], from: 0, to: 20, maximumSteps: needed, derivative: oscillate).steps == needed)
    expectError("GSL_EMAXITER") {
      try Self.flow([0], from: 0, to: 20, maximumSteps: needed - 1, derivative: oscillate)
    }
  }

  /// y′ = −λy takes some λ/5 steps: the trial tells 1000 from 1e7, and is not asked where it is left out.
  @Test("a trial ends what would take ten times the limit")
  func trial() throws {
    let (with, without) = (try Self.decay(1000, trial: 32), try Self.decay(1000, trial: nil))
    #expect(with == without && with > 100)
    expectError("GSL_EMAXITER") { try Self.decay(1e7, trial: 32) }
    expectError("GSL_EMAXITER") { try Self.decay(1e7, trial: nil) }
  }

  private static func decay(_ rate: Double, trial: Int?) throws(GSLError) -> Int {
    var state = [1.0]
    return try ODEFlow.integrate(
      dimension: 1, from: 0, to: 1, state: &state, absoluteTolerance: 1e-10, relativeTolerance: 0, initialStep: 1e-3,
      maximumSteps: 1000, trialSteps: trial
    ) { _, y, slope in
      slope[0] = -rate * y[0]
      return slope[0].isFinite
    }
  }

  @Test("arguments out of range are errors")
  func arguments() {
    func integrate(
      dimension: Int = 1, state: [Double] = [1], to end: Double = 1, absolute: Double = 1e-9, relative: Double = 0,
      step: Double = 0.1, maximum: Int = 10
    ) throws(GSLError) {
      var state = state
      try ODEFlow.integrate(
        dimension: dimension, from: 0, to: end, state: &state, absoluteTolerance: absolute, relativeTolerance: relative,
        initialStep: step, maximumSteps: maximum
      ) { _, _, slope in
        slope[0] = 0
        return true
      }
    }
    #expect(throws: Never.self) { try integrate() }
    expectError("GSL_EINVAL") { try integrate(dimension: 0, state: []) }
    expectError("GSL_EBADLEN") { try integrate(dimension: 2) }
    expectError("GSL_EINVAL") { try integrate(to: .infinity) }
    expectError("GSL_EINVAL") { try integrate(absolute: -1) }
    expectError("GSL_EINVAL") { try integrate(absolute: 0) }
    expectError("GSL_EINVAL") { try integrate(relative: .nan) }
    expectError("GSL_EINVAL") { try integrate(step: 0) }
    expectError("GSL_EINVAL") { try integrate(maximum: 0) }
  }
}
