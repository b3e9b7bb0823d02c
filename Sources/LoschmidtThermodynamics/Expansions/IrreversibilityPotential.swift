import LoschmidtNumerics

/// A force that measures the irreversibility of one step θ ↦ θ − ηG(θ), G = Λg: it adds to −G.
///
/// Four operational definitions agree to leading order: F = −(η/2) ΛHΛg, the preconditioned gradient of
/// −(η/4) gᵀΛg. Each conformer evaluates its own exact identity at finite η and knows its exact series.
public protocol IrreversibilityPotential: Sendable {
  /// The name in tables and figures: `DE`, `TR2`, `TRinf`, `TA`, `ST`.
  var name: String { get }

  /// The force at finite η, in every lane.
  ///
  /// - Parameters:
  ///   - field: G = Λg, one field per lane.
  ///   - point: θ. Shape: dimension × lanes.
  ///   - learningRate: η > 0.
  ///   - curvature: The curvature of the field at θ, with the metric Λ.
  /// - Returns: The force with its errors, lane by lane; a lane where it does not exist says why.
  /// - Throws: `GSLError` where an integration fails for a reason that no single lane explains.
  func force(
    of field: some VectorField, at point: Block, learningRate: Double, curvature: LocalCurvature
  ) throws -> PotentialForce

  /// The exact series through η^orders.
  func series(orders: Int) -> EtaSeries
}

extension IrreversibilityPotential {
  /// The force at finite η, with the curvature found here; to be preferred only for a single η.
  public func force(
    of field: some VectorField, at point: Block, learningRate: Double, metric: PositiveMatrix = .identity
  ) throws -> PotentialForce {
    let curvature = LocalCurvature(of: field, at: point, metric: metric)
    return try force(of: field, at: point, learningRate: learningRate, curvature: curvature)
  }
}

/// A force in every lane, with what is known about its errors; all norms are those of Λ⁻¹.
public struct PotentialForce: Sendable {
  /// F, NaN in lanes where it is undefined.
  ///
  /// Shape: dimension × lanes. Unit: that of G.
  public var force: Block
  /// The norm of the error of truncation or integration, per lane; 0 where the identity is finite and exact.
  public var truncationErrors: [Double]
  /// A bound of the norm of the rounding error, per lane.
  public var roundingBounds: [Double]
  /// (Σ b²)^½ over the independent parts of the rounding error, b a bound of the norm of each, per lane.
  ///
  /// It does not exceed the bound of the sum, Σ b, and is the same where the error is taken as one part. Means over draws
  /// need it.
  public var roundingSpreads: [Double]
  /// Why the force does not exist, per lane; `nil` where it does.
  public var undefinedReasons: [UndefinedForce?]

  /// Marks the lanes that are not finite as undefined and clears them.
  init(
    force: Block, truncationErrors: [Double], roundingBounds: [Double], roundingSpreads: [Double]? = nil,
    undefinedReasons: [UndefinedForce?]? = nil
  ) {
    self.force = force
    self.truncationErrors = truncationErrors
    self.roundingBounds = roundingBounds
    self.roundingSpreads = roundingSpreads ?? roundingBounds
    self.undefinedReasons = undefinedReasons ?? [UndefinedForce?](repeating: nil, count: force.lanes)
    for lane in 0..<force.lanes {
      let isFinite = (0..<force.dimension).allSatisfy { force.entries[$0 * force.lanes + lane].isFinite }
      if !isFinite && self.undefinedReasons[lane] == nil {
        self.undefinedReasons[lane] = .gradientNotFinite
      }
      if self.undefinedReasons[lane] != nil { clear(lane) }
    }
  }

  private mutating func clear(_ lane: Int) {
    for i in 0..<force.dimension { force[i, lane] = .nan }
    truncationErrors[lane] = .nan
    roundingBounds[lane] = .nan
    roundingSpreads[lane] = .nan
  }
}

extension Block {
  /// θ + `factor` × direction.
  func moved(along direction: Block, by factor: Double) -> Block {
    var result = self
    result.add(direction, times: factor)
    return result
  }
}
