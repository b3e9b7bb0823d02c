import LoschmidtDynamics
import LoschmidtNumerics

/// Every noise model, and problems to try them on: what has to hold for all is tested on these lists.
///
/// A test of the catalogue makes sure that no model of the format is left out.
public enum NoiseModels {
  /// The models with several settings each, for data of 8 samples with a column `y` in which gradients are affine.
  public static func all(dimension: Int) -> [any GradientNoise] {
    var matrix = DenseMatrix.diagonal((0..<dimension).map { 0.5 + Double($0) })
    if dimension > 1 { (matrix[0, 1], matrix[1, 0]) = (0.3, 0.3) }
    return [
      FullBatch(), Minibatch(size: 2), Minibatch(size: 3, sampling: .withoutReplacement),
      Minibatch(size: 2, sampling: .reshuffle), Minibatch(size: 2, sampling: .cyclic), MatchedGaussian(size: 2),
      ConstantCovariance(matrix: matrix), Isotropic(.standardDeviation(0.7)), Isotropic(.size(2)),
      // Twelve degrees of freedom: the error of an estimated covariance needs the fourth moment, and judges it by the
      // eighth.
      StudentT(size: 2, degreesOfFreedom: 12), AlphaStable(alpha: 1.5, scale: 0.4), AlphaStable(alpha: 2, scale: 0.4),
      LabelNoise(column: "y", standardDeviation: 0.8, size: 2), SVAG(size: 2, substeps: 3), SVAG(substeps: 1),
    ]
  }

  /// The number of samples of the problems.
  public static let sampleCount = 8

  /// A regression in two coordinates, a nonlinear one, and one with a single coordinate.
  public static let problems: [(text: ProcessText, point: [Double])] = {
    var random = TestRandom(seed: 77)
    let columns = ["a", "b", "y"].map { SampleTable.Column(name: $0, values: random.vector(sampleCount)) }
    let samples = SampleTable(count: sampleCount, columns: columns)
    return [
      (ProcessText(["u", "w"], loss: "0.5*(2*u*a + w*b - y)^2", samples: samples), [0.6, -0.4]),
      (ProcessText(["u", "w"], loss: "0.5*(2*tanh(u*a) + exp(w*b) - y)^2 + 0.1*u^4", samples: samples), [0.9, 0.7]),
      (ProcessText(["u"], loss: "0.5*(u*a + sin(u)*b - y)^2", samples: samples), [1.2]),
    ]
  }()
}

extension NoiseCovariance {
  /// Cov ĝ at a point, from the gradients of single samples and of samples whose label is moved.
  ///
  /// No code is shared with the engine's statistics of samples: gradients come from the fields of draws.
  ///
  /// - Throws: What is wrong with an expression.
  public func matrix(_ text: ProcessText, at theta: [Double]) throws -> DenseMatrix {
    let gradients = try Self.sampleGradients(text, at: theta)
    let d = theta.count
    let count = Double(gradients.count)
    let mean = (0..<d).map { i in gradients.reduce(0) { $0 + $1[i] } / count }
    let deviations = gradients.map { zip($0, mean).map { $0 - $1 } }
    let sampled = Self.meanOuter(deviations)
    var result = constant ?? .zero(d)
    result = result + samplingFactor * sampled
    for i in 0..<d { result[i, i] += traceFactor * sampled.trace }
    if let label {
      var moved = text
      moved.samples = SampleTable(
        count: text.samples.count,
        columns: text.samples.columns.map {
          $0.name == label.column ? .init(name: $0.name, shape: $0.shape, values: $0.values.map { $0 + 1 }) : $0
        })
      // The gradient is affine in the label, so that a difference over 1 is the derivative.
      let slopes = zip(try Self.sampleGradients(moved, at: theta), gradients).map { zip($0, $1).map { $0 - $1 } }
      result = result + label.variance * Self.meanOuter(slopes)
    }
    return result
  }

  /// ∇ℓ_i of every sample.
  private static func sampleGradients(_ text: ProcessText, at theta: [Double]) throws -> [[Double]] {
    guard let landscape = try text.landscape() else { return [] }
    let field = DrawField(landscape, draws: (0..<landscape.samples.count).map { Draw(batch: [$0]) })
    let block = field.gradient(at: Block(broadcasting: theta, lanes: field.lanes))
    return (0..<field.lanes).map { block.vector(lane: $0) }
  }

  private static func meanOuter(_ vectors: [[Double]]) -> DenseMatrix {
    let d = vectors[0].count
    var result = DenseMatrix.zero(d)
    for vector in vectors {
      for i in 0..<d {
        for j in 0..<d { result[i, j] += vector[i] * vector[j] / Double(vectors.count) }
      }
    }
    return result
  }
}
