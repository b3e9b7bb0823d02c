import LoschmidtNumerics

/// The compiled gradient field of a process: G(θ, t) = ∇L(θ, t) − F(θ, t), and the loss L.
///
/// Shared by all workers; each evaluates it with a ``BlockField`` of its own.
public struct FieldProgram: Sendable {
  /// How θ is laid out.
  public let parameters: ParameterLayout
  /// The loss with its samples, `nil` where only a force acts.
  public let landscape: ExpressionLandscape?
  /// The force, `nil` without.
  public let force: ExpressionForce?
  /// The time, the protocols and the constants that both may name.
  public let common: CommonInputs
  /// Whether the loss or the force changes in time.
  public let isTimeDependent: Bool

  /// ∇ℓ − F in one tape, where there is only one sample.
  let fused: Tape?
  /// ∇L − F of a process that does not change in time, where it is linear in θ and has several samples.
  ///
  /// One product with the mean Hessian then stands for the sum over the samples.
  let linear: AffineMap?
  /// ∇ of the mean over a batch, minus F.
  let batchTapes = BatchTapes()

  /// The number of coordinates of θ.
  public var dimension: Int { parameters.dimension }
  /// The number of samples; 1 without data.
  public var sampleCount: Int { landscape?.samples.count ?? 1 }

  /// Compiles the field.
  public init(parameters: ParameterLayout, landscape: ExpressionLandscape?, force: ExpressionForce?) {
    precondition(landscape != nil || force != nil, "something must move the parameters")
    self.parameters = parameters
    self.landscape = landscape
    self.force = force
    common = landscape?.common ?? force?.common ?? CommonInputs()
    isTimeDependent = landscape?.isTimeDependent == true || force?.isTimeDependent == true
    let samples = landscape?.samples ?? .none
    if samples.count == 1 {
      let inputs = common.functionInputs(
        parameters, samples,
        elementsIn: (landscape.map { [$0.loss] } ?? []) + (force?.components.map(\.expression) ?? []))
      let forces = force?.expressions ?? ExpressionForce.none(on: parameters)
      do {
        fused = try VectorFunction(gradientOf: landscape?.loss, minus: forces, inputs: inputs).tape
      } catch {
        preconditionFailure("the loss and the force were compiled before: \(error)")
      }
      linear = nil
    } else {
      fused = nil
      linear = isTimeDependent ? nil : QuadraticProcess(landscape, force, parameters, time: 0)?.meanGradient
    }
  }

  /// How many numbers one lane of the compiled gradient holds.
  public var numbersPerLane: Int { max(fused?.storageCount ?? 0, landscape?.function.gradientTape.storageCount ?? 0) }

  /// A number of lanes at which what one evaluation touches stays in the fast caches; a multiple of 4.
  public var suggestedLanes: Int {
    let live = numbersPerLane + 8 * dimension
    // A quarter of a megabyte, half of a second-level cache; blocks of 256 lanes cost the least a lane where they fit. Smaller
    // blocks, for the first-level cache, cost more by the beginnings of loops than they gain.
    return [256, 128, 64, 32, 16].first { $0 * live * 8 <= 1 << 18 } ?? 8
  }
}

/// x ↦ Mx + b.
public struct AffineMap: Sendable, Equatable {
  /// M, d × d, row by row.
  public var matrix: [Double]
  /// b.
  public var constant: [Double]

  /// The number of coordinates.
  public var dimension: Int { constant.count }

  /// A map from its parts.
  public init(matrix: [Double], constant: [Double]) {
    precondition(matrix.count == constant.count * constant.count, "the matrix is square")
    self.matrix = matrix
    self.constant = constant
  }

  /// Mx + b.
  public func callAsFunction(_ x: [Double]) -> [Double] {
    (0..<dimension).map { i in (0..<dimension).reduce(constant[i]) { $0 + matrix[i * dimension + $1] * x[$1] } }
  }
}
