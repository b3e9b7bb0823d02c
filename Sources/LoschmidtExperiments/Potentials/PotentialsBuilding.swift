import LoschmidtDynamics
import LoschmidtNumerics

/// A gradient noise that chooses among the samples, and adds nothing of its own.
protocol SampleChoosing: GradientNoise {
  /// The law of one draw from N samples.
  func draws(from sampleCount: Int) -> DrawSet
}

extension FullBatch: SampleChoosing {
  func draws(from sampleCount: Int) -> DrawSet { DrawSet(.fullBatch, sampleCount: sampleCount) }
}

extension Minibatch: SampleChoosing {
  func draws(from sampleCount: Int) -> DrawSet {
    switch sampling {
    case .withReplacement: DrawSet(.withReplacement(size: size), sampleCount: sampleCount)
    // One batch of a new permutation, taken alone, is any subset with equal probability.
    case .withoutReplacement, .reshuffle: DrawSet(.withoutReplacement(size: size), sampleCount: sampleCount)
    case .cyclic: DrawSet(.cyclic(size: size), sampleCount: sampleCount)
    }
  }
}

extension Preconditioner {
  /// Λ with its factor.
  ///
  /// - Throws: Where Λ is not positive definite, which the reader of scenarios refuses.
  func metric() throws -> PositiveMatrix {
    switch self {
    case .identity: .identity
    case .diagonal(let entries): .diagonal(entries)
    case .matrix(let entries, let dimension): PositiveMatrix(try Cholesky(matrix: entries, dimension: dimension))
    }
  }
}

extension PotentialsSettings {
  /// The experiment on a process that has a loss, a gradient noise that chooses samples, and gradient descent.
  public func experiment(on process: TrainingProcess) throws -> any Experiment {
    guard let landscape = process.landscape, let noise = process.gradient as? any SampleChoosing,
      let rule = process.algorithm as? GradientDescent
    else { preconditionFailure("the reader of scenarios refuses processes that 'potentials' cannot look at") }
    return PotentialsExperiment(
      landscape: landscape, law: noise.draws(from: landscape.samples.count), metric: try rule.preconditioner.metric(),
      settings: self, learningRate: rule.learningRate.value(at: 0))
  }
}
