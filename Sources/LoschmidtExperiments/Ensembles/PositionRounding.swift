import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtThermodynamics

/// How far rounding moves the coordinates of θ, as bounds for what is measured of a state that hardly moves.
///
/// A step adds ηΛĝ to θ. Its rounding is at most a few ulps of θ_i and of the parts of (ηΛĝ)_i; 64 are taken, as elsewhere.
/// A step takes the share 1 − ρ of a deviation back, so that where that is small, deviations of 4 ulps over 1 − ρ last.
struct PositionRounding {
  /// δ_i, a bound of the deviation of coordinate i.
  let positions: [Double]
  /// The same of a single step.
  private let steps: [Double]
  /// M_ii = ηΛ_ii.
  private let mobilities: [Double]

  /// A standard deviation beyond so many bounds is not touched by rounding: nothing is changed there.
  static let irrelevance = 1048576.0

  /// The bounds around a place.
  ///
  /// - Parameters:
  ///   - plan: The process.
  ///   - step: The step whose law counts.
  ///   - sizes: |θ_i|, such as the root of its mean square.
  ///   - variances: Var θ_i; where these are large the time of relaxation is not asked for.
  init(_ plan: SimulationPlan, step: Int, sizes: [Double], variances: [Double]) {
    let setting = plan.clock.setting(step)
    let mobility = (try? plan.law(setting))?.mobility ?? .zero(sizes.count)
    let parts = Self.parts(plan, mobility, time: setting.time, sizes)
    let unit = zip(sizes, parts).map { Double.ulpOfOne * ($0 + $1) }
    // Where nothing moves ρ is 1 to rounding, and no bound comes from it.
    let mayMatter = zip(variances, unit).contains { variance, unit in
      max(0, variance).squareRoot() < Self.irrelevance * Self.irrelevance * unit
    }
    let gain = mayMatter ? plan.relaxationFactor(step: step).map { min(4 / (1 - $0), Self.irrelevance) } ?? 0 : 0
    steps = unit.map { 64 * $0 }
    positions = unit.map { max(64, gain) * $0 }
    mobilities = sizes.indices.map { mobility[$0, $0] }
  }

  /// The largest sums of the sizes of the parts of (M∇ℓ)_i over the samples, where the loss is quadratic; else 0.
  private static func parts(
    _ plan: SimulationPlan, _ mobility: DenseMatrix, time: Double, _ sizes: [Double]
  ) -> [Double] {
    let none = [Double](repeating: 0, count: sizes.count)
    let field = QuadraticProcess(plan.process.landscape, plan.process.force, plan.process.parameters, time: time)
    guard let field else { return none }
    let d = sizes.count
    return zip(field.hessians, field.linearTerms).reduce(into: none) { largest, sample in
      let slope = (0..<d).map { j in
        (0..<d).reduce(abs(sample.1[j])) { $0 + abs(sample.0[j * d + $1]) * sizes[$1] }
      }
      for i in 0..<d {
        let part = (0..<d).reduce(0) { $0 + abs(mobility[i, $1]) * slope[$1] }
        largest[i] = max(largest[i], part)
      }
    }
  }

  /// The bounds around the mean of what was measured; coordinates without a number count as 0.
  init(_ plan: SimulationPlan, step: Int, means: [Double], variances: [Double]) {
    let sizes = zip(means, variances).map { mean, variance in
      let size = (mean * mean + max(0, variance)).squareRoot()
      return size.isFinite ? size : 0
    }
    self.init(plan, step: step, sizes: sizes, variances: variances)
  }

  /// That of an observable near a place, of which the rounding of its own parts is one as well.
  func deviation(of form: QuadraticForm, sizes: [Double]) -> Double {
    let d = positions.count
    return (0..<d).reduce(64 * Double.ulpOfOne * abs(form.constant)) { sum, i in
      let slope = (0..<d).reduce(abs(form.linear[i])) { $0 + abs(form.matrix[i, $1]) * sizes[$1] }
      return sum + slope * max(positions[i], 64 * Double.ulpOfOne * sizes[i])
    }
  }

  /// By how much a variance is off where values are off by `deviation`: |Var(x + e) − Var x| ≤ 2σδ + δ².
  ///
  /// - Returns: `nil` where the standard deviation is so large that rounding makes no difference.
  static func ofVariance(_ variance: Double, deviation: Double) -> Double? {
    let spread = max(0, variance).squareRoot()
    return spread < irrelevance * deviation ? deviation * (2 * spread + deviation) : nil
  }

  /// The same of a mean, whose scale the standard deviation is.
  static func ofMean(variance: Double, deviation: Double) -> Double? {
    max(0, variance).squareRoot() < irrelevance * deviation ? deviation : nil
  }

  /// The same of a trace of a covariance.
  func ofTrace(_ variances: [Double]) -> Double? {
    let parts = zip(variances, positions).map { Self.ofVariance($0, deviation: $1) }
    guard parts.contains(where: { $0 != nil }) else { return nil }
    return parts.reduce(0) { $0 + ($1 ?? 0) }
  }

  /// ½ Σ δ_i²/M_ii of steps: where the right side of the fluctuation-dissipation relation, half the mean square of a step in
  /// this metric, is not larger, no step moves θ by more than rounding.
  var relation: Double {
    zip(steps, mobilities).reduce(0) { $1.1 > 0 ? $0 + 0.5 * $1.0 / $1.1 * $1.0 : $0 }
  }
}
