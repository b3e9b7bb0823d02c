import LoschmidtDynamics

/// The setting of a process that the experiment `scaling` gives one value after another.
public enum ScalingVariable: String, Sendable, CaseIterable {
  /// η of the algorithm.
  case learningRate = "learning-rate"
  /// The number of samples in a batch, `size` of the gradient.
  case batchSize = "batch-size"
  /// T of the one heat bath.
  case temperature
  /// The number `l` of a gradient that has one.
  case amplification = "l"

  /// Whether the values are whole numbers, settings of the gradient.
  var isWhole: Bool { self == .batchSize || self == .amplification }

  /// Why the setting of a process cannot be replaced, without a full stop; `nil` where it can.
  func obstacle(in process: TrainingProcess) -> String? {
    switch self {
    case .learningRate:
      if let text = process.algorithm.learningRate.text {
        return "'over: learning-rate' replaces a learning rate that is constant, and here it is the schedule '\(text)'"
      }
      return process.algorithm is GradientDescent
        ? nil : "'over: learning-rate' cannot replace that of the algorithm '\(process.algorithm.name)'"
    case .temperature:
      if case .uniform(.constant) = process.temperature { return nil }
      return "'over: temperature' replaces one temperature that is constant, and here are several, or one that changes"
    case .batchSize, .amplification:
      if (process.gradient as? any ScalableNoise)?.replacing(self, by: 1) != nil { return nil }
      let setting = self == .batchSize ? "a 'size', such as 'minibatch'" : "the setting 'l'"
      return "'over: \(rawValue)' needs a gradient with \(setting), got '\(process.gradient.name)'"
    }
  }

  /// Why a value cannot be given to a process, without a full stop; `nil` where it can.
  func problem(of value: Double, in process: TrainingProcess, sampleCount: Int?) -> String? {
    guard isWhole else { return value > 0 && value.isFinite ? nil : "a number > 0" }
    guard let number = Int(exactly: value), number >= 1 else { return "a whole number >= 1" }
    return (process.gradient as? any ScalableNoise)?.allowed(self, number, sampleCount: sampleCount)
  }

  /// The process with another value, for which there is neither obstacle nor problem.
  func process(_ process: TrainingProcess, with value: Double) -> TrainingProcess {
    var process = process
    switch self {
    case .learningRate:
      let preconditioner = (process.algorithm as? GradientDescent)?.preconditioner ?? .identity
      process.algorithm = GradientDescent(learningRate: Schedule(value), preconditioner: preconditioner)
    case .temperature: process.temperature = .uniform(.constant(value))
    case .batchSize, .amplification:
      guard let noise = (process.gradient as? any ScalableNoise)?.replacing(self, by: Int(value)) else {
        preconditionFailure("the reader of scenarios refuses a gradient without '\(rawValue)'")
      }
      process.gradient = noise
    }
    return process
  }
}

/// A gradient noise with whole numbers among its settings that `scaling` can replace.
protocol ScalableNoise: GradientNoise {
  /// The same noise with another number; `nil` where it has no such setting.
  func replacing(_ variable: ScalingVariable, by number: Int) -> (any GradientNoise)?

  /// Which numbers are allowed, where this one is not; `nil` where it is.
  func allowed(_ variable: ScalingVariable, _ number: Int, sampleCount: Int?) -> String?
}

extension ScalableNoise {
  func allowed(_ variable: ScalingVariable, _ number: Int, sampleCount: Int?) -> String? { nil }
}

extension Minibatch: ScalableNoise {
  func replacing(_ variable: ScalingVariable, by number: Int) -> (any GradientNoise)? {
    variable == .batchSize ? Minibatch(size: number, sampling: sampling, dropsLast: sampling == .reshuffle) : nil
  }

  func allowed(_ variable: ScalingVariable, _ number: Int, sampleCount: Int?) -> String? {
    guard let sampleCount else { return nil }
    if number > sampleCount { return "a batch size of 1 … \(sampleCount), the number of samples" }
    guard sampling == .cyclic, sampleCount % number != 0 else { return nil }
    return "a batch size that divides the number of samples, \(sampleCount), with 'sampling: \(sampling.rawValue)'"
  }
}

/// A noise whose batches are drawn with replacement, or matched as if they were.
protocol ReplacingNoise: ScalableNoise {
  /// The same noise with batches of another size; `nil` where it has no batches.
  func resized(_ size: Int) -> (any GradientNoise)?
}

extension ReplacingNoise {
  func replacing(_ variable: ScalingVariable, by number: Int) -> (any GradientNoise)? {
    variable == .batchSize ? resized(number) : nil
  }

  func allowed(_ variable: ScalingVariable, _ number: Int, sampleCount: Int?) -> String? {
    guard variable == .batchSize, let sampleCount, number > sampleCount else { return nil }
    return "a batch size of 1 … \(sampleCount), the number of samples"
  }
}

extension MatchedGaussian: ReplacingNoise {
  func resized(_ size: Int) -> (any GradientNoise)? { MatchedGaussian(size: size) }
}

extension StudentT: ReplacingNoise {
  func resized(_ size: Int) -> (any GradientNoise)? { StudentT(size: size, degreesOfFreedom: degreesOfFreedom) }
}

extension Isotropic: ReplacingNoise {
  func resized(_ size: Int) -> (any GradientNoise)? {
    if case .size = strength { Isotropic(.size(size)) } else { nil }
  }
}

extension LabelNoise: ReplacingNoise {
  func resized(_ size: Int) -> (any GradientNoise)? {
    LabelNoise(column: column, standardDeviation: standardDeviation, size: size)
  }
}

extension SVAG: ReplacingNoise {
  func resized(_ size: Int) -> (any GradientNoise)? { SVAG(size: size, substeps: substeps) }

  func replacing(_ variable: ScalingVariable, by number: Int) -> (any GradientNoise)? {
    switch variable {
    case .batchSize: resized(number)
    case .amplification: SVAG(size: size, substeps: number)
    case .learningRate, .temperature: nil
    }
  }
}
