import Foundation
import LoschmidtDynamics
import LoschmidtNumerics

extension RandomMaps {
  /// The maps of a process whose gradients are affine, for one step repeated for ever.
  ///
  /// - Returns: `nil` for other algorithms than gradient descent, losses that are not quadratic or forces that are not
  ///   linear, noise whose maps are not known, and too many of them.
  init?(_ plan: SimulationPlan, step: Int) {
    let setting = plan.clock.setting(step)
    let (process, gradient) = (plan.process, plan.process.gradient)
    if let equation = process.algorithm as? ModifiedSDE {
      self.init(equation, plan)
      return
    }
    guard plan.descent != nil, let law = try? plan.law(setting),
      let field = QuadraticProcess(process.landscape, process.force, process.parameters, time: setting.time)
    else { return nil }
    let d = field.dimension
    func matrix(_ entries: [Double]) -> DenseMatrix { DenseMatrix(rows: d, columns: d, entries: entries) }
    // Every substep has its share of the step in its law already.
    let mobility = law.mobility
    let mean = DenseMatrix.identity(d) - mobility * matrix(field.meanGradient.matrix)
    let hessian = matrix(field.hessians.isEmpty ? [Double](repeating: 0, count: d * d) : field.meanHessian)
    var isAdditive =
      field.hessians.isEmpty || field.hessians.allSatisfy { $0 == field.hessians[0] }
      || gradient.randomness == .partOfStep
    if case .stable = gradient.heavyTail { isAdditive = true }
    if isAdditive {
      if let noise = gradient as? LabelNoise, !Self.isJointlyAffine(noise, process.landscape) { return nil }
      self.init(outcomes: [Weighted(map: mean, weight: 1)], exactOrder: nil, mean: mean)
      return
    }
    let deviations = field.hessians.map { -1 * (mobility * (matrix($0) - hessian)) }
    self.init(gradient, mean: mean, deviations: deviations, mobility: mobility, process.landscape)
  }

  private static func isJointlyAffine(_ noise: LabelNoise, _ landscape: ExpressionLandscape?) -> Bool {
    landscape.flatMap { LabelResponse($0, column: noise.column) }?.isJointlyAffine ?? false
  }

  /// The maps A + Δ with Δ made of the deviations −M D_i of single samples.
  init?(
    _ gradient: any GradientNoise, mean: DenseMatrix, deviations: [DenseMatrix], mobility: DenseMatrix,
    _ landscape: ExpressionLandscape? = nil
  ) {
    let count = deviations.count
    if let noise = gradient as? LabelNoise, !Self.isJointlyAffine(noise, landscape) { return nil }
    if let batch = gradient as? Minibatch, batch.sampling.usesEpochs, batch.size < count {
      self.init(epochs: batch, mean: mean, deviations: deviations)
      return
    }
    if let draws = Self.draws(gradient, count: count) {
      let outcomes = draws.map { weights, probability in
        Weighted(
          map: zip(weights, deviations).reduce(mean) { $1.0 == 0 ? $0 : $0 + $1.0 * $1.1 }, weight: probability)
      }
      self.init(outcomes: outcomes, exactOrder: nil, mean: mean)
      return
    }
    if let noise = gradient as? Isotropic, case .size(let size) = noise.strength {
      self.init(isotropic: size, mean: mean, deviations: deviations, mobility: mobility)
      return
    }
    guard let moments = DeviationMoments(gradient, sampleCount: count) else { return nil }
    self.init(moments, mean: mean, deviations: deviations)
  }

  // MARK: Few outcomes

  /// The weights of the samples in every outcome, with its probability; `nil` where there are too many, or none.
  private static func draws(_ gradient: any GradientNoise, count: Int) -> [(weights: [Double], probability: Double)]? {
    func list(_ size: Int) -> [(weights: [Double], probability: Double)]? {
      DrawSet(.withReplacement(size: size), sampleCount: count, limit: largestCount).outcomes?.map(weights)
    }
    func weights(_ outcome: (draw: Draw, probability: Double)) -> (weights: [Double], probability: Double) {
      var weights = [Double](repeating: 0, count: count)
      for member in outcome.draw.members { weights[member.sample] = member.weight }
      return (weights, outcome.probability)
    }
    switch gradient {
    case let noise as Minibatch:
      return noise.batchLaw(sampleCount: count, limit: largestCount)?.outcomes?.map(weights)
    case let noise as LabelNoise: return list(noise.size)
    case let noise as SVAG:
      guard let single = list(noise.size) else { return nil }
      if noise.substeps == 1 { return single }
      guard single.count * single.count <= largestCount else { return nil }
      let root = Double(2 * noise.substeps - 1).squareRoot()
      return single.flatMap { first in
        single.map { second in
          (
            Vectors.sum(Vectors.scaled(first.weights, by: 0.5 * (1 + root)), second.weights, times: 0.5 * (1 - root)),
            first.probability * second.probability
          )
        }
      }
    default: return nil
    }
  }

  /// The maps of the integrator of a modified equation: 1 + W + ½W² of its noise, and the drift.
  private init?(_ equation: ModifiedSDE, _ plan: SimulationPlan) {
    guard let moments = QuadraticMoments(plan) else { return nil }
    let d = moments.dimension
    let drift = IntegratorMoments.integratedDrift(
      moments, order: equation.order, interpretation: equation.interpretation)
    let flow = IntegratorMoments.driftMap(
      slope: drift.slope, constant: [Double](repeating: 0, count: d),
      interval: moments.learningRate / Double(equation.substeps))
    let map = DenseMatrix((0..<d).map { i in (0..<d).map { flow[i, $0] } })
    let scale = moments.noiseScale(substeps: equation.substeps)
    let fields = Self.fields(moments.deviations.map(\.slope)).map { scale * $0 }
    // Five nodes on each axis are exact to degree 9, and order 4 is of degree 8 in the normal numbers.
    guard fields.count <= 6 else { return nil }
    let outcomes = Self.product(fields.count).map { point, weight in
      let noise = zip(point, fields).reduce(DenseMatrix.zero(d)) { $0 + $1.0 * $1.1 }
      return Weighted(map: .identity(d) + noise + 0.5 * (noise * noise), weight: weight)
    }
    self.init(
      outcomes: outcomes, exactOrder: fields.isEmpty ? nil : 4, mean: map,
      drift: (map, equation.substeps))
  }

  /// Whole epochs: the product of their maps in every order of the batches.
  private init?(epochs batch: Minibatch, mean: DenseMatrix, deviations: [DenseMatrix]) {
    let count = deviations.count
    guard count % batch.size == 0 else { return nil }
    var orders: [(rest: [Int], map: DenseMatrix)] = [(Array(0..<count), .identity(mean.rows))]
    for _ in 0..<count / batch.size {
      orders = orders.flatMap { order -> [(rest: [Int], map: DenseMatrix)] in
        let sets =
          batch.sampling == .cyclic
          ? [Array(0..<batch.size)]
          : (DrawSet(.withoutReplacement(size: batch.size), sampleCount: order.rest.count, limit: Self.largestCount)
            .outcomes ?? []).map { $0.draw.members.map(\.sample) }
        return sets.map { chosen in
          let map = chosen.reduce(mean) { $0 + (1 / Double(batch.size)) * deviations[order.rest[$1]] }
          return (order.rest.indices.filter { !chosen.contains($0) }.map { order.rest[$0] }, map * order.map)
        }
      }
      guard !orders.isEmpty, orders.count <= Self.largestCount else { return nil }
    }
    let weight = 1 / Double(orders.count)
    self.init(
      outcomes: orders.map { Weighted(map: $0.map, weight: weight) }, exactOrder: nil,
      mean: weight * orders.reduce(DenseMatrix.zero(mean.rows)) { $0 + $1.map })
  }

  // MARK: Matched moments

  /// A list with the moments of Δ up to the fourth.
  init?(_ moments: DeviationMoments, mean: DenseMatrix, deviations: [DenseMatrix]) {
    // Without a fourth moment the third order is the last one that the list is asked for.
    let order = moments.pairs.isFinite ? 4 : 3
    let pairs = moments.pairs.isFinite ? moments.pairs : moments.second * moments.second
    // Beyond, neither the cubature nor the operator of fourth moments is worth its work.
    let one = SymmetricPower.work(dimension: mean.rows, order: 4)
    guard mean.rows <= Self.largestMatchedDimension, pairs >= 0 else { return nil }
    let fields = Self.fields(deviations)
    guard !fields.isEmpty, one * Double(2 * fields.count * fields.count) <= Self.largestWork else { return nil }
    var outcomes: [Weighted] = []
    // A scale s² with E s² = c₂ and E s⁴ = c₂₂, which is s²  = c₂₂/c₂ with the weight c₂²/c₂₂ and else 0.
    let square = moments.second * moments.second
    let isNormal = moments.third == 0 && moments.fourth == 0 && abs(pairs - square) <= 4 * square.ulp
    var rest = 1.0
    if pairs > 0 {
      let (scale, share) = ((pairs / moments.second).squareRoot(), moments.second * moments.second / pairs)
      let rule = isNormal && fields.count <= 3 ? Self.product(fields.count) : Self.cubature(fields.count)
      guard let rule else { return nil }
      for (point, weight) in rule {
        let map = zip(point, fields).reduce(mean) { $1.0 == 0 ? $0 : $0 + (scale * $1.0) * $1.1 }
        outcomes.append(Weighted(map: map, weight: share * weight))
      }
      rest -= share
    }
    // With one sample in a batch all of the second moment is that of the list of samples below.
    let second = pairs > 0 ? 0 : moments.second
    if moments.third != 0 || moments.fourth != 0 || second != 0 {
      let share = 1 / Double(deviations.count)
      for (node, weight) in Self.line(second: second, third: moments.third, fourth: moments.fourth) {
        if node == 0 {
          rest += weight - 1
        } else {
          outcomes += deviations.map { Weighted(map: mean + node * $0, weight: weight * share) }
        }
      }
    }
    if rest != 0 { outcomes.append(Weighted(map: mean, weight: rest)) }
    let scale = moments.second.squareRoot()
    self.init(
      outcomes: outcomes, exactOrder: isNormal && fields.count <= 3 ? 8 : order, mean: mean,
      normalFields: isNormal && moments.pairs.isFinite ? fields.map { scale * $0 } : [])
  }

  /// Matrices F_a with mean D⊗D = Σ F_a⊗F_a, as few as there are.
  static func fields(_ deviations: [DenseMatrix]) -> [DenseMatrix] {
    guard let first = deviations.first else { return [] }
    let size = first.entries.count
    var sum = DenseMatrix.zero(size)
    for deviation in deviations {
      for row in 0..<size where deviation.entries[row] != 0 {
        for column in 0..<size { sum[row, column] += deviation.entries[row] * deviation.entries[column] }
      }
    }
    sum = (1 / Double(deviations.count)) * sum
    guard let eigen = try? SymmetricEigen(matrix: sum.entries, dimension: size) else { return [] }
    // Rounding of a sum of so many squares.
    let least = 1e-13 * (eigen.eigenvalues.max() ?? 0)
    return eigen.eigenvalues.indices.filter { eigen.eigenvalues[$0] > least }.map { index in
      DenseMatrix(
        rows: first.rows, columns: first.columns,
        entries: Vectors.scaled(eigen.eigenvector(index), by: eigen.eigenvalues[index].squareRoot()))
    }
  }

  /// Five nodes of Gauss and Hermite along every axis: exact to degree 9.
  static func product(_ dimension: Int) -> [(point: [Double], weight: Double)] {
    let rule = GaussHermite(count: 5)
    var points: [(point: [Double], weight: Double)] = [([], 1)]
    for _ in 0..<dimension {
      points = points.flatMap { point, weight in
        zip(rule.nodes, rule.weights).map { (point + [$0], weight * $1) }
      }
    }
    return points
  }

  /// 2r² + 1 points for the standard normal law in r dimensions, exact to degree 5; `nil` where they are too many.
  ///
  /// - Source: McNamee and Stenger, Numer. Math. 10 (1967) 327, with the generator √3.
  static func cubature(_ r: Int) -> [(point: [Double], weight: Double)]? {
    guard 2 * r * r < 1 << 14 else { return nil }
    let (u, n) = (3.0.squareRoot(), Double(r))
    let zero = [Double](repeating: 0, count: r)
    var points = [(zero, 1 + n * (n - 7) / 18)]
    for i in 0..<r {
      for sign in [u, -u] {
        var point = zero
        point[i] = sign
        points.append((point, (4 - n) / 18))
        for j in i + 1..<max(r, i + 1) {
          for other in [u, -u] {
            var pair = point
            pair[j] = other
            points.append((pair, 1.0 / 36))
          }
        }
      }
    }
    return points
  }

  /// Nodes t on a line with the weights that give E t = 0 and the given E t², E t³, E t⁴; the weights add up to 1.
  static func line(second: Double, third: Double, fourth: Double) -> [(node: Double, weight: Double)] {
    // ±a and ±2a: the odd moments give the differences of the weights, the even ones their sums.
    let size = max(abs(second).squareRoot(), cbrt(abs(third)), abs(fourth).squareRoot().squareRoot())
    let a = size > 0 ? size : 1
    let (m2, m3, m4) = (second / (a * a), third / (a * a * a), fourth / (a * a * a * a))
    // s₁ + 4s₂ = m₂, s₁ + 16s₂ = m₄; d₁ + 2d₂ = 0, d₁ + 8d₂ = m₃.
    let (s2, d2) = ((m4 - m2) / 12, m3 / 6)
    let (s1, d1) = (m2 - 4 * s2, -2 * d2)
    return [
      (0, 1 - s1 - s2), (a, 0.5 * (s1 + d1)), (-a, 0.5 * (s1 - d1)), (2 * a, 0.5 * (s2 + d2)),
      (-2 * a, 0.5 * (s2 - d2)),
    ]
  }

  /// Noise ΛMζ√(tr C(θ)/(Bd)) far from the minimum, where tr C is the quadratic form mean ‖D_iu‖².
  ///
  /// Its direction ζ and its size are independent: MΣ_jk ζ_jg_k e_jℓ_kᵀ with Σ ℓ_kℓ_kᵀ = mean D_iᵀD_i and normal g has the
  /// second moments of the noise, and three times its fourth ones, which a scale s with E s² = 1, E s⁴ = 1/3 mends.
  private init?(isotropic size: Int, mean: DenseMatrix, deviations: [DenseMatrix], mobility: DenseMatrix) {
    let d = mean.rows
    guard let inverse = try? LUFactorisation(mobility).solve(.identity(d)) else { return nil }
    var form = DenseMatrix.zero(d)
    for deviation in deviations {
      let plain = inverse * deviation
      form = form + (1 / Double(deviations.count * size * d)) * (plain.transposed * plain)
    }
    guard let eigen = try? SymmetricEigen(matrix: form.entries, dimension: d), let rule = Self.cubature(d) else {
      return nil
    }
    let rows = (0..<d).map { Vectors.scaled(eigen.eigenvector($0), by: max(0, eigen.eigenvalues[$0]).squareRoot()) }
    guard rule.count * rule.count <= 1 << 14 else { return nil }
    // s² = 1/3 with the weight 3.
    let (scale, share) = ((1.0 / 3).squareRoot(), 3.0)
    var outcomes = [Weighted(map: mean, weight: 1 - share)]
    for (direction, first) in rule {
      let moved = mobility.applied(to: direction)
      for (sizes, second) in rule {
        let row = zip(sizes, rows).reduce([Double](repeating: 0, count: d)) { Vectors.sum($0, $1.1, times: $1.0) }
        outcomes.append(Weighted(map: mean + scale * .outer(moved, row), weight: share * first * second))
      }
    }
    self.init(outcomes: outcomes, exactOrder: 4, mean: mean)
  }
}
