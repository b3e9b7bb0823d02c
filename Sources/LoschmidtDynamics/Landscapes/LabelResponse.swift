import LoschmidtNumerics

/// How the gradients of single samples answer to a column y of the data: v_i = ∂∇ℓ_i/∂y, one vector for each entry of
/// y.
///
/// Independent noise of variance σ² on every entry of the column adds σ² Σ vvᵀ to the covariance of the gradient of a
/// sample, exactly where the gradient is affine in the column. Unit of v: that of the gradient over that of the column.
public struct LabelResponse: Sendable {
  /// The loss with its samples.
  public let landscape: ExpressionLandscape
  /// The number of entries of the column.
  public let entryCount: Int
  /// Whether ∇ℓ_i is affine in the column, as far as the structure of the loss shows.
  public let isAffine: Bool
  /// Whether ∇ℓ_i is affine in θ and the column together, so that v_i depends on neither.
  public let isJointlyAffine: Bool

  /// Evaluates v along a direction in the column.
  let tape: Tape

  /// Compiles the derivative; `nil` where the data have no such column.
  public init?(_ landscape: ExpressionLandscape, column: String) {
    guard let entry = landscape.samples.columns.first(where: { $0.name == column }) else { return nil }
    self.landscape = landscape
    entryCount = entry.shape.count
    let inputs = landscape.common.functionInputs(
      landscape.parameters, landscape.samples, elementsIn: [landscape.loss])
    do {
      let alone = try VectorFunction(
        gradientOf: landscape.loss, varying: column, includesParameters: false, inputs: inputs)
      let jointly = try VectorFunction(
        gradientOf: landscape.loss, varying: column, includesParameters: true, inputs: inputs)
      isAffine = alone.vanishes(order: 2)
      isJointlyAffine = jointly.vanishes(order: 2)
      tape = alone.derivativeTape(multiplicities: [1])
    } catch {
      preconditionFailure("the loss was compiled before: \(error)")
    }
  }

  /// The mean over the samples of Σ vvᵀ, summed over the entries of the column.
  ///
  /// Unit: that of v squared.
  public func covariance(at theta: [Double], time: Double) -> DenseMatrix {
    let field = LabelResponseField(self, lanes: 4)
    field.setTime(time)
    let (point, response) = (field.storage, field.storage)
    point.broadcast(theta)
    var sum = DenseMatrix.zero(landscape.dimension)
    for sample in 0..<landscape.samples.count {
      for entry in 0..<entryCount {
        field.evaluate(sample: sample, entry: entry, at: point.pointer, into: response.pointer)
        let vector = response.vector(lane: 0)
        sum = sum + .outer(vector, vector)
      }
    }
    return (1 / Double(landscape.samples.count)) * sum
  }
}

/// Evaluates the response to a column on blocks of lanes: the storage of one worker.
public final class LabelResponseField {
  private let response: LabelResponse
  private let lanes: Int
  private let tape: TapeEvaluator
  private let sample: LaneStorage
  private let common: LaneStorage
  private let direction: LaneStorage

  /// Storage for a number of lanes, a multiple of 4; the time is 0.
  public init(_ response: LabelResponse, lanes: Int) {
    self.response = response
    self.lanes = lanes
    tape = TapeEvaluator(response.tape, lanes: lanes)
    sample = LaneStorage(dimension: response.landscape.samples.width, lanes: lanes)
    common = LaneStorage(dimension: response.landscape.common.names.count, lanes: lanes)
    direction = LaneStorage(dimension: response.entryCount, lanes: lanes)
    setTime(0)
  }

  /// Storage of the shape of θ.
  public var storage: LaneStorage { LaneStorage(dimension: response.landscape.dimension, lanes: lanes) }

  /// Sets the time of everything that is evaluated from now on.
  public func setTime(_ time: Double) { common.broadcast(response.landscape.common.values(at: time)) }

  /// v_i of one entry of the column in every lane.
  ///
  /// - Parameters:
  ///   - i: The sample.
  ///   - entry: The entry of the column.
  ///   - theta: θ, in lanes.
  ///   - result: Receives v_i.
  public func evaluate(
    sample i: Int, entry: Int, at theta: UnsafePointer<Double>, into result: UnsafeMutablePointer<Double>
  ) {
    sample.broadcast(response.landscape.sampleEntries(of: i))
    direction.fill(0)
    direction.row(entry).update(repeating: 1, count: lanes)
    tape.run(
      inputs: [theta, UnsafePointer(sample.pointer), UnsafePointer(common.pointer), UnsafePointer(direction.pointer)],
      outputs: [result])
  }
}
