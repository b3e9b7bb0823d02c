import LoschmidtNumerics
import LoschmidtReports

/// The table `histogram` of two samples on one set of bins that is symmetric about 0.
enum FluctuationHistogram {
  static let binsPerSide = 40

  /// Densities of a forward and a reverse sample; `nil` without values.
  ///
  /// The bins hold all but one in a thousand of the values by magnitude.
  static func table(forward: [Double], reverse: [Double], unit: String = "nats") -> Table? {
    guard !forward.isEmpty, !reverse.isEmpty else { return nil }
    let edges = Histogram.symmetricEdges(for: forward + reverse, binsPerSide: binsPerSide, outside: 1e-3)
    let densities = [forward, reverse].map { values -> [Double] in
      var histogram = Histogram(edges: edges)
      for value in values { histogram.add(value) }
      return histogram.densities
    }
    var table = Table(
      columns: [
        .init("lower", unit: unit), .init("upper", unit: unit), .init("forward", unit: "1/\(unit)"),
        .init("reverse", unit: "1/\(unit)"),
      ])
    for bin in 0..<edges.count - 1 {
      table.append([.real(edges[bin]), .real(edges[bin + 1]), .real(densities[0][bin]), .real(densities[1][bin])])
    }
    return table
  }
}
