import LoschmidtDynamics
import LoschmidtNumerics

/// The eigenvalues of the operator that moves second moments of θ by a step: quadratic losses and linear forces.
///
/// All inside the unit circle: the moments settle, the eigenvalue farthest out last. With constant noise they are the
/// products λ_iλ_j of the eigenvalues of the map of the mean; where the noise grows with θ there is more to them.
public struct SecondMomentSpectrum: Sendable, Equatable {
  /// The real parts, ascending for noise that depends on θ.
  public let real: [Double]
  /// The imaginary parts, in the order of `real`.
  public let imaginary: [Double]

  /// With more coordinates the operator, of d(d + 1)/2 rows, is not written out.
  public static let largestDimension = 12

  /// The eigenvalues of an operator, from its action on each symmetric matrix with one entry.
  ///
  /// - Throws: `GSLError` where an entry is not finite or the eigenvalues do not converge.
  public init(_ operation: SecondMomentOperator) throws(GSLError) {
    let dimension = operation.samples.dimension
    precondition(dimension <= Self.largestDimension, "the operator is written out for few coordinates only")
    let pairs = (0..<dimension).flatMap { a in (a..<dimension).map { (a, $0) } }
    var entries = [Double](repeating: 0, count: pairs.count * pairs.count)
    for (column, (a, b)) in pairs.enumerated() {
      var unit = DenseMatrix.zero(dimension)
      unit[a, b] = 1
      unit[b, a] = 1
      let image = operation.applied(to: unit)
      for (row, (c, d)) in pairs.enumerated() { entries[row * pairs.count + column] = image[c, d] }
    }
    let values = try GeneralEigenvalues(matrix: entries, dimension: pairs.count)
    real = values.real
    imaginary = values.imaginary
  }

  /// The eigenvalues for constant noise: products of those of the map of the mean.
  ///
  /// - Throws: `GSLError`, as above.
  public init(map: DenseMatrix) throws(GSLError) {
    let values = try GeneralEigenvalues(matrix: map.entries, dimension: map.rows)
    let pairs = (0..<map.rows).flatMap { a in (a..<map.rows).map { (a, $0) } }
    real = pairs.map { a, b in values.real[a] * values.real[b] - values.imaginary[a] * values.imaginary[b] }
    imaginary = pairs.map { a, b in values.real[a] * values.imaginary[b] + values.imaginary[a] * values.real[b] }
  }

  /// The eigenvalues for one step of a plan; `nil` where the process has no such operator, or too many coordinates.
  public init?(_ plan: SimulationPlan, step: Int) {
    guard plan.descent != nil, plan.program.dimension <= Self.largestDimension else { return nil }
    do {
      if plan.process.gradient.randomness == .partOfStep {
        guard let map = LinearProcess(plan)?.step(step)?.map else { return nil }
        try self.init(map: map)
      } else {
        guard let operation = StationaryMoments.operation(plan, step: step) else { return nil }
        try self.init(operation)
      }
    } catch { return nil }
  }
}
