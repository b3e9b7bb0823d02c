import Foundation

/// The eigenvalues of the operator that moves second moments by a step, in the complex plane: table `spectrum`.
enum SpectrumFigures {
  static func figures(_ experiment: ExperimentResult) -> [Figure] {
    guard let table = experiment.table("spectrum") else { return [] }
    let values = zip(table.reals("real"), table.reals("imaginary")).compactMap { real, imaginary in
      real.flatMap { real in imaginary.map { [real, $0, 0] } }
    }
    let circle = (0...180).map { step -> [Double] in
      let angle = Double(step) * .pi / 90
      return [cos(angle), sin(angle)]
    }
    let figure =
      values.isEmpty
      ? nil
      : Figure(
        "spectrum", title: "Spectrum of the second-moment operator",
        caption:
          "Eigenvalues of the operator that takes the second moments of the parameters over one step, exact. Inside the "
          + "unit circle the moments settle; the farther out, the slower.",
        horizontal: .init("real part", unit: nil), vertical: .init("imaginary part", unit: nil),
        series: [
          .init("unit circle", .dashes, colour: 0, rows: circle),
          .init("eigenvalues", .points(joined: false), colour: 1, rows: values),
        ], hasEqualUnits: true)
    return figure.map { [$0] } ?? []
  }
}
