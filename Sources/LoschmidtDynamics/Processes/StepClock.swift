import LoschmidtNumerics

/// What one step is made with.
public struct StepSetting: Sendable, Equatable {
  /// The index k of the step, from 0, burn-in included; schedules are expressions of it.
  public var index: Int
  /// t_k, before the step.
  public var startTime: Double
  /// t_{k+1} = t_k + η_k: everything that names `t` jumps here before the kernel acts.
  public var time: Double
  /// η_k; where it is 0 the step leaves everything where it is.
  public var learningRate: Double
  /// The temperature of each parameter's heat bath, or one for all, at t_{k+1} and k.
  public var temperatures: [Double]

  /// A setting from its parts.
  public init(index: Int, startTime: Double, time: Double, learningRate: Double, temperatures: [Double]) {
    self.index = index
    self.startTime = startTime
    self.time = time
    self.learningRate = learningRate
    self.temperatures = temperatures
  }
}

/// The settings of the steps of a process: t_0 = 0 and t_{k+1} = t_k + η_k.
public struct StepClock: Sendable {
  /// Why a step has no setting.
  public struct Fault: Error, Sendable, Equatable {
    /// `learning-rate` or `temperature`.
    public let quantity: String
    /// The step.
    public let step: Int
    /// The value got.
    public let value: Double

    /// A fault from its parts.
    public init(quantity: String, step: Int, value: Double) {
      self.quantity = quantity
      self.step = step
      self.value = value
    }
  }

  /// The number of steps.
  public let steps: Int
  /// Whether all steps have the same learning rate and temperatures.
  public let isConstant: Bool

  private let learningRate: Schedule
  private let temperature: Temperature
  /// t_0 … t_n of a learning rate that changes.
  private let times: [Double]?

  /// The clock of a process.
  ///
  /// - Parameters:
  ///   - learningRate: η_k.
  ///   - temperature: T of every parameter.
  ///   - steps: The number n of steps.
  /// - Throws: The first step whose learning rate or temperature is not finite and at least 0; step 0, where the learning rate
  ///   is 0 at every step.
  public init(learningRate: Schedule, temperature: Temperature, steps: Int) throws(Fault) {
    self.learningRate = learningRate
    self.temperature = temperature
    self.steps = steps
    isConstant = learningRate.constant != nil && temperature.isConstant
    if learningRate.constant == nil {
      var times = [0.0]
      times.reserveCapacity(steps + 1)
      var (time, correction) = (0.0, 0.0)
      for k in 0..<steps {
        let eta = learningRate.value(at: k)
        guard eta.isFinite, eta >= 0 else { throw Fault(quantity: "learning-rate", step: k, value: eta) }
        // Kahan's sum: t_k stays right to rounding over any number of steps.
        let summand = eta - correction
        let next = time + summand
        correction = (next - time) - summand
        time = next
        times.append(time)
      }
      self.times = times
      if steps > 0, time == 0 { throw Fault(quantity: "learning-rate", step: 0, value: 0) }
    } else {
      times = nil
    }
    if !isConstant {
      for k in 0..<steps {
        for value in setting(k).temperatures where !(value.isFinite && value >= 0) {
          throw Fault(quantity: "temperature", step: k, value: value)
        }
      }
    }
  }

  /// Whether step k has the learning rate 0: it moves nothing, has no noise and takes no time.
  ///
  /// Its law is a point mass, and so is that of its reverse, whose ratio is 1.
  public func stands(_ k: Int) -> Bool { learningRate.constant == nil && learningRate.value(at: k) == 0 }

  /// The first step from k on that moves, `nil` where none does.
  public func firstMovingStep(from k: Int = 0) -> Int? { (k..<max(k, steps)).first { !stands($0) } }

  /// t_k.
  public func time(_ k: Int) -> Double { times?[k] ?? Double(k) * learningRate.value(at: 0) }

  /// What step k is made with.
  public func setting(_ k: Int) -> StepSetting {
    let (start, end) = (time(k), time(k + 1))
    let baths: [Double] =
      switch temperature {
      case .uniform(let value): [value.value(time: end, step: k)]
      case .perParameter(let values), .perCoordinate(let values): values.map { $0.value(time: end, step: k) }
      }
    return StepSetting(
      index: k, startTime: start, time: end, learningRate: learningRate.value(at: k), temperatures: baths)
  }
}

extension Temperature {
  /// Whether the temperatures never change.
  public var isConstant: Bool {
    let values: [Value] =
      switch self {
      case .uniform(let value): [value]
      case .perParameter(let values), .perCoordinate(let values): values
      }
    return values.allSatisfy { if case .constant = $0 { true } else { false } }
  }
}
