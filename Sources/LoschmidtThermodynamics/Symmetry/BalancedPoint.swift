import LoschmidtDynamics
import LoschmidtNumerics

/// The point of an orbit at which φ is smallest: what irreversibility selects among the solutions that a symmetry
/// connects.
///
/// There the gradients are balanced, E gᵀKg = 0. For a linear symmetric group φ(G_s(θ)) = (η/4) E gᵀe^{−2sK}g is a
/// convex function of s, so that the point is the only one.
public struct BalancedPoint: Sendable, Equatable {
  /// Why there is none.
  public enum Absence: Error, Sendable, Equatable {
    /// The group preserves lengths, so that φ is the same everywhere on the orbit.
    case isometric
    /// The gradients of all draws vanish to rounding at the point, and so on the orbit.
    case vanishing
    /// φ does not change on the orbit beyond rounding.
    case flat
    /// φ still falls at this s, where the search ends.
    case falling(s: Double)
    /// φ is not finite at this s.
    case notFinite(s: Double)
    /// The search failed, and why.
    case search(GSLError)
  }

  /// How often the searched range is doubled where φ still falls at its end.
  public static let doublings = 4

  /// The group parameter.
  public let s: Double
  /// G_s(θ).
  public let point: [Double]
  /// φ there, in units of the loss.
  public let potential: Double
  /// E gᵀKg / (‖K‖ E|g|²) there, which is 0 in exact arithmetic.
  public let residual: Double

  /// Searches an orbit by Brent's minimisation.
  ///
  /// s is good to about √ε of the s over which φ changes, since a minimum is flat; so is the residual.
  ///
  /// - Parameters:
  ///   - point: θ.
  ///   - group: The transformation.
  ///   - landscape: The loss, at t = 0.
  ///   - law: The law of a batch.
  ///   - learningRate: η.
  ///   - range: The largest |s| that is searched first.
  /// - Throws: Why there is no such point.
  public init(
    onOrbitOf point: [Double], _ group: OneParameterGroup, _ landscape: ExpressionLandscape, law: DrawSet,
    learningRate: Double, range: Double
  ) throws(Absence) {
    let jacobian = group.jacobian(at: point)
    if jacobian.isAntisymmetric { throw .isometric }
    let force = EmergentForce(
      of: group, jacobian: jacobian, landscape, law: law, at: point, learningRate: learningRate)
    // Where g itself is the rounding error of a gradient, about ε‖H‖|ξ|, φ is below the bound of its derivative.
    if force.potential <= force.roundingBound { throw .vanishing }
    let evaluator = OrbitPotential(group, landscape, law, point, learningRate)
    let bracket = try Self.bracket(evaluator, range)
    let minimum: ScalarMinimum
    do throws(GSLError) {
      minimum = try ScalarMinimum.find(
        in: bracket, absoluteTolerance: 1e-7 * range, function: evaluator.potential)
    } catch { throw .search(error) }
    s = minimum.location
    self.point = group.transformed(point, by: minimum.location)
    potential = minimum.value
    residual = evaluator.balance(at: minimum.location)
  }

  /// Three s around the lowest of a grid, over a range that grows as long as the lowest is at its end.
  private static func bracket(
    _ evaluator: OrbitPotential, _ range: Double
  ) throws(Absence) -> ScalarMinimum.Bracket {
    let start = evaluator.potential(at: 0)
    guard start.isFinite else { throw .notFinite(s: 0) }
    var reach = range
    let half = 8
    for _ in 0...doublings {
      let grid = (-half...half).map { reach * Double($0) / Double(half) }
      let values = grid.map(evaluator.potential)
      if let bad = values.firstIndex(where: { !$0.isFinite }) { throw .notFinite(s: grid[bad]) }
      guard let lowest = values.indices.min(by: { values[$0] < values[$1] }) else { break }
      let spread = (values.max() ?? 0) - values[lowest]
      if spread <= 1024 * Double.ulpOfOne * start { throw .flat }
      if lowest > 0, lowest < values.count - 1 {
        // Equal neighbours are no bracket: those beyond them are.
        let left = values[..<lowest].lastIndex { $0 > values[lowest] }
        let right = values[(lowest + 1)...].firstIndex { $0 > values[lowest] }
        if let left, let right {
          return .init(lower: grid[left], middle: grid[lowest], upper: grid[right])
        }
      }
      reach *= 2
      if reach > range * Double(1 << doublings) { throw .falling(s: grid[lowest]) }
    }
    throw .falling(s: reach)
  }
}

/// φ along an orbit.
private struct OrbitPotential {
  let group: OneParameterGroup
  let landscape: ExpressionLandscape
  let average: DrawAverage
  let point: [Double]
  let learningRate: Double
  let workspace: DrawWorkspace

  init(
    _ group: OneParameterGroup, _ landscape: ExpressionLandscape, _ law: DrawSet, _ point: [Double],
    _ learningRate: Double
  ) {
    self.group = group
    self.landscape = landscape
    average = DrawAverage(bilinear: law)
    self.point = point
    self.learningRate = learningRate
    workspace = DrawWorkspace(landscape)
  }

  /// φ(G_s(θ)).
  func potential(at s: Double) -> Double {
    learningRate / 4 * mean(at: group.transformed(point, by: s)) { $0.innerProducts(with: $0) }
  }

  /// E gᵀKg / (‖K‖ E|g|²) at G_s(θ).
  func balance(at s: Double) -> Double {
    let image = group.transformed(point, by: s)
    let jacobian = group.jacobian(at: image)
    return mean(at: image, jacobian.forms) / (jacobian.norm * mean(at: image) { $0.innerProducts(with: $0) })
  }

  private func mean(at image: [Double], _ form: (Block) -> [Double]) -> Double {
    var sum = CompensatedVector(count: 1)
    for range in average.groups(of: landscape.suggestedLanes) {
      let field = DrawField(landscape, draws: Array(average.draws[range]), workspace: workspace)
      let values = form(field.gradient(at: Block(broadcasting: image, lanes: range.count)))
      sum.add([zip(values, average.weights[range]).reduce(0) { $0 + $1.0 * $1.1 }])
    }
    return sum.total[0]
  }
}
