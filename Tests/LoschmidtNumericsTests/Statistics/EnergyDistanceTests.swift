import LoschmidtNumerics
import LoschmidtTestSupport
import Testing

@Suite struct EnergyDistanceTests {
  /// Independent vectors, uniform on a cube of side `width` whose corner is at `offset` in every coordinate.
  static func sample(
    _ count: Int, _ dimension: Int, offset: Double = 0, width: Double = 1, _ random: inout TestRandom
  ) -> [[Double]] {
    (0..<count).map { _ in random.vector(dimension, in: 0...1).map { offset + width * $0 } }
  }

  /// E by its definition, over ordered pairs: another arrangement of the sums.
  static func energy(_ x: [[Double]], _ y: [[Double]]) -> Double {
    func distance(_ a: [Double], _ b: [Double]) -> Double {
      zip(a, b).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
    }
    func within(_ z: [[Double]]) -> Double {
      let sum = z.reduce(0) { sum, a in z.reduce(sum) { $0 + distance(a, $1) } }
      return sum / Double(z.count * (z.count - 1))
    }
    let between = x.reduce(0) { sum, a in y.reduce(sum) { $0 + distance(a, $1) } } / Double(x.count * y.count)
    return 2 * between - within(x) - within(y)
  }

  @Test func handArithmetic() throws {
    // 2 (3 + 5 + 2 + 4)/4 − 1 − 2, all whole.
    #expect(try #require(EnergyDistance([[0], [1]], [[3], [5]])).value == 4)
    // 3-4-5 triangles: 2 (5 + 5 + 10 + 0)/4 − 5 − 5.
    #expect(
      try #require(EnergyDistance([[0, 0], [3, 4]], [[3, 4], [6, 8]])).value == 2 * (5 + 10 + 0 + 5) / 4 - 10)
    #expect(EnergyDistance([[0], [.nan]], [[3], [5]]) == nil)
    #expect(EnergyDistance([[0], [1e200]], [[-1e200], [5]]) == nil)
  }

  /// Of one law the whole error is the scatter of the estimate over repetitions; the projections alone see a part of it.
  @Test func theWholeErrorIsTheScatterUnderEquality() throws {
    var random = TestRandom(seed: 41)
    var (sum, squares, errors, spreads) = (0.0, 0.0, 0.0, 0.0)
    let repetitions = 400
    for _ in 0..<repetitions {
      let distance = try #require(
        EnergyDistance(Self.sample(60, 2, &random), Self.sample(90, 2, &random)))
      sum += distance.value
      squares += distance.value * distance.value
      errors += distance.wholeError * distance.wholeError
      spreads += distance.spread
      #expect(distance.wholeError > distance.standardError)
    }
    let count = Double(repetitions)
    // The projections of a sample scatter by themselves and add twice the variance, so that the ratio is about 3, on the
    // safe side; a variance of 400 skewed values is known to about 12 %, and five of these are allowed.
    #expect(errors / squares > 1.2 && errors / squares < 4.8, "\(errors / squares)")
    // Unbiased: five errors of the mean.
    #expect(abs(sum / count) < 5 * (squares / count / count).squareRoot())
    // The mean distance in a unit square, 0.5214054331647, the standard deviation of a mean of 90 below 0.02.
    #expect(abs(spreads / count - 0.5214054331647) < 5 * 0.02 / count.squareRoot())
  }

  @Test("in one dimension 2 ∫ (F − G)² dx, without the pairs of a value with itself")
  func integral() throws {
    var random = TestRandom(seed: 11)
    for (n, m) in [(5, 5), (12, 7), (3, 40)] {
      let x = Self.sample(n, 1, &random)
      let y = Self.sample(m, 1, offset: 0.3, &random)
      let points = (x + y).map { $0[0] }.sorted()
      var integral = 0.0
      for (left, right) in zip(points, points.dropFirst()) {
        let f = Double(x.count { $0[0] <= left }) / Double(n)
        let g = Double(y.count { $0[0] <= left }) / Double(m)
        // E|X − X′| = 2 ∫ F (1 − F) dx.
        let (first, second) = (f * (1 - f) / Double(n - 1), g * (1 - g) / Double(m - 1))
        let square = (f - g) * (f - g)
        integral += 2 * (square - first - second) * (right - left)
      }
      let distance = try #require(EnergyDistance(x, y))
      // Sums of at most 1600 terms of order 1/100, each good to some ulps.
      #expect(abs(distance.value - integral) < 1e-13)
      #expect(abs(distance.value - Self.energy(x, y)) < 1e-13)
    }
  }

  @Test("unbiased, with the error of its scatter")
  func scatter() throws {
    var random = TestRandom(seed: 12)
    let shift = 0.5
    var values = Moments()
    var errors = Moments()
    for _ in 0..<400 {
      let x = Self.sample(20, 1, &random)
      let y = Self.sample(30, 1, offset: shift, &random)
      let distance = try #require(EnergyDistance(x, y))
      values.add(distance.value)
      errors.add(distance.standardError)
    }
    // E|X − Y| = 1/3 + a² − a³/3 for uniform laws shifted by a ≤ 1.
    let exact = 2 * shift * shift - 2 * shift * shift * shift / 3
    #expect(abs(values.mean - exact) < 5 * values.standardError)
    // A standard deviation from 400 values is good to 1/√800; first-order projections leave out terms of order 1/20.
    let ratio = errors.mean / values.variance.squareRoot()
    #expect(abs(ratio - 1) < 5 / 800.0.squareRoot() + 0.05)
  }

  @Test("p against all relabellings", arguments: [(3, 4), (4, 4), (5, 2)])
  func enumeration(n: Int, m: Int) throws {
    var random = TestRandom(seed: 13)
    let x = Self.sample(n, 2, &random)
    let y = Self.sample(m, 2, offset: 0.4, &random)
    let pool = x + y
    let observed = Self.energy(x, y)
    var (extreme, all) = (0, 0)
    for mask in 0..<(1 << pool.count) where mask.nonzeroBitCount == n {
      let chosen = pool.indices.filter { mask >> $0 & 1 == 1 }.map { pool[$0] }
      let rest = pool.indices.filter { mask >> $0 & 1 == 0 }.map { pool[$0] }
      all += 1
      // The same pairs in another order differ by rounding.
      if Self.energy(chosen, rest) >= observed - 1e-12 { extreme += 1 }
    }
    let exact = Double(extreme) / Double(all)
    let rule = SequentialMonteCarlo(exceedances: 20_000, maximum: 20_000)
    let distance = try #require(EnergyDistance(x, y))
    let result = distance.permutationTest(seed: 1, rule: rule)
    #expect(abs(result.pValue - exact) < 5 * (exact * (1 - exact) / 20_000).squareRoot() + 1e-4)
    #expect(distance.permutationTest(seed: 1, rule: rule) == result)
    #expect(distance.permutationTest(seed: 2, rule: rule) != result)
  }

  @Test("P(p ≤ α) is α where both laws are the same; the wrong tail as a control")
  func level() throws {
    var random = TestRandom(seed: 14)
    let rule = SequentialMonteCarlo(exceedances: 5, maximum: 99)
    var (rejected, small) = (0, 0)
    let repetitions = 1500
    for index in 0..<repetitions {
      let distance = try #require(
        EnergyDistance(Self.sample(6, 2, &random), Self.sample(9, 2, &random)))
      let p = distance.permutationTest(seed: UInt64(index), rule: rule).pValue
      if p <= 0.05 { rejected += 1 }
      if distance.value > 0 { small += 1 }
    }
    // Exact for α = h/(n + 1).
    #expect(abs(Double(rejected) / Double(repetitions) - 0.05) < 5 * (0.05 * 0.95 / Double(repetitions)).squareRoot())
    // E > 0 is no rare event under equality: a test that took it for one would be caught.
    #expect(Double(small) / Double(repetitions) > 0.2)
  }

  @Test("a difference that no mean shows is found")
  func power() throws {
    var random = TestRandom(seed: 15)
    let x = Self.sample(60, 3, &random)
    let wide = Self.sample(40, 3, offset: -0.5, width: 2, &random)
    let distance = try #require(EnergyDistance(x, wide))
    let rule = SequentialMonteCarlo(exceedances: 3, maximum: 2000)
    #expect(distance.permutationTest(seed: 3, rule: rule).pValue <= 1.0 / 2001)
  }
}
