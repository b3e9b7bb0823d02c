import LoschmidtNumerics
import LoschmidtThermodynamics

/// A random polynomial loss of degree 4 at random points, for properties that hold everywhere.
public struct RandomFieldCase {
  /// The field, the same in every lane.
  public let field: HandwrittenField
  /// One random point per lane.
  public let point: Block
  /// The curvature at the points.
  public let curvature: LocalCurvature

  /// The case with this seed, which also chooses the dimension among 1, 2, 3 and 4.
  public init(seed: Int, lanes: Int = 3) {
    var random = TestRandom(seed: UInt64(seed))
    let dimension = 1 + seed % 4
    field = .randomPolynomial(dimension: dimension, lanes: lanes, random: &random)
    var point = Block(dimension: dimension, lanes: lanes)
    point.entries = random.vector(dimension * lanes)
    self.point = point
    curvature = LocalCurvature(of: field, at: point)
  }
}
