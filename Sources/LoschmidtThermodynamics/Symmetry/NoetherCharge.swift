import LoschmidtDynamics
import LoschmidtNumerics

/// The charge Q = θᵀKθ of a linear symmetric group that leaves the loss alone.
///
/// Gradient flow conserves it, since gᵀKθ = 0. A step θ′ = θ − ηg does not: **ΔQ = η² gᵀKg exactly**, whatever batch g
/// comes from (theory of symmetry, equation 5), so that E ΔQ = −2η dφ/ds. With thermal noise or a preconditioner that
/// is not so.
public struct NoetherCharge: Sendable, Equatable {
  /// Why a group has no charge of this kind.
  public enum Absence: Error, Sendable, Equatable {
    /// The group is not linear.
    case notLinear
    /// K is not symmetric.
    case notSymmetric
  }

  /// ΔQ of one step against what is predicted.
  public struct Step: Sendable, Equatable {
    /// Q(θ′) − Q(θ), as (θ′ − θ)ᵀK(θ′ + θ).
    public var change: Double
    /// η² gᵀKg.
    public var predicted: Double
    /// Σ |K_ij| (|θ_iθ_j| + |θ′_iθ′_j| + η (|g_iθ_j| + |θ_i g_j|)): what rounding errors are relative to.
    public var scale: Double

    /// |change − predicted| / scale.
    public var violation: Double { change == predicted ? 0 : abs(change - predicted) / scale }
  }

  /// The largest violation that rounding explains, 64 ε = 1.4e−14.
  ///
  /// Storing θ′ takes ε/2 of each coordinate, and so ε of the scale; the rest is for the rounding of the gradient,
  /// whose terms g_i K_ij θ_j cancel only as far as they are right.
  public static let roundingBound = 64 * Double.ulpOfOne

  /// The name of the group.
  public let name: String
  /// K.
  public let matrix: GeneratorMatrix

  /// The charge of a group.
  ///
  /// - Throws: Why it has none.
  public init(of group: OneParameterGroup) throws(Absence) {
    guard group.isLinear else { throw .notLinear }
    let matrix = group.jacobian(at: [Double](repeating: 0, count: group.parameters.dimension))
    guard matrix.isSymmetric else { throw .notSymmetric }
    self.init(name: group.name, matrix: matrix)
  }

  /// The charge of a symmetric matrix.
  public init(name: String, matrix: GeneratorMatrix) {
    precondition(matrix.isSymmetric, "a charge has a symmetric matrix")
    self.name = name
    self.matrix = matrix
  }

  /// Q.
  public func value(at point: [Double]) -> Double { matrix.form(point, point) }

  /// One step in every lane.
  ///
  /// - Parameters:
  ///   - before: θ, `dimension` × `lanes` like the following.
  ///   - after: θ′.
  ///   - gradient: g, with which the step was made.
  ///   - learningRate: η.
  ///   - lanes: The number of lanes.
  /// - Returns: The step of each lane.
  public func steps(
    from before: UnsafePointer<Double>, to after: UnsafePointer<Double>, gradient: UnsafePointer<Double>,
    learningRate: Double, lanes: Int
  ) -> [Step] {
    var steps = [Step](repeating: Step(change: 0, predicted: 0, scale: 0), count: lanes)
    let square = learningRate * learningRate
    for entry in matrix.entries {
      let (i, j, value) = (entry.row * lanes, entry.column * lanes, entry.value)
      for lane in 0..<lanes {
        let (x, y) = (before[i + lane], before[j + lane])
        let (nextX, nextY) = (after[i + lane], after[j + lane])
        let (a, b) = (gradient[i + lane], gradient[j + lane])
        steps[lane].change += value * (nextX - x) * (nextY + y)
        steps[lane].predicted += square * value * a * b
        steps[lane].scale +=
          abs(value) * (abs(x * y) + abs(nextX * nextY) + learningRate * (abs(a * y) + abs(x * b)))
      }
    }
    return steps
  }
}
