import LoschmidtNumerics

/// A loss surface ℓ(θ; sample, t) given by an expression; the full loss L(θ) is its mean over the samples.
public struct ExpressionLandscape: Sendable {
  /// The expression of the loss of one sample.
  public let loss: Expression
  /// How θ is laid out.
  public let parameters: ParameterLayout
  /// The samples.
  public let samples: SampleTable
  /// The time, the protocols and the constants that the loss may name.
  public let common: CommonInputs

  /// The compiled loss with its derivatives.
  let function: DifferentiableFunction
  /// The samples with two columns side by side, as `lk_gather` reads them; see ``column(_:)``.
  let sampleEntries: [Double]

  /// The number of coordinates of θ.
  public var dimension: Int { parameters.dimension }

  /// Compiles a loss.
  ///
  /// - Parameters:
  ///   - loss: ℓ; names are parameters, columns, constants, protocols and `t`.
  ///   - parameters: The layout of θ.
  ///   - samples: The data; ``SampleTable/none`` without.
  ///   - constants: Values of the named constants.
  ///   - protocols: Named functions of `t` (and constants).
  /// - Throws: What is wrong with the loss, with its position in the expression.
  public init(
    loss: Expression, parameters: ParameterLayout, samples: SampleTable = .none, constants: [String: Double] = [:],
    protocols: [(name: String, expression: Expression)] = []
  ) throws(ExpressionError) {
    self.loss = loss
    self.parameters = parameters
    self.samples = samples
    common = CommonInputs(protocols: protocols, constants: constants)
    function = try DifferentiableFunction(loss, inputs: common.functionInputs(parameters, samples, elementsIn: [loss]))
    sampleEntries = Self.entries(samples)
  }

  private static func entries(_ samples: SampleTable) -> [Double] {
    let columns = samples.columns.flatMap { column in
      let width = column.shape.count
      return (0..<width).map { i in (0..<samples.count).map { column.values[$0 * width + i] } }
    }
    var entries: [Double] = []
    entries.reserveCapacity(columns.count * samples.count)
    for pair in stride(from: 0, to: columns.count, by: 2) {
      let columns = columns[pair..<min(pair + 2, columns.count)]
      for sample in 0..<samples.count { for column in columns { entries.append(column[sample]) } }
    }
    return entries
  }

  /// Where entry i of the first sample is in ``sampleEntries``, and how far it is from there to that of the next sample.
  func column(_ i: Int) -> (first: Int, step: Int) {
    let isAlone = i % 2 == 0 && i == samples.width - 1
    return (i / 2 * 2 * samples.count + i % 2, isAlone ? 1 : 2)
  }

  /// Functions of time that the loss may name.
  public var protocols: [(name: String, expression: Expression)] { common.protocols }
  /// Numbers that every expression may name.
  public var constants: [String: Double] { common.constants }

  /// Whether the loss changes in time.
  public var isTimeDependent: Bool { common.mentionsTime(loss) }

  /// A number of lanes at which the values between instructions stay in the fast caches.
  ///
  /// A multiple of 4, at most 256; smaller for losses with many parameters, where a block of lanes of θ alone is large.
  public var suggestedLanes: Int {
    let perLane = max(function.gradientTape.storageCount, dimension)
    // Half a megabyte a block: measured flat between a quarter and two megabytes for networks.
    return [256, 128, 64, 32, 16].first { $0 * perLane * 8 <= 1 << 19 } ?? 8
  }

  /// The entries of one sample, column by column.
  func sampleEntries(of sample: Int) -> [Double] {
    (0..<samples.width).map { i in
      let column = column(i)
      return sampleEntries[column.first + column.step * sample]
    }
  }

  /// The covariance C of the gradients of single samples about their mean, Σ (g_i − ḡ)(g_i − ḡ)ᵀ/N at a time.
  ///
  /// Unit: ([L]/[θ])². A batch of B drawn with replacement has the gradient covariance C/B.
  public func gradientCovariance(at theta: [Double], time: Double = 0) -> DenseMatrix {
    let gradients = sampleGradients(at: theta, time: time)
    let count = Double(samples.count)
    let mean = (0..<dimension).map { i in gradients.reduce(0) { $0 + $1[i] } / count }
    var covariance = DenseMatrix.zero(dimension)
    for gradient in gradients {
      let deviation = Vectors.sum(gradient, mean, times: -1)
      for i in 0..<dimension {
        for j in 0..<dimension { covariance[i, j] += deviation[i] * deviation[j] / count }
      }
    }
    return covariance
  }

  /// The gradient ∇ℓ(θ; sample, t) of every sample; entries are not finite where it is not defined.
  public func sampleGradients(at theta: [Double], time: Double = 0) -> [[Double]] {
    let evaluator = SampleEvaluator(
      self, tape: function.gradientTape, blocks: 1, outputs: dimension, lanes: suggestedLanes, time: time)
    let items = (0..<samples.count).map { SampleEvaluator.Item(sample: $0, lane: 0) }
    var gradients: [[Double]] = []
    gradients.reserveCapacity(items.count)
    evaluator.evaluate(items, blocks: [Block(broadcasting: theta, lanes: 1)]) { range, values in
      for lane in 0..<range.count { gradients.append(values.vector(lane: lane)) }
    }
    return gradients
  }

  /// The loss ℓ(θ; sample, t) of every sample.
  ///
  /// Values are not finite where the loss is not defined.
  public func sampleLosses(at theta: [Double], time: Double = 0) -> [Double] {
    let evaluator = SampleEvaluator(
      self, tape: function.valueTape, blocks: 1, outputs: 1, lanes: suggestedLanes, time: time)
    let items = (0..<samples.count).map { SampleEvaluator.Item(sample: $0, lane: 0) }
    var losses: [Double] = []
    losses.reserveCapacity(items.count)
    evaluator.evaluate(items, blocks: [Block(broadcasting: theta, lanes: 1)]) { range, values in
      losses.append(contentsOf: values.entries.prefix(range.count))
    }
    return losses
  }

  /// The values of all parts of the loss of one sample; `nil` where there are too many.
  public func trace(at theta: [Double], sample: Int, time: Double = 0) -> ExpressionTrace? {
    ExpressionTrace(
      loss, inputs: common.functionInputs(parameters, samples, elementsIn: [loss]),
      blocks: [theta, sampleEntries(of: sample), common.values(at: time)])
  }

  /// The first sample whose gradient is not finite at a point; `nil` where all are.
  public func firstInfiniteGradient(at theta: [Double], time: Double = 0) -> Int? {
    let evaluator = SampleEvaluator(
      self, tape: function.gradientTape, blocks: 1, outputs: dimension, lanes: suggestedLanes, time: time)
    let items = (0..<samples.count).map { SampleEvaluator.Item(sample: $0, lane: 0) }
    var first: Int?
    evaluator.evaluate(items, blocks: [Block(broadcasting: theta, lanes: 1)]) { range, values in
      guard first == nil else { return }
      first = range.first { sample in !values.vector(lane: sample - range.lowerBound).allSatisfy(\.isFinite) }
    }
    return first
  }
}
