import Foundation
import LoschmidtNumerics

/// A start in equilibrium on the line, p_0 ∝ e^{−U(x)/T}, by quadrature: for one coordinate and any loss.
///
/// The distribution function is tabulated; a draw inverts it by Newton's method inside a cell, on the quadrature of the cell.
/// What is sampled and the density agree to the accuracy of the quadrature, 1e-12.
public struct BoltzmannStart: StartLaw {
  /// Why there is no equilibrium.
  public enum Fault: Error, Sendable, Equatable {
    /// No interval outside of which e^{−U/T} is negligible was found below 10⁶ in magnitude.
    case notConfining
    /// The quadrature does not settle: U is too rough for it.
    case quadrature(relativeError: Double)
  }

  /// T.
  public let temperature: Double
  /// F = −T ln ∫ e^{−U/T} dx, in units of the loss.
  public let freeEnergy: Double

  private let program: FieldProgram
  private let time: Double
  private let lowest: Double
  /// The edges of the cells, and the distribution function there.
  private let edges: [Double]
  private let cumulative: [Double]

  /// The equilibrium of a loss at a time.
  ///
  /// - Throws: Where the loss does not confine, or is too rough.
  public init(_ program: FieldProgram, time: Double, temperature: Double) throws(Fault) {
    precondition(program.dimension == 1, "equilibrium by quadrature has one coordinate")
    let energy = LineEnergy(program, time: time)
    let range = try energy.range(within: 40 * temperature)
    var coarse = energy.table(range, cells: 512, temperature: temperature)
    var cells = 1024
    var change = Double.infinity
    while cells <= 1 << 16 {
      let fine = energy.table(range, cells: cells, temperature: temperature)
      change = abs(fine.total - coarse.total) / fine.total
      coarse = fine
      if change < 1e-12 { break }
      cells *= 2
    }
    guard change < 1e-12 else { throw .quadrature(relativeError: change) }
    self.program = program
    self.time = time
    self.temperature = temperature
    lowest = range.minimum
    edges = coarse.edges
    cumulative = coarse.cumulative.map { $0 / coarse.total }
    freeEnergy = range.minimum - temperature * log(coarse.total)
  }

  /// The density is positive everywhere.
  public var hasDensity: Bool { true }

  /// One uniform number a trajectory, inverted.
  public func draw(into theta: LaneStorage, from source: any RandomSource) {
    let uniforms = LaneStorage(dimension: 1, lanes: theta.lanes)
    source.uniforms(.initialPoint, step: 0, into: uniforms.pointer, dimension: 1)
    let energy = LineEnergy(program, time: time)
    let factor = exp((freeEnergy - lowest) / temperature)
    func density(_ value: Double) -> Double { exp((lowest - value) / temperature) * factor }
    for lane in 0..<theta.lanes { theta[0, lane] = invert(uniforms[0, lane], energy, density: density) }
  }

  private func invert(_ uniform: Double, _ energy: LineEnergy, density: (Double) -> Double) -> Double {
    var (low, high) = (0, cumulative.count - 1)
    while high - low > 1 {
      let middle = (low + high) / 2
      if cumulative[middle] <= uniform { low = middle } else { high = middle }
    }
    let (left, right) = (edges[low], edges[low + 1])
    var bracket = (left, right)
    var x = left + (right - left) * (uniform - cumulative[low]) / (cumulative[low + 1] - cumulative[low])
    for _ in 0..<60 {
      let excess = cumulative[low] + energy.integral(from: left, to: x, density) - uniform
      if excess > 0 { bracket.1 = x } else { bracket.0 = x }
      var next = x - excess / density(energy.value(at: x))
      if !(next > bracket.0 && next < bracket.1) { next = 0.5 * (bracket.0 + bracket.1) }
      if abs(next - x) <= 4 * max(abs(x), right - left).ulp { return next }
      x = next
    }
    return x
  }

  /// (F − U(x))/T.
  public func logDensity(at theta: UnsafePointer<Double>, lanes: Int, into result: UnsafeMutablePointer<Double>) {
    let field = BlockField(program, lanes: lanes)
    field.setTime(time)
    field.loss(at: theta, into: result)
    for lane in 0..<lanes { result[lane] = (freeEnergy - result[lane]) / temperature }
  }
}

/// The loss of one coordinate at a time, point by point.
final class LineEnergy {
  private let field: BlockField
  private let points = LaneStorage(dimension: 1, lanes: 8)
  private let values = LaneStorage(dimension: 1, lanes: 8)

  /// Gauss and Legendre's rule of eight points on (−1, 1).
  private static let nodes = [0.1834346424956498, 0.525532409916329, 0.7966664774136267, 0.9602898564975363]
  private static let weights = [0.362683783378362, 0.31370664587788727, 0.22238103445337448, 0.10122853629037626]

  init(_ program: FieldProgram, time: Double) {
    field = BlockField(program, lanes: 8)
    field.setTime(time)
  }

  func value(at x: Double) -> Double {
    points.fill(x)
    field.loss(at: points.pointer, into: values.pointer)
    return values[0, 0]
  }

  /// ∫ density(U(x)) dx over one cell.
  func integral(from left: Double, to right: Double, _ density: (Double) -> Double) -> Double {
    let (half, middle) = (0.5 * (right - left), 0.5 * (left + right))
    for (k, node) in Self.nodes.enumerated() {
      points[0, 2 * k] = middle - half * node
      points[0, 2 * k + 1] = middle + half * node
    }
    field.loss(at: points.pointer, into: values.pointer)
    return Self.weights.indices.reduce(0) { sum, k in
      sum + half * Self.weights[k] * (density(values[0, 2 * k]) + density(values[0, 2 * k + 1]))
    }
  }

  /// The distribution function at the edges of equal cells, not normalised, with energies counted from the minimum.
  func table(
    _ range: (lower: Double, upper: Double, minimum: Double), cells: Int, temperature: Double
  ) -> (edges: [Double], cumulative: [Double], total: Double) {
    let width = (range.upper - range.lower) / Double(cells)
    let edges = (0...cells).map { range.lower + width * Double($0) }
    var cumulative = [0.0]
    for (left, right) in zip(edges, edges.dropFirst()) {
      let part = integral(from: left, to: right) { exp(-($0 - range.minimum) / temperature) }
      cumulative.append(cumulative[cumulative.count - 1] + part)
    }
    return (edges, cumulative, cumulative[cells])
  }

  /// Where the energy is within `height` of its minimum, by a search at points that are dense near 0.
  func range(within height: Double) throws(BoltzmannStart.Fault) -> (lower: Double, upper: Double, minimum: Double) {
    let magnitudes = (0...900).map { 1e-3 * pow(10, Double($0) / 100) }
    var points = magnitudes.reversed().map { -$0 } + [0] + magnitudes
    var energies = points.map(value)
    // Once more, densely, where the first search found low energies.
    guard let coarse = Self.low(energies, height) else { throw .notConfining }
    let (first, last) = (points[max(0, coarse.lowerBound - 1)], points[min(points.count - 1, coarse.upperBound + 1)])
    points = (0...4000).map { first + (last - first) * Double($0) / 4000 }
    energies = points.map(value)
    guard let fine = Self.low(energies, height), let minimum = energies.filter(\.isFinite).min(),
      abs(first) < 1e6, abs(last) < 1e6
    else { throw .notConfining }
    return (points[max(0, fine.lowerBound - 1)], points[min(points.count - 1, fine.upperBound + 1)], minimum)
  }

  private static func low(_ energies: [Double], _ height: Double) -> ClosedRange<Int>? {
    guard let minimum = energies.filter(\.isFinite).min() else { return nil }
    let inside = energies.indices.filter { energies[$0] <= minimum + height }
    guard let first = inside.first, let last = inside.last, first > 0, last < energies.count - 1 else { return nil }
    return first...last
  }
}
