import LoschmidtReports
import LoschmidtThermodynamics

extension ExponentialAverage {
  /// The average with what tells how far it can be trusted.
  func figures(prefix: String) -> [(name: String, value: FigureValue)] {
    [
      (
        "\(prefix).estimate",
        figure(mean, standardError, otherwise: "the average of e^−R exceeds the range of numbers")
      ),
      ("\(prefix).effective-sample-size", .descriptive(effectiveSampleSize, otherwise: "the weights are not finite")),
      ("\(prefix).largest-share", .descriptive(largestShare, otherwise: "the weights are not finite")),
      (
        "\(prefix).pareto-k",
        .descriptive(tail?.shape, otherwise: "too few of the weights differ for a fit of their tail")
      ),
    ]
  }

  /// A number made of the average, with its error where the average has one.
  ///
  /// What makes the verdict undecided says that the scatter of the weights is not the error: then there is none, and the
  /// value carries the reason.
  func figure(
    _ value: Double, _ standardError: Double, unit: String? = nil, otherwise reason: String
  ) -> FigureValue {
    let doubts = doubts
    guard value.isFinite, !doubts.isEmpty else {
      return .measured(value, standardError, unit: unit, otherwise: reason)
    }
    return .withoutError(value, unit: unit, reason: "no error: " + doubts.map(\.clause).joined(separator: "; "))
  }
}
