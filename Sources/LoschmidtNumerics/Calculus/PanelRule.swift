/// A quadrature on an interval in panels of eight Gauss–Legendre nodes, which are as narrow as a function asks for.
///
/// Panels are halved until the polynomial through the values of the function at their nodes agrees with the function at
/// points between them, and until the function varies little enough. Where it has a jump or a kink, panels of the
/// narrowest width close in on it: what an integral over them is wrong by is of the order of that width.
public struct PanelRule: Sendable {
  /// What a function asks for.
  public struct Demands: Sendable {
    /// The widest panel.
    public var widest: Double
    /// A panel so narrow is not halved.
    public var narrowest: Double
    /// What the polynomial of a panel may be wrong by.
    public var tolerance: Double
    /// How much the function may vary in a panel.
    public var variation: Double
    /// At most so many panels.
    public var largestCount: Int

    /// The demands, in the order of their declaration.
    public init(widest: Double, narrowest: Double, tolerance: Double, variation: Double, largestCount: Int) {
      self.widest = widest
      self.narrowest = narrowest
      self.tolerance = tolerance
      self.variation = variation
      self.largestCount = largestCount
    }
  }

  /// Where panels begin, ascending, and the end of the last one.
  public let edges: [Double]
  /// The nodes, ascending.
  public let nodes: [Double]
  /// Their weights, which add up to the length of the interval.
  public let weights: [Double]
  /// The width of the narrowest panel.
  public let narrowestPanel: Double

  /// Nodes in −1 … 1 and weights that add up to 2, by `numpy.polynomial.legendre.leggauss(8)`.
  private static let half: [(node: Double, weight: Double)] = [
    (0.18343464249564978, 0.36268378337836166), (0.525532409916329, 0.3137066458778869),
    (0.7966664774136267, 0.22238103445337443), (0.9602898564975362, 0.10122853629037706),
  ]
  private static let reference = half.reversed().map { (node: -$0.node, weight: $0.weight) } + half
  /// (−1)^j √((1 − x_j²) w_j): the weights of the barycentric formula in Gauss–Legendre nodes.
  private static let barycentric = reference.enumerated().map { index, point in
    (index % 2 == 0 ? 1.0 : -1.0) * ((1 - point.node * point.node) * point.weight).squareRoot()
  }
  /// Points at which a panel of the widest width is tested; narrower ones have fewer.
  private static let probesOfTheWidest = 32.0

  /// The panels that a function asks for; `nil` where they would be too many.
  public init?(_ interval: ClosedRange<Double>, following function: (Double) -> Double, _ demands: Demands) {
    let length = interval.upperBound - interval.lowerBound
    let count = (length / demands.widest).rounded(.up)
    guard length > 0, count <= Double(demands.largestCount) else { return nil }
    var edges = [interval.lowerBound]
    for index in 0...Int(count) {
      // The first panel is shorter and the last one has what it lacks: halving then meets no round number, where kinks are.
      let start = index == 0 ? interval.lowerBound : interval.lowerBound + length * (Double(index) - 0.381966) / count
      let end =
        index == Int(count) ? interval.upperBound : interval.lowerBound + length * (Double(index) + 0.618034) / count
      // The panels that are still to be tested, the leftmost one last.
      var pending = [(start, end)]
      while let (lower, upper) = pending.popLast() {
        let middle = 0.5 * (lower + upper)
        if upper - lower <= demands.narrowest || middle <= lower || middle >= upper
          || Self.isResolved(lower, upper, function, demands)
        {
          edges.append(upper)
        } else {
          pending += [(middle, upper), (lower, middle)]
        }
        if edges.count + pending.count > demands.largestCount + 1 { return nil }
      }
    }
    self.init(edges: edges)
  }

  /// The rule with these panels.
  private init(edges: [Double]) {
    self.edges = edges
    var (nodes, weights) = ([Double](), [Double]())
    nodes.reserveCapacity(8 * edges.count)
    weights.reserveCapacity(8 * edges.count)
    var narrowest = Double.infinity
    for (lower, upper) in zip(edges, edges.dropFirst()) {
      let (centre, half) = (0.5 * (lower + upper), 0.5 * (upper - lower))
      narrowest = min(narrowest, upper - lower)
      for point in Self.reference {
        nodes.append(centre + half * point.node)
        weights.append(half * point.weight)
      }
    }
    (self.nodes, self.weights, narrowestPanel) = (nodes, weights, narrowest)
  }

  /// The rule with every panel halved that is wider than a width.
  public func halved(downTo width: Double) -> PanelRule {
    var halves = edges.prefix(1).map { $0 }
    for (lower, upper) in zip(edges, edges.dropFirst()) {
      let middle = 0.5 * (lower + upper)
      if upper - lower > width, middle > lower, middle < upper { halves.append(middle) }
      halves.append(upper)
    }
    return PanelRule(edges: halves)
  }

  /// Whether the polynomial of a panel is the function there.
  private static func isResolved(
    _ lower: Double, _ upper: Double, _ function: (Double) -> Double, _ demands: Demands
  ) -> Bool {
    let (centre, half) = (0.5 * (lower + upper), 0.5 * (upper - lower))
    let values = reference.map { function(centre + half * $0.node) }
    guard let least = values.min(), let greatest = values.max(), greatest - least <= demands.variation else {
      return false
    }
    // Values are known to their rounding only.
    let tolerance = demands.tolerance + 1e-13 * max(abs(least), abs(greatest))
    let probes = max(12, Int(probesOfTheWidest * (upper - lower) / demands.widest))
    for index in -1...probes {
      // Multiples of the golden section: no period of the function can be theirs. Before them the ends, −1 and 1, since
      // the outer nodes see nothing that is closer to an end than they are.
      let fraction = (Double(index) * 0.618_033_988_749_894_8).truncatingRemainder(dividingBy: 1)
      let place = index < 1 ? Double(2 * index + 1) : 2 * fraction - 1
      var (above, below) = (0.0, 0.0)
      for (index, point) in reference.enumerated() {
        let share = barycentric[index] / (place - point.node)
        above += share * values[index]
        below += share
      }
      guard abs(above / below - function(centre + half * place)) <= tolerance else { return false }
    }
    return true
  }
}
