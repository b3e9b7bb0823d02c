import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtReports
import LoschmidtThermodynamics

/// The columns of `stationary` with the values of the equation itself, beside those of the steps that integrate it.
struct ContinuumColumns {
  private let plan: SimulationPlan
  private let moments: Result<StationaryMoments, StationaryMoments.Missing>

  /// The values of a plan; missing for other rules than `modified-sde`.
  init(_ plan: SimulationPlan) {
    self.plan = plan
    do throws(StationaryMoments.Missing) {
      moments = .success(try StationaryMoments.continuum(plan))
    } catch { moments = .failure(error) }
  }

  /// `continuum_mean` and `continuum_variance` of an observable.
  func cells(of observable: Expression) -> [Cell] {
    switch moments {
    case .failure(let missing): return [.missing(reason: missing.sentence), .missing(reason: missing.sentence)]
    case .success(let moments):
      let value = StationaryExact.value(observable, moments, plan)
      return [.finite(value.mean, otherwise: value.reason), .finite(value.variance, otherwise: value.reason)]
    }
  }

  /// The same of a coordinate.
  func cells(ofCoordinate i: Int) -> [Cell] {
    switch moments {
    case .failure(let missing): [.missing(reason: missing.sentence), .missing(reason: missing.sentence)]
    case .success(let moments):
      [
        .finite(moments.mean[i], otherwise: "the value is not finite"),
        .finite(moments.covariance[i, i], otherwise: "the value is not finite"),
      ]
    }
  }

  /// `continuum` of a pair of coordinates.
  func cell(ofPair pair: (Int, Int)) -> Cell {
    switch moments {
    case .failure(let missing): .missing(reason: missing.sentence)
    case .success(let moments):
      .finite(moments.covariance[pair.0, pair.1], otherwise: "the value is not finite")
    }
  }
}
