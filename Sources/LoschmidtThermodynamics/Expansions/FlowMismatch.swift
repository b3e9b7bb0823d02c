import LoschmidtNumerics

/// The integration behind the limit n → ∞ of the time-renormalised force.
///
/// With θ(t) = θ − tG + δ, δ′ = −[G(θ − tG + δ) − G(θ)], δ(0) = 0, the force is −δ(η)/η. All lanes are one system, in
/// the variables s = t/η and y = δ/(η a), a being the gradient change of one Euler step in the lane, so that y is of
/// order one half and one absolute tolerance serves all lanes. Where rounding spoils more than the tolerance of a, a is
/// raised to what rounding allows: no step is wasted on resolving noise.
struct FlowMismatch<Field: VectorField> {
  let field: Field
  let point: Block
  /// G(θ).
  let start: Block
  let learningRate: Double
  /// The rounding bound of a difference of gradients, per lane.
  let rounding: [Double]

  /// The error allowed per step and component of y, which is of order one.
  private static var tolerance: Double { 1e-14 }

  func force(metric: PositiveMatrix) throws -> PotentialForce {
    let lanes = field.lanes
    let change = field.evaluate(at: point.moved(along: start, by: -learningRate)) - start
    let norms = metric.inverseNorms(change)
    var isAlive = norms.map(\.isFinite)
    let scales = (0..<lanes).map { lane in
      let scale = max(norms[lane], rounding[lane] / Self.tolerance / 16)
      return scale.isFinite && scale > 0 ? scale : 1
    }
    var state: [Double]
    var steps = 0
    do {
      (state, steps) = try integrate(scales: scales, isAlive: &isAlive, buriesLanes: false)
    } catch {
      (state, steps) = try integrate(scales: scales, isAlive: &isAlive, buriesLanes: true)
    }
    var force = Block(dimension: field.dimension, lanes: lanes)
    for i in 0..<field.dimension {
      for lane in 0..<lanes {
        force[i, lane] = isAlive[lane] ? -scales[lane] * state[i * lanes + lane] : .nan
      }
    }
    // The tolerance bounds one component in one step.
    let factor = Self.tolerance * Double(max(1, steps)) * Double(field.dimension).squareRoot()
    return PotentialForce(
      force: force, truncationErrors: scales.map { $0 * factor }, roundingBounds: rounding,
      undefinedReasons: isAlive.map { $0 ? nil : "the gradient flow is not finite within one step" })
  }

  /// Integrates from s = 0 to 1; `buriesLanes` says whether a lane that is not finite is set aside or stops everything.
  private func integrate(
    scales: [Double], isAlive: inout [Bool], buriesLanes: Bool
  ) throws(GSLError) -> (state: [Double], steps: Int) {
    let count = field.dimension * field.lanes
    var state = [Double](repeating: 0, count: count)
    var position = point
    var alive = isAlive
    let steps = try ODEFlow.integrate(
      dimension: count, from: 0, to: 1, state: &state, absoluteTolerance: Self.tolerance, relativeTolerance: 0,
      initialStep: 0.25, maximumSteps: 10_000
    ) { time, state, slope in
      move(&position, time: time, state: state, scales: scales, isAlive: alive)
      let value = field.evaluate(at: position)
      return write(value, into: slope, scales: scales, isAlive: &alive, buriesLanes: buriesLanes)
    }
    isAlive = alive
    return (state, steps)
  }

  /// θ − sηG + η a y.
  private func move(
    _ position: inout Block, time: Double, state: UnsafeBufferPointer<Double>, scales: [Double], isAlive: [Bool]
  ) {
    let (dimension, lanes, eta) = (field.dimension, field.lanes, learningRate)
    position.entries.withUnsafeMutableBufferPointer { position in
      point.entries.withUnsafeBufferPointer { point in
        start.entries.withUnsafeBufferPointer { start in
          for i in 0..<dimension {
            for lane in 0..<lanes {
              let k = i * lanes + lane
              position[k] = isAlive[lane] ? point[k] + eta * (scales[lane] * state[k] - time * start[k]) : point[k]
            }
          }
        }
      }
    }
  }

  /// y′ = −[G − G(θ)] / a; false where a lane that is still alive is not finite and must not be buried.
  private func write(
    _ value: Block, into slope: UnsafeMutableBufferPointer<Double>, scales: [Double], isAlive: inout [Bool],
    buriesLanes: Bool
  ) -> Bool {
    let (dimension, lanes) = (field.dimension, field.lanes)
    return value.entries.withUnsafeBufferPointer { value in
      start.entries.withUnsafeBufferPointer { start in
        for i in 0..<dimension {
          for lane in 0..<lanes {
            let k = i * lanes + lane
            let difference = value[k] - start[k]
            if difference.isFinite || !isAlive[lane] {
              slope[k] = isAlive[lane] ? -difference / scales[lane] : 0
            } else if buriesLanes {
              isAlive[lane] = false
              slope[k] = 0
            } else {
              return false
            }
          }
        }
        return true
      }
    }
  }
}
