import LoschmidtNumerics
import LoschmidtReports

/// The table `histogram` of two samples on one set of bins that is symmetric about 0.
enum FluctuationHistogram {
  static let binsPerSide = 40
  /// How wide bins of R at 0 may be, in nats: the ratio of a bin and its mirror image is that at the centres only where e^R
  /// is about the same all over it.
  private static let innermost = 0.25

  /// Densities of a forward and a reverse sample with their standard errors; `nil` without values.
  ///
  /// The bins hold all but one in a thousand of the values by magnitude; where that is far out, they are wider there.
  static func table(forward: [Double], reverse: [Double], unit: String = "nats") -> Table? {
    guard !forward.isEmpty, !reverse.isEmpty else { return nil }
    let edges = Histogram.symmetricEdges(
      for: forward + reverse, binsPerSide: binsPerSide, outside: 1e-3, innermost: innermost)
    return table(forward: forward, reverse: reverse, edges: edges, unit: unit)
  }

  /// The same in bins that lie about the values, for a quantity that has no symmetry about 0.
  static func shiftedTable(forward: [Double], reverse: [Double], unit: String) -> Table? {
    guard !forward.isEmpty, !reverse.isEmpty else { return nil }
    let sorted = (forward + reverse).filter(\.isFinite).sorted()
    let outside = sorted.count / 2000
    guard let first = sorted.dropFirst(outside).first, let last = sorted.dropLast(outside).last, first < last else {
      return nil
    }
    let bins = 2 * binsPerSide
    let edges = (0...bins).map { first + (last - first) * Double($0) / Double(bins) }
    return table(forward: forward, reverse: reverse, edges: edges, unit: unit)
  }

  private static func table(forward: [Double], reverse: [Double], edges: [Double], unit: String) -> Table {
    let histograms = [forward, reverse].map { values -> Histogram in
      var histogram = Histogram(edges: edges)
      for value in values { histogram.add(value) }
      return histogram
    }
    var table = Table(
      columns: [
        .init("lower", unit: unit), .init("upper", unit: unit), .init("forward", unit: "1/\(unit)"),
        .init("reverse", unit: "1/\(unit)"), .init("forward_se", unit: "1/\(unit)"),
        .init("reverse_se", unit: "1/\(unit)"),
      ])
    let densities = histograms.map(\.densities)
    for bin in 0..<edges.count - 1 {
      let errors = histograms.map { standardError($0, bin) }
      table.append([
        .real(edges[bin]), .real(edges[bin + 1]), .real(densities[0][bin]), .real(densities[1][bin]), .real(errors[0]),
        .real(errors[1]),
      ])
    }
    return table
  }

  /// The binomial standard error √(p(1 − p)/N) of the share of a bin, divided by its width.
  private static func standardError(_ histogram: Histogram, _ bin: Int) -> Double {
    let total = Double(histogram.total)
    guard total > 0 else { return 0 }
    let share = Double(histogram.counts[bin]) / total
    return (share * (1 - share) / total).squareRoot() / (histogram.edges[bin + 1] - histogram.edges[bin])
  }
}
