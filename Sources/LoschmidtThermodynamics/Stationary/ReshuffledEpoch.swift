import LoschmidtNumerics

/// Gradient descent on a quadratic loss with the batches of an epoch in a random or a fixed order: the exact stationary
/// law.
///
/// Every step is affine given its batch, θ′ = (1 − MH_b)θ + Mh_b plus thermal noise, so that an epoch maps the first
/// two moments linearly: the mean over all ordered partitions of the samples of products of the maps of single batches.
/// It is summed over the sets of samples drawn so far, each of which averages over the orders in which it was drawn. The
/// law depends on the place in the epoch.
///
/// - Source: The theory of the thermodynamics, section 5.
public struct ReshuffledEpoch: Sendable {
  /// How an epoch is cut into batches.
  public enum Order: Sendable, Equatable {
    /// A new permutation for every epoch.
    case reshuffled
    /// The order of the data, always.
    case cyclic
  }

  /// Why there is no law.
  public enum Failure: Error, Sendable, Equatable {
    /// The sums over sets of samples would need more than ``largestWork`` products of numbers.
    case tooManyBatches
    /// An epoch enlarges the moments: the spectral radius of its map is 1 or more.
    case unstable(spectralRadius: Double)
    /// What the linear algebra says.
    case linearAlgebra(GSLError)
  }

  /// Mean, covariance and loss after 1, 2, …, N/B steps of an epoch.
  public let places: [SecondMomentOperator.Moments]
  /// Those of θ after any step, all places taken together.
  public let everyStep: SecondMomentOperator.Moments

  /// Those at the ends of epochs.
  public var epochEnd: SecondMomentOperator.Moments { places[places.count - 1] }

  /// At most so many products: a second or two without optimisation.
  public static let largestWork = 0x1p27

  /// The law of epochs.
  ///
  /// - Parameters:
  ///   - samples: The loss with its N samples.
  ///   - batchSize: B, which divides N in a fixed order; reshuffled, the N mod B samples that are left over change with the
  ///     epoch and are in no batch of it.
  ///   - mobility: M = ηΛ.
  ///   - noise: The covariance of the thermal noise of a step; `nil` without.
  ///   - order: The order of the batches.
  /// - Throws: `Failure`.
  /// - Complexity: Σ_j C(N, jB) C(jB, B) products of matrices of (d + 1)(d + 2)/2 rows, reshuffled; N/B, cyclic.
  public init(
    _ samples: QuadraticSamples, batchSize: Int, mobility: DenseMatrix, noise: DenseMatrix? = nil, order: Order
  ) throws(Failure) {
    let isWhole = batchSize >= 1 && samples.count % batchSize == 0
    precondition(isWhole || (order == .reshuffled && 1..<samples.count ~= batchSize), "an epoch has whole batches")
    let steps = EpochSteps(samples, mobility: mobility, noise: noise)
    let batches = samples.count / batchSize
    let maps: [DenseMatrix]
    if order == .cyclic || (batches == 1 && isWhole) {
      maps = steps.consecutive(batchSize: batchSize)
    } else {
      let size = Double(steps.space.size)
      guard Self.products(samples.count, batchSize) * size * size * size <= Self.largestWork else {
        throw .tooManyBatches
      }
      maps = steps.averaged(batchSize: batchSize)
    }
    let start = try steps.stationary(maps[batches - 1])
    let laws = maps.map { $0.applied(to: start) }
    places = laws.map { steps.moments($0) }
    let sum = laws.reduce([Double](repeating: 0, count: start.count)) { Vectors.sum($0, $1) }
    everyStep = steps.moments(Vectors.scaled(sum, by: 1 / Double(batches)))
  }

  /// The number of pairs of a set of whole batches and a batch in it.
  static func products(_ count: Int, _ batchSize: Int) -> Double {
    func subsets(_ n: Int, _ k: Int) -> Double { (0..<k).reduce(1) { $0 * Double(n - $1) / Double($1 + 1) } }
    return stride(from: batchSize, through: count, by: batchSize).reduce(0) { sum, drawn in
      sum + subsets(count, drawn) * subsets(drawn, batchSize)
    }
  }
}

/// Steps with given batches as matrices on E xxᵀ of x = (θ − θ*, 1), the mean and the second moments in one.
private struct EpochSteps {
  let samples: QuadraticSamples
  let mobility: DenseMatrix
  let space: SymmetricSpace
  /// The thermal noise of a step as an operator.
  private let thermal: DenseMatrix

  init(_ samples: QuadraticSamples, mobility: DenseMatrix, noise: DenseMatrix?) {
    self.samples = samples
    self.mobility = mobility
    let d = samples.dimension
    space = SymmetricSpace(dimension: d + 1)
    var one = DenseMatrix.zero(d + 1)
    one[d, d] = 1
    var thermal = DenseMatrix.zero(space.size)
    if let noise { space.add(functional: one, times: Self.bordered(noise), to: &thermal) }
    self.thermal = thermal
  }

  private static func bordered(_ matrix: DenseMatrix) -> DenseMatrix {
    var result = DenseMatrix.zero(matrix.rows + 1)
    for i in 0..<matrix.rows {
      for j in 0..<matrix.rows { result[i, j] = matrix[i, j] }
    }
    return result
  }

  /// The step with a batch.
  private func step(_ batch: [Int]) -> DenseMatrix {
    let d = samples.dimension
    let share = 1 / Double(batch.count)
    var hessian = DenseMatrix.zero(d)
    var gradient = [Double](repeating: 0, count: d)
    for sample in batch {
      let curvature = samples.curvatures[sample].matrix
      hessian = hessian + share * curvature
      let pull = Vectors.sum(curvature.applied(to: samples.minimum), samples.pulls[sample], times: -1)
      gradient = Vectors.sum(gradient, pull, times: share)
    }
    var affine = Self.bordered(DenseMatrix.identity(d) - mobility * hessian)
    for (i, value) in mobility.applied(to: gradient).enumerated() { affine[i, d] = -value }
    affine[d, d] = 1
    var result = thermal
    space.add(congruence: affine, to: &result)
    return result
  }

  /// The maps from the start of an epoch to its places, in the order of the data.
  func consecutive(batchSize: Int) -> [DenseMatrix] {
    var maps: [DenseMatrix] = []
    for first in stride(from: 0, to: samples.count, by: batchSize) {
      let next = step(Array(first..<first + batchSize))
      maps.append(maps.last.map { next * $0 } ?? next)
    }
    return maps
  }

  /// The maps from the start of an epoch to its places, averaged over all orders.
  ///
  /// Given the set S drawn in j batches, the last of them is any subset b of B samples with equal probability, and what
  /// came before has any order: O_S = mean over b of O_b O_{S∖b}. All S of one size are as probable.
  func averaged(batchSize: Int) -> [DenseMatrix] {
    let single = Self.subsets(of: Array(0..<samples.count), size: batchSize).map { batch in
      (mask: Self.mask(batch), map: step(batch))
    }
    var reached: [UInt64: DenseMatrix] = [0: .identity(space.size)]
    var maps: [DenseMatrix] = []
    for drawn in stride(from: batchSize, through: samples.count, by: batchSize) {
      var next: [UInt64: DenseMatrix] = [:]
      for (mask, map) in reached.sorted(by: { $0.key < $1.key }) {
        for batch in single where batch.mask & mask == 0 {
          let product = batch.map * map
          next[mask | batch.mask] = next[mask | batch.mask].map { $0 + product } ?? product
        }
      }
      let orders = Double(Self.subsets(of: Array(0..<drawn), size: batchSize).count)
      reached = next.mapValues { (1 / orders) * $0 }
      let sum = reached.sorted { $0.key < $1.key }.reduce(DenseMatrix.zero(space.size)) { $0 + $1.value }
      maps.append((1 / Double(reached.count)) * sum)
    }
    return maps
  }

  private static func mask(_ batch: [Int]) -> UInt64 { batch.reduce(0) { $0 | 1 << UInt64($1) } }

  private static func subsets(of elements: [Int], size: Int) -> [[Int]] {
    guard size > 0 else { return [[]] }
    return elements.indices.flatMap { first in
      subsets(of: Array(elements[(first + 1)...]), size: size - 1).map { [elements[first]] + $0 }
    }
  }

  /// The fixed point of an epoch's map with E 1 = 1; the last coordinate is that of E 1.
  func stationary(_ map: DenseMatrix) throws(ReshuffledEpoch.Failure) -> [Double] {
    let count = space.size - 1
    var linear = DenseMatrix.zero(count)
    for row in 0..<count {
      for column in 0..<count { linear[row, column] = map[row, column] }
    }
    let radius: Double
    do throws(GSLError) {
      radius = try GeneralEigenvalues(matrix: linear.entries, dimension: count).spectralRadius
    } catch { throw .linearAlgebra(error) }
    guard radius < 1 else { throw .unstable(spectralRadius: radius) }
    do throws(GSLError) {
      let right = (0..<count).map { map[$0, count] }
      return try LUFactorisation(DenseMatrix.identity(count) - linear).solve(right) + [1]
    } catch { throw .linearAlgebra(error) }
  }

  /// The moments of θ.
  func moments(_ coordinates: [Double]) -> SecondMomentOperator.Moments {
    let d = samples.dimension
    let all = space.matrix(of: coordinates)
    let offset = (0..<d).map { all[$0, d] }
    var second = DenseMatrix.zero(d)
    for i in 0..<d {
      for j in 0..<d { second[i, j] = all[i, j] }
    }
    return SecondMomentOperator.Moments(
      mean: Vectors.sum(samples.minimum, offset), covariance: second - .outer(offset, offset),
      excessLoss: 0.5 * samples.hessian.inner(second))
  }
}
