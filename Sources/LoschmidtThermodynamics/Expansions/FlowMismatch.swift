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
  /// The largest ‖ΛH‖ of the lanes, from which the first step is guessed.
  let curvature: Double

  /// The most steps of one integration; where the flow is so stiff that they would not do, it is given up after the trial.
  static var mostSteps: Int { 10_000 }
  private static var trialSteps: Int { 64 }

  /// The error allowed per step and component of y, which is of order one.
  private static var tolerance: Double { 1e-14 }

  /// The first step in s.
  ///
  /// Steps of a quarter of 1/‖ΛH‖ meet the tolerance with a method of order 8; longer ones would be made twice. At least
  /// two steps are made, over which the rounding of the stages averages out.
  private var firstStep: Double {
    let guess = 0.25 / (learningRate * curvature)
    return guess < 0.25 ? max(guess, 1e-3) : 0.25
  }

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
    do throws(GSLError) {
      do throws(GSLError) {
        (state, steps) = try integrate(scales: scales, isAlive: &isAlive, buriesLanes: false)
      } catch {
        if error.isOutOfSteps { throw error }
        (state, steps) = try integrate(scales: scales, isAlive: &isAlive, buriesLanes: true)
      }
    } catch {
      // A run that is being stopped is out of steps too, and says nothing about the flow.
      guard error.isOutOfSteps, !StopRequest.isMade else { throw error }
      return tooStiff
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
      undefinedReasons: isAlive.map { $0 ? nil : .flowNotFinite })
  }

  /// No force, because explicit steps are bounded by 1/‖ΛH‖ and there would be too many.
  private var tooStiff: PotentialForce {
    let nowhere = Block(dimension: field.dimension, lanes: field.lanes, repeating: .nan)
    return PotentialForce(
      force: nowhere, truncationErrors: [Double](repeating: 0, count: field.lanes), roundingBounds: rounding,
      undefinedReasons: [UndefinedForce?](
        repeating: .flowTooStiff(rateTimesNorm: learningRate * curvature), count: field.lanes))
  }

  /// Integrates from s = 0 to 1; `buriesLanes` says whether a lane that is not finite is set aside or stops everything.
  private func integrate(
    scales: [Double], isAlive: inout [Bool], buriesLanes: Bool
  ) throws(GSLError) -> (state: [Double], steps: Int) {
    let count = field.dimension * field.lanes
    var state = [Double](repeating: 0, count: count)
    var position = point
    var alive = Block(dimension: field.dimension, lanes: field.lanes) { mask in
      for k in mask.indices { mask[k] = isAlive[k % isAlive.count] ? 1 : 0 }
    }
    let spread = Block(dimension: field.dimension, lanes: field.lanes) { spread in
      for k in spread.indices { spread[k] = scales[k % scales.count] }
    }
    let inverse = Block(dimension: field.dimension, lanes: field.lanes) { inverse in
      for k in inverse.indices { inverse[k] = 1 / scales[k % scales.count] }
    }
    let steps = try ODEFlow.integrate(
      dimension: count, from: 0, to: 1, state: &state, absoluteTolerance: Self.tolerance, relativeTolerance: 0,
      initialStep: firstStep, maximumSteps: Self.mostSteps, trialSteps: Self.trialSteps
    ) { time, state, slope in
      move(&position, time: time, state: state, spread: spread, alive: alive)
      let value = field.evaluate(at: position)
      if write(value, into: slope, inverse: inverse, alive: alive) { return true }
      if !buriesLanes { return false }
      bury(value, &alive)
      return write(value, into: slope, inverse: inverse, alive: alive)
    }
    isAlive = (0..<field.lanes).map { alive.entries[$0] != 0 }
    return (state, steps)
  }

  /// Sets the lanes aside in which a value is not finite.
  private func bury(_ value: Block, _ alive: inout Block) {
    for lane in 0..<field.lanes where !value.vector(lane: lane).allSatisfy(\.isFinite) {
      for i in 0..<field.dimension { alive[i, lane] = 0 }
    }
  }

  /// θ − sηG + η a y; lanes that were set aside stay at θ.
  private func move(
    _ position: inout Block, time: Double, state: UnsafeBufferPointer<Double>, spread: Block, alive: Block
  ) {
    let eta = learningRate
    position.entries.withUnsafeMutableBufferPointer { position in
      point.entries.withUnsafeBufferPointer { point in
        start.entries.withUnsafeBufferPointer { start in
          spread.entries.withUnsafeBufferPointer { scale in
            alive.entries.withUnsafeBufferPointer { alive in
              for k in position.indices {
                position[k] = point[k] + alive[k] * eta * (scale[k] * state[k] - time * start[k])
              }
            }
          }
        }
      }
    }
  }

  /// y′ = −[G − G(θ)] / a, 0 in lanes that were set aside; false where another lane is not finite.
  private func write(
    _ value: Block, into slope: UnsafeMutableBufferPointer<Double>, inverse: Block, alive: Block
  ) -> Bool {
    let infinite: UInt64 = 0x7FF0_0000_0000_0000
    var bad: UInt64 = 0
    value.entries.withUnsafeBufferPointer { value in
      start.entries.withUnsafeBufferPointer { start in
        inverse.entries.withUnsafeBufferPointer { inverse in
          alive.entries.withUnsafeBufferPointer { alive in
            for k in slope.indices {
              let change = (start[k] - value[k]) * inverse[k]
              let rate = alive[k] == 0 ? 0 : change
              slope[k] = rate
              bad |= (rate.bitPattern & infinite) == infinite ? 1 : 0
            }
          }
        }
      }
    }
    return bad == 0
  }
}
