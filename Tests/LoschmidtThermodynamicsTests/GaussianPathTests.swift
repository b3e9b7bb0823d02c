import LoschmidtNumerics
import LoschmidtTestSupport
import LoschmidtThermodynamics
import Testing

/// A chain whose steps all differ, and a functional with every kind of term.
struct RandomPath {
  let path: GaussianPath
  let oracle: DensePathOracle

  init(seed: Int, dimension: Int, steps: Int) throws {
    var random = TestRandom(seed: UInt64(seed))
    func matrix(_ scale: Double = 1) -> DenseMatrix {
      scale * DenseMatrix(rows: dimension, columns: dimension, entries: random.vector(dimension * dimension))
    }
    func positive() -> DenseMatrix {
      let root = matrix()
      return root * root.transposed + 0.5 * .identity(dimension)
    }
    func form(_ scale: Double) -> QuadraticForm {
      QuadraticForm(matrix: matrix(scale), linear: random.vector(dimension), constant: random.next(in: -1...1))
    }
    let law = try GaussianLaw(mean: random.vector(dimension), covariance: positive())
    let (first, last) = (form(0.2), form(0.2))
    var segments: [GaussianPath.Segment] = []
    for index in 0..<steps {
      let step = try GaussianStep(map: matrix(0.6), shift: random.vector(dimension), noise: positive())
      let contribution = StepForm(current: form(0.1), next: form(0.1), mixed: matrix(0.2))
      // Some segments repeat, so that the counting of segments is tested too.
      segments.append(GaussianPath.Segment(step: step, form: contribution, count: index % 2 + 1))
    }
    path = GaussianPath(initial: law, first: first, segments: segments, last: last)
    let unfolded = segments.flatMap { [GaussianPath.Segment](repeating: $0, count: $0.count) }
    oracle = DensePathOracle(
      mean: law.mean, covariance: law.covariance.rowVectors,
      steps: unfolded.map { ($0.step.map.rowVectors, $0.step.shift, $0.step.noise.rowVectors) }
    ) { points in
      unfolded.indices.reduce(first.value(at: points[0]) + last.value(at: points[unfolded.count])) {
        $0 + unfolded[$1].form.value(current: points[$1], next: points[$1 + 1])
      }
    }
  }
}

@Suite struct GaussianPathTests {
  @Test(arguments: 1...8) func momentsAgreeWithTheDenseMatrix(seed: Int) throws {
    let random = try RandomPath(seed: seed, dimension: 1 + seed % 3, steps: 1 + seed % 4)
    let moments = random.path.moments
    // Polarisation takes differences of values up to 30.
    #expect(agrees(moments.mean, with: random.oracle.mean, relative: 1e-12, absolute: 1e-12))
    #expect(agrees(moments.variance, with: random.oracle.variance, relative: 1e-12))
    #expect(random.path.mean == moments.mean && random.path.variance == moments.variance)
  }

  @Test func theLastLawIsThatOfTheFolding() throws {
    let step = try GaussianStep(map: DenseMatrix([[0.5]]), shift: [1], noise: DenseMatrix([[3]]))
    let law = try GaussianLaw(mean: [8], covariance: DenseMatrix([[4]]))
    let path = GaussianPath(
      initial: law, segments: [GaussianPath.Segment(step: step, form: .zero(1), count: 2)])
    #expect(path.steps == 2)
    // 8 → 5 → 3.5 and 4 → 4 → 4, all exact.
    #expect(path.final.mean == [3.5] && path.final.covariance[0, 0] == 4)
    #expect(path.mean == 0 && path.variance == 0)
  }
}
