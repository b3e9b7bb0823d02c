import LoschmidtThermodynamics

/// Which averages of `stationary` have no standard error by the tails of what was sampled, where no operator tells it.
///
/// Of the values at the last step, one of each trajectory, which are independent. The values of an observable with the tail
/// index α have a mean with an error where α > 2, and a variance with an error where α > 4.
struct StationaryTails {
  private let observables: Int
  private let coordinates: Int
  private let rows: [[Double]]

  /// The tails of a sample; nothing is gated where the operator of a step says which moments exist.
  init(_ sample: StationarySample, observables: Int, missing: MissingMoments) {
    self.observables = observables
    rows = missing.isKnown(order: 4) ? [] : sample.ends.rows
    coordinates = max(0, rows.count - observables - 2)
  }

  /// Why a mean (power 1) or a variance (power 2) of an observable has no error; `nil` where nothing speaks against it.
  func reason(observable: Int, power: Int) -> String? {
    guard rows.indices.contains(observable) else { return nil }
    return TailGate(spreadOf: rows[observable]).reason(power: power, of: "the values at the end")
  }

  /// The same of a coordinate; where not every one is kept, that of the distance.
  func reason(coordinate: Int, power: Int) -> String? {
    guard coordinate < coordinates else { return coordinates == 0 ? reason(distance: power) : nil }
    return reason(observable: observables + coordinate, power: power)
  }

  /// Why the trace of the covariance has no error, power 2.
  func reason(distance power: Int) -> String? {
    guard rows.count > 1 else { return nil }
    return TailGate(rows[rows.count - 2]).reason(power: power, of: "the distances at the end")
  }

  /// Why the ratio of the fluctuation-dissipation relation has none.
  var relation: String? {
    guard let differences = rows.last else { return nil }
    return TailGate(spreadOf: differences).reason(
      power: 1, areSquares: true, of: "the differences of the two sides at the end")
  }
}
