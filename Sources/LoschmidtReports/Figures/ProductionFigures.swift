/// The entropy production per step and its parts side by side: the numbers of `entropy-production`.
enum ProductionFigures {
  private static let measured = [
    "per-step", "extended", "marginal", "housekeeping", "excess", "tur.bound",
  ]
  private static let exact = ["exact.per-step", "exact.marginal", "leading.per-step"]

  static func figures(_ experiment: ExperimentResult) -> [Figure] {
    guard experiment.kind == "entropy-production" else { return [] }
    let names = (measured + exact).filter { experiment.number($0) != nil }
    guard names.count >= 2 else { return [] }
    func rows(_ wanted: [String]) -> [[Double]] {
      names.enumerated().compactMap { place, name in
        guard wanted.contains(name), let figure = experiment.number(name), let value = figure.value else { return nil }
        return [Double(place), value, figure.standardError ?? 0]
      }
    }
    let figure = Figure(
      "parts", title: "Entropy production per step and its parts",
      caption:
        "Each measured number with one standard error, beside what is known without simulation. Reversible is 0.",
      horizontal: .init("quantity", categories: names), vertical: .init("entropy per step", unit: "nats"),
      series: [
        .init(
          nil, .dashes, colour: 0, rows: [[-0.6, 0], [Double(names.count) - 0.4, 0]]),
        .init("measured", .points(joined: false), colour: 1, rows: rows(measured)),
        .init("exact or expanded", .points(joined: false), colour: 2, rows: rows(exact)),
      ])
    return figure.map { [$0] } ?? []
  }
}
