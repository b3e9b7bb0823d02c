import LoschmidtNumerics

/// The loss of a process with one coordinate, point by point with its derivatives: for quadratures on the line.
///
/// The storage of one worker; values are kept, since a quadrature over pairs of points asks for each of them often.
public final class LineLoss {
  private let landscape: ExpressionLandscape
  private let energy: LineEnergy
  private let field: BlockField
  private let point = LaneStorage(dimension: 1, lanes: 4)
  private let result = LaneStorage(dimension: 1, lanes: 4)
  private var values: [Double: Double] = [:]
  private var gradients: [Double: Double] = [:]
  private let time: Double

  /// The loss at a time.
  ///
  /// - Returns: `nil` where there are several coordinates, a force acts, or there is no loss.
  public init?(_ program: FieldProgram, time: Double = 0) {
    guard program.dimension == 1, program.force == nil, let landscape = program.landscape else { return nil }
    self.landscape = landscape
    self.time = time
    energy = LineEnergy(program, time: time)
    field = BlockField(program, lanes: 4)
    field.setTime(time)
  }

  /// L(x), the mean over the samples.
  public func value(at x: Double) -> Double {
    if let known = values[x] { return known }
    let value = energy.value(at: x)
    values[x] = value
    return value
  }

  /// L′(x).
  public func gradient(at x: Double) -> Double {
    if let known = gradients[x] { return known }
    point.fill(x)
    field.gradient(at: point.pointer, into: result.pointer)
    gradients[x] = result[0, 0]
    return result[0, 0]
  }

  /// L‴(x) at several points.
  public func thirdDerivatives(at points: [Double]) -> [Double] {
    let lanes = landscape.suggestedLanes
    let evaluator = SampleEvaluator(
      landscape, tape: landscape.function.derivativeTape(multiplicities: [2]), blocks: 2, outputs: 1, lanes: lanes,
      time: time)
    let count = landscape.samples.count
    let items = points.indices.flatMap { lane in (0..<count).map { SampleEvaluator.Item(sample: $0, lane: lane) } }
    var theta = Block(dimension: 1, lanes: points.count)
    for (lane, x) in points.enumerated() { theta[0, lane] = x }
    var derivatives = [Double](repeating: 0, count: points.count)
    evaluator.evaluate(items, blocks: [theta, Block(broadcasting: [1], lanes: points.count)]) { range, block in
      for (place, item) in range.enumerated() {
        derivatives[items[item].lane] += block[0, place] / Double(count)
      }
    }
    return derivatives
  }

  /// The interval in which the loss is within `height` of its minimum.
  ///
  /// - Throws: `BoltzmannStart.Fault.notConfining` where it is not bounded by 10⁶.
  public func interval(within height: Double) throws(BoltzmannStart.Fault) -> ClosedRange<Double> {
    let range = try energy.range(within: height)
    return range.lower...range.upper
  }
}
