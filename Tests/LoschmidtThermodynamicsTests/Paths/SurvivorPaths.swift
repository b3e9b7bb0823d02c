import Foundation
import LoschmidtDynamics

@testable import LoschmidtThermodynamics

/// All states of a trajectory that does not diverge, from the start on.
struct SurvivorPath {
  /// The number of the trajectory.
  let number: Int
  let states: [ReplayedState]

  subscript(step: Int) -> ReplayedState { states[step] }
  var last: ReplayedState? { states.last }
  func dropFirst(_ count: Int) -> ArraySlice<ReplayedState> { states.dropFirst(count) }
}

/// The paths of the trajectories that do not diverge, each replayed alone, in their order.
func survivors(of ensemble: Ensemble) throws -> [SurvivorPath] {
  try (0..<ensemble.trajectories).compactMap { number in
    var states: [ReplayedState] = []
    let divergence = try ensemble.replay(trajectory: number) { states.append($0) }
    return divergence == nil ? SurvivorPath(number: number, states: states) : nil
  }
}

/// The states after counted steps.
func counted(_ path: SurvivorPath) -> [ReplayedState] { Array(path.dropFirst(SurvivorCase.burnIn + 1)) }

// MARK: Sums written out once more

func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }

func standardError(_ values: [Double]) -> Double {
  let centre = mean(values)
  let scatter = values.reduce(0) { $0 + ($1 - centre) * ($1 - centre) }
  return (scatter / Double(values.count * (values.count - 1))).squareRoot()
}

/// Mean and its error, covariance and its error, of two quantities along each trajectory; averages in time come first.
func inTime(_ a: [[Double]], _ b: [[Double]]) -> [Double] {
  let count = Double(a.count)
  // About the overall means, so that nothing cancels.
  let (centreA, centreB) = (mean(a.map(mean)), mean(b.map(mean)))
  let (deviationsA, deviationsB) = (a.map { mean($0) - centreA }, b.map { mean($0) - centreB })
  let products = zip(a, b).map { a, b in mean(zip(a, b).map { ($0 - centreA) * ($1 - centreB) }) }
  let scatter = zip(deviationsA, deviationsB).reduce(0) { $0 + $1.0 * $1.1 }
  return [
    centreA, standardError(a.map(mean)), mean(products) + scatter / (count * (count - 1)), standardError(products),
  ]
}

func numbers(_ product: TimeAveragedProduct) -> [Double] {
  [product.mean, product.meanStandardError, product.covariance, product.covarianceStandardError]
}

/// The six currents of a step of two coordinates: j_b, then j_ab row by row.
func stepCurrents(from x: [Double], to y: [Double]) -> [Double] {
  let moves = [y[0] - x[0], y[1] - x[1]]
  let middle = [0.5 * (x[0] + y[0]), 0.5 * (x[1] + y[1])]
  return moves + middle.flatMap { place in moves.map { place * $0 } }
}

/// ln of the density of the start of the quartic process.
func startDensity(_ theta: [Double]) -> Double {
  let u = theta[0] / SurvivorCase.start
  return -0.5 * (u * u + theta[1] * theta[1]) - log(2 * .pi * SurvivorCase.start)
}

/// ln of the density of N((½, −½), diag(v, 4)).
func gaussian(_ theta: [Double], _ variance: Double = 0.25) -> Double {
  let (u, w) = (theta[0] - 0.5, theta[1] + 0.5)
  return -0.5 * (u * u / variance + w * w / 4) - log(2 * .pi * (variance * 4).squareRoot())
}

/// The largest deviation, relative where a number is above 1.
func deviation(_ found: [Double], _ expected: [Double]) -> Double {
  if found.count != expected.count { return .infinity }
  return zip(found, expected).reduce(0) { largest, pair in
    let difference = abs(pair.0 - pair.1) / max(1, abs(pair.1))
    return difference.isNaN ? .infinity : max(largest, difference)
  }
}
