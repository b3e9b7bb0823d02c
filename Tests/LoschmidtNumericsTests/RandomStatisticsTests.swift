import Foundation
import LoschmidtNumerics
import LoschmidtTestSupport
import Testing

/// Statistical checks of standard normal numbers that lie in steps × coordinates × lanes.
///
/// Each check rejects true normal numbers with a probability of about 1e-6 or less.
private struct NormalBattery {
  /// A distance between two numbers in the block.
  enum Lag: Hashable {
    case steps(Int), coordinates(Int), lanes(Int)
  }

  enum Check: Hashable {
    /// The mean of xᵏ.
    case moment(Int)
    /// The largest distance of the distribution function, of the first 10⁵ numbers.
    case kolmogorov
    /// 64 cells of equal probability.
    case cells
    /// 8 × 8 such cells of the steps 2m and 2m + 1, which share a counter.
    case pairCells
    /// The mean of He(x) He(y) at a lag, for the Hermite polynomial of this degree: 2 finds squares that go together.
    case product(degree: Int, Lag)

    static let all: [Check] =
      (1...8).map { .moment($0) } + [.kolmogorov, .cells, .pairCells]
      + lags.flatMap { lag in
        (1...3).map { .product(degree: $0, lag) }
      }
    static let lags: [Lag] = [
      .steps(1), .steps(2), .steps(3), .coordinates(1), .coordinates(2), .lanes(1), .lanes(2), .lanes(4), .lanes(8),
    ]
  }

  static let (steps, dimension, lanes) = (256, 4, 256)
  static var count: Int { steps * dimension * lanes }
  /// Step, coordinate, lane, from the slowest to the fastest.
  var values: [Double]

  init(_ values: [Double]) { self.values = values }

  init(_ source: any RandomSource, purpose: RandomPurpose = .thermal) {
    values = numbers(Self.count) { target in
      for step in 0..<Self.steps {
        let place = target + step * Self.dimension * Self.lanes
        source.normals(purpose, step: step, into: place, dimension: Self.dimension)
      }
    }
  }

  /// Whether the check finds that the numbers are not independent standard normal ones.
  func rejects(_ check: Check) -> Bool {
    switch check {
    case .moment(let order):
      // x⁵ to x⁸ have sums so skewed or heavy-tailed that 5 standard errors would come with probability 1e-4; the
      // leading correction exp(γt³/6) leaves 1e-6 at 6.5.
      abs(momentDeviation(order)) > (order <= 4 ? 5 : 6.5)
    case .kolmogorov: kolmogorovDistance() > (log(2 / 1e-6) / 2e5).squareRoot()  // Massart's bound
    case .cells: tail(cellCounts(of: values.map { Self.cell($0, of: 64) }, 64)) < 1e-6
    case .pairCells: tail(cellCounts(of: pairCells(), 64)) < 1e-6
    case .product(let degree, let lag): abs(productDeviation(degree, lag)) > 5
    }
  }

  private func momentDeviation(_ order: Int) -> Double {
    func moment(_ k: Int) -> Double { k % 2 == 1 ? 0 : stride(from: 1, to: k, by: 2).reduce(1) { $0 * Double($1) } }
    let sum = values.reduce(0.0) { sum, x in
      let square = x * x
      let half = order / 2 == 0 ? 1 : order / 2 == 1 ? square : order / 2 == 2 ? square * square : 0
      let even = half != 0 ? half : order / 2 == 3 ? square * square * square : square * square * square * square
      return sum + (order % 2 == 0 ? even : even * x)
    }
    let variance = moment(2 * order) - moment(order) * moment(order)
    let n = Double(values.count)
    return (sum / n - moment(order)) / (variance / n).squareRoot()
  }

  private func kolmogorovDistance() -> Double {
    let sorted = values.prefix(100_000).sorted()
    let n = Double(sorted.count)
    return sorted.enumerated().reduce(0) { distance, element in
      let below = 0.5 * erfc(-element.element / 2.0.squareRoot())
      return max(distance, below - Double(element.offset) / n, Double(element.offset + 1) / n - below)
    }
  }

  private static func cell(_ x: Double, of count: Int) -> Int {
    min(count - 1, Int(Double(count) * 0.5 * erfc(-x / 2.0.squareRoot())))
  }

  private func pairCells() -> [Int] {
    let width = Self.dimension * Self.lanes
    return (0..<(Self.count / 2)).map { k in
      let even = k / width * 2 * width + k % width
      return 8 * Self.cell(values[even], of: 8) + Self.cell(values[even + width], of: 8)
    }
  }

  private func cellCounts(of cells: [Int], _ count: Int) -> [Int] {
    var counts = [Int](repeating: 0, count: count)
    for cell in cells { counts[cell] += 1 }
    return counts
  }

  private func tail(_ counts: [Int]) -> Double {
    let mean = Double(counts.reduce(0, +)) / Double(counts.count)
    let statistic = counts.reduce(0.0) { $0 + (Double($1) - mean) * (Double($1) - mean) / mean }
    return (try? TailProbabilities.chiSquaredTail(statistic, degreesOfFreedom: Double(counts.count - 1))) ?? 0
  }

  /// The mean of He(x) He(y) in units of its standard error: He has variance `degree`!, and the products are
  /// uncorrelated among each other.
  private func productDeviation(_ degree: Int, _ lag: Lag) -> Double {
    let hermite = values.map { x in degree == 1 ? x : degree == 2 ? x * x - 1 : x * (x * x - 3) }
    let (offset, run, period) =
      switch lag {
      case .steps(let k): (k * Self.dimension * Self.lanes, Self.count - k * Self.dimension * Self.lanes, Self.count)
      case .coordinates(let k): (k * Self.lanes, (Self.dimension - k) * Self.lanes, Self.dimension * Self.lanes)
      case .lanes(let k): (k, Self.lanes - k, Self.lanes)
      }
    var (sum, pairs) = (0.0, 0)
    hermite.withUnsafeBufferPointer { h in
      for start in stride(from: 0, to: Self.count, by: period) {
        for k in start..<(start + run) { sum += h[k] * h[k + offset] }
        pairs += run
      }
    }
    let variance = [1.0, 2, 6][degree - 1]
    return sum / (variance * Double(pairs).squareRoot())
  }
}

@Suite("Statistics of the normal numbers")
struct RandomStatisticsTests {
  static let key = StreamKey(seed: 20_241_124)

  private static func source(_ experiment: Int = 0) throws -> any RandomSource {
    try PhiloxSource(key: StreamKey(seed: 20_241_124, experiment: experiment), lanes: NormalBattery.lanes)
  }

  @Test("Philox with Box and Muller passes every check")
  func philox() throws {
    let battery = NormalBattery(try Self.source())
    #expect(NormalBattery.Check.all.filter(battery.rejects).isEmpty)
  }

  @Test("numbers of different purposes, blocks and experiments are independent")
  func independence() throws {
    let base = NormalBattery(try Self.source()).values
    let far = try Self.source()
    far.begin(firstTrajectory: 1 << 32)
    let others = [
      NormalBattery(try Self.source(), purpose: .gradientNoise), NormalBattery(far), NormalBattery(try Self.source(1)),
    ]
    // Put side by side as lanes 0 to 127 of one and of the other: their products are those of lane lag 128.
    for other in others {
      let (sum, squares) = zip(base, other.values).reduce((0.0, 0.0)) { sums, pair in
        (sums.0 + pair.0 * pair.1, sums.1 + (pair.0 * pair.0 - 1) * (pair.1 * pair.1 - 1))
      }
      let error = Double(base.count).squareRoot()
      #expect(abs(sum) <= 5 * error && abs(squares) <= 5 * 2 * error)  // variances 1 and 2 × 2
    }
  }

  /// Wrong numbers, each made of true ones, and a check that must see what is wrong.
  private static let controls: [(name: String, check: NormalBattery.Check, make: @Sendable ([Double]) -> [Double])] = [
    ("shifted by 0.05", .moment(1), { $0.map { $0 + 0.05 } }),
    ("shifted by 0.05", .kolmogorov, { $0.map { $0 + 0.05 } }),
    ("2 % too wide", .moment(2), { $0.map { 1.02 * $0 } }),
    ("4 % too wide", .cells, { $0.map { 1.04 * $0 } }),
    ("skewed", .moment(3), { $0.map { $0 + 0.02 * ($0 * $0 - 1) } }),
    ("cut off at 2.5", .moment(6), { $0.map { max(-2.5, min(2.5, $0)) } }),
    ("cut off at 2.8", .moment(8), { $0.map { max(-2.8, min(2.8, $0)) } }),
    ("every step keeps 2 % of the last", .product(degree: 1, .steps(1)), mix(distance: 1024, 0.02)),
    ("every coordinate has 2 % of the next", .product(degree: 1, .coordinates(1)), mix(distance: 256, 0.02)),
    ("every trajectory has 2 % of its neighbour", .product(degree: 1, .lanes(1)), mix(distance: 1, 0.02)),
    ("the size of the step before", .product(degree: 2, .steps(1)), { sizes($0, distance: 1024) }),
    ("the size of the trajectory before", .product(degree: 2, .lanes(1)), { sizes($0, distance: 1) }),
    ("both steps of a pair of one size", .pairCells, { sizes($0, distance: 1024) }),
  ]

  private static func mix(distance: Int, _ share: Double) -> @Sendable ([Double]) -> [Double] {
    { values in
      values.indices.map { values[$0] + share * values[($0 + distance) % values.count] }
    }
  }

  /// Numbers a tenth of which have the size, but not the sign, of the one at `distance` before them.
  private static func sizes(_ values: [Double], distance: Int) -> [Double] {
    values.indices.map { k in
      k >= distance && k % 10 == 0
        ? values[k].sign == .plus ? abs(values[k - distance]) : -abs(values[k - distance])
        : values[k]
    }
  }

  @Test("every control is rejected")
  func wrongNumbers() throws {
    let values = NormalBattery(try Self.source()).values
    for control in Self.controls {
      let isRejected = NormalBattery(control.make(values)).rejects(control.check)
      #expect(isRejected, "\(control.name), \(control.check)")
    }
  }

  @Test("every algorithm has the mean, the variance and no correlation", arguments: RandomGenerator.Algorithm.allCases)
  func algorithms(algorithm: RandomGenerator.Algorithm) throws {
    let battery = NormalBattery(try algorithm.source(key: Self.key, lanes: NormalBattery.lanes))
    let checks: [NormalBattery.Check] = [
      .moment(1), .moment(2), .moment(4), .product(degree: 1, .steps(1)), .product(degree: 1, .lanes(1)),
    ]
    #expect(checks.filter(battery.rejects).isEmpty)
  }
}
