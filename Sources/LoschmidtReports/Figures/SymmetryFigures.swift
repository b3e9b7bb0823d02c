/// The emergent force along the orbits of symmetries and the drift of their charges, each against theory.
///
/// They are made from the numbers `orbit-derivative`, `charge-drift` and their exact companions.
enum SymmetryFigures {
  /// More of them would not find room for their names.
  private static let mostGenerators = 12

  static func figures(_ experiment: ExperimentResult) -> [Figure] {
    guard experiment.kind == "symmetry" else { return [] }
    return [force(experiment), drift(experiment), deviation(experiment)].compactMap { $0 }
  }

  private static func force(_ experiment: ExperimentResult) -> Figure? {
    compared(
      experiment, "orbit-derivative", as: "force", title: "The emergent force along each orbit",
      caption: "dφ/ds along the orbit of each generator, by differentiating φ and from the symmetry alone, "
        + "−(η/4) E gᵀ(K + Kᵀ)g. Both are exact; they vanish for isometries.",
      axis: .init("dφ/ds", unit: "loss"), measured: "derivative of φ")
  }

  private static func drift(_ experiment: ExperimentResult) -> Figure? {
    compared(
      experiment, "charge-drift", as: "drift", title: "The drift of the charges in one step",
      caption:
        "The mean change of Q = θᵀKθ in the first step, with one standard error, beside the exact value η² E gᵀKg. "
        + "Generators without a charge are left out; the numbers say why.",
      axis: .init("mean change of Q", unit: "θ^2"), measured: "measured")
  }

  private static func compared(
    _ experiment: ExperimentResult, _ family: String, as name: String, title: String, caption: String,
    axis: Figure.Axis, measured: String
  ) -> Figure? {
    let members = members(experiment, family)
    guard !members.isEmpty else { return nil }
    func rows(_ shift: Double, _ figure: (Member) -> FigureValue) -> [[Double]] {
      members.enumerated().compactMap { place, member in
        let figure = figure(member)
        return figure.value.map { [Double(place) + shift, $0, figure.standardError ?? 0] }
      }
    }
    let ends = [-0.6, Double(members.count) - 0.4]
    return Figure(
      name, title: title, caption: caption,
      horizontal: .init("generator", categories: members.map(\.name.shortened)), vertical: axis,
      series: [
        .init(nil, .dashes, colour: 0, rows: ends.map { [$0, 0] }),
        .init(measured, .points(joined: false), colour: 1, rows: rows(-0.1, \.measured)),
        .init("theory", .points(joined: false), colour: 2, rows: rows(0.1, \.exact)),
      ])
  }

  /// The drift again in its own errors, which are too small to be seen beside the drift.
  private static func deviation(_ experiment: ExperimentResult) -> Figure? {
    let members = members(experiment, "charge-drift")
    return DeviationFigure.figure(
      "drift-deviation", title: "The drift of the charges against theory",
      subject: "Measured minus exact drift in standard errors.", axis: "generator",
      names: members.map(\.name.shortened),
      series: [
        (
          "charge drift",
          members.map {
            DeviationFigure.deviation(
              $0.measured.value, error: $0.measured.standardError, exact: $0.exact.value)
          }
        )
      ])
  }

  private struct Member {
    var name: String
    var measured: FigureValue
    var exact: FigureValue
  }

  /// The generators, with points their points too, that have both numbers.
  private static func members(_ experiment: ExperimentResult, _ family: String) -> [Member] {
    let exact = "\(family).exact."
    let found = experiment.figures.compactMap { figure -> Member? in
      guard figure.name.hasPrefix(exact), figure.value.value != nil else { return nil }
      let name = String(figure.name.dropFirst(exact.count))
      return experiment.number("\(family).\(name)").map { Member(name: name, measured: $0, exact: figure.value) }
    }
    return Array(found.prefix(mostGenerators))
  }
}
