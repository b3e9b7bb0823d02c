import LoschmidtDynamics
import LoschmidtNumerics

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

extension GradientNoise {
  /// Whether the gradient is that of all samples or of some, without noise of another kind.
  var choosesSamples: Bool { self is FullBatch || randomness == .batches }
}

extension PotentialsSettings {
  /// The experiment on a process that has a loss, a gradient noise that chooses samples, and gradient descent.
  public func experiment(on process: TrainingProcess) throws -> any Experiment {
    guard let landscape = process.landscape, process.gradient.choosesSamples,
      let descent = process.algorithm.descent
    else { preconditionFailure("the reader of scenarios refuses processes that 'potentials' cannot look at") }
    let samples = landscape.samples.count
    let law = process.gradient.batchLaw(sampleCount: samples, limit: DrawSet.enumerationLimit)
    return PotentialsExperiment(
      landscape: landscape, law: law ?? DrawSet(.fullBatch, sampleCount: samples),
      metric: try descent.preconditioner.metric(), settings: self, learningRate: descent.firstLearningRate,
      process: process)
  }
}

extension PlainDescent {
  /// The first learning rate that is not 0, of those of the first thousand steps; a warm-up may begin at 0.
  fileprivate var firstLearningRate: Double? {
    let first = learningRate.value(at: 0)
    if first != 0 { return first }
    return (1..<1000).lazy.map { learningRate.value(at: $0) }.first { $0 > 0 }
  }
}
