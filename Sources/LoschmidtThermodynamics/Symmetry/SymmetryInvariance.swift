import LoschmidtDynamics
import LoschmidtNumerics

/// How much the loss of the samples changes along the orbits of a group: ℓ(G_s(θ); x) against ℓ(θ; x).
///
/// Tried at a point and at random points near it, for s on a grid over ± range. Rounding changes a loss too: by about ε
/// (|ℓ| + Σ_i |θ_i ∂_iℓ|), from the rounding of the transformed parameters and of the loss itself; a change counts from
/// 64 times the sum of that at both ends.
public struct SymmetryInvariance: Sendable {
  /// The largest change at one s.
  public struct Row: Sendable, Equatable {
    /// The group parameter.
    public var s: Double
    /// The largest |ℓ′ − ℓ| over samples and points, relative to the largest of |ℓ|, |ℓ′| and the mean |ℓ| of the
    /// samples.
    ///
    /// Infinite where a loss is not finite on the orbit.
    public var change: Double
    /// The sample with that change, from 0.
    public var sample: Int
    /// Whether the change was found at the point itself, not near it.
    public var isAtPoint: Bool
    /// The largest |ℓ′ − ℓ| in units of what rounding allows.
    public var excess: Double
  }

  /// How many points near the point are tried.
  static let neighbourCount = 4
  /// What rounding may change, in units of its scale.
  fileprivate static let allowance = 64 * Double.ulpOfOne
  /// How many s on either side of 0 are tried.
  static let gridCount = 10

  /// One row for each s, in rising order.
  public private(set) var rows: [Row]

  /// The row with the largest change.
  public var largest: Row { rows.max { $0.change < $1.change } ?? rows[0] }
  /// The row whose change exceeds rounding the most.
  public var worst: Row { rows.max { $0.excess < $1.excess } ?? rows[0] }
  /// Whether no change exceeds rounding.
  public var isInvariant: Bool { rows.allSatisfy { $0.excess <= 1 } }

  /// Tries the loss.
  ///
  /// - Parameters:
  ///   - group: The transformation.
  ///   - landscape: The loss; one that changes in time is taken at t = 0.
  ///   - point: θ, where all losses are finite.
  ///   - range: The largest |s|, positive.
  /// - Complexity: Losses and gradients of all samples at about a hundred points.
  public init(of group: OneParameterGroup, _ landscape: ExpressionLandscape, at point: [Double], range: Double) {
    let count = Self.gridCount
    rows = (-count...count).filter { $0 != 0 }.map { k in
      Row(s: range * Double(k) / Double(count), change: 0, sample: 0, isAtPoint: true, excess: 0)
    }
    let workspace = DrawWorkspace(landscape)
    let points = [point] + OneParameterGroup.neighbours(of: point, count: Self.neighbourCount)
    for (number, start) in points.enumerated() {
      let before = Losses(landscape, start, workspace)
      // The loss need not be defined near the point.
      if number > 0, !before.isFinite { continue }
      let floor = before.values.reduce(0) { $0 + abs($1) } / Double(before.values.count)
      for index in rows.indices {
        let image = group.transformed(start, by: rows[index].s)
        if number > 0, !image.allSatisfy(\.isFinite) { continue }
        rows[index].take(before, Losses(landscape, image, workspace), floor: floor, isAtPoint: number == 0)
      }
    }
  }

  /// The losses of all samples at one point, and the scales of their rounding errors in units of ε.
  fileprivate struct Losses {
    let values: [Double]
    let scales: [Double]

    var isFinite: Bool { values.allSatisfy(\.isFinite) && scales.allSatisfy(\.isFinite) }

    init(_ landscape: ExpressionLandscape, _ point: [Double], _ workspace: DrawWorkspace) {
      values = landscape.sampleLosses(at: point)
      let lanes = landscape.suggestedLanes
      var scales = values.map { abs($0) }
      for first in stride(from: 0, to: values.count, by: lanes) {
        let samples = first..<min(first + lanes, values.count)
        let field = DrawField(landscape, draws: samples.map { Draw(batch: [$0]) }, workspace: workspace)
        let gradients = field.gradient(at: Block(broadcasting: point, lanes: samples.count))
        for (i, value) in point.enumerated() {
          for sample in samples { scales[sample] += abs(value * gradients[i, sample - first]) }
        }
      }
      self.scales = scales
    }
  }
}

extension SymmetryInvariance.Row {
  fileprivate mutating func take(
    _ before: SymmetryInvariance.Losses, _ after: SymmetryInvariance.Losses, floor: Double, isAtPoint: Bool
  ) {
    for sample in before.values.indices {
      let (old, new) = (before.values[sample], after.values[sample])
      let difference = new.isFinite ? abs(new - old) : .infinity
      let size = max(abs(old), abs(new), floor)
      let relative = difference == 0 ? 0 : new.isFinite ? difference / size : .infinity
      let allowed = SymmetryInvariance.allowance * (before.scales[sample] + after.scales[sample])
      let ratio = difference == 0 ? 0 : allowed.isFinite ? difference / allowed : .infinity
      excess = max(excess, ratio)
      if relative > change { (change, self.sample, self.isAtPoint) = (relative, sample, isAtPoint) }
    }
  }
}
