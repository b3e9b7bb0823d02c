import LoschmidtNumerics
import LoschmidtTestSupport
import Testing

@Suite struct SampleLayoutTests {
  private static let lanes = 8

  private func inputs(array: Bool = false) -> DifferentiableFunction.Inputs {
    var inputs = DifferentiableFunction.Inputs()
    inputs.parameters = [("u", 0, .scalar), ("w", 1, .scalar)]
    inputs.sample = [("x", 0, .scalar), ("y", 1, .scalar)]
    if array { inputs.sample.append(("z", 2, .vector(2))) }
    inputs.common = ["t"]
    inputs.constants = ["k": 3]
    return inputs
  }

  @Test func onlyElementwiseExpressionsOfNumbersLieByColumn() throws {
    for (text, isByColumn) in [
      ("0.5*(u*x + w - y)^2 + k*t", true), ("max(tanh(u*x), lgamma(y))", true), ("u^2", true), ("sum(x)*u", false),
      ("mean(x)", false), ("dot(x, u)", false), ("u*transpose(x)", false), ("u*sum(z)", false), ("u*z", false),
      ("z @ z", false),
    ] {
      let expression = try Expression(parsing: text)
      #expect(SampleLayout(count: 3, of: expression, inputs: inputs(array: true)).isByColumn == isByColumn, "\(text)")
      #expect(!SampleLayout(count: 1, of: expression, inputs: inputs(array: true)).isByColumn, "one sample")
    }
  }

  /// A parameter that is an array keeps samples together too.
  @Test func arraysOfParametersCount() throws {
    var inputs = inputs()
    inputs.parameters = [("u", 0, .vector(2)), ("w", 2, .scalar)]
    #expect(!SampleLayout(count: 3, of: try Expression(parsing: "u*x"), inputs: inputs).isByColumn)
    #expect(SampleLayout(count: 3, of: try Expression(parsing: "w*x"), inputs: inputs).isByColumn)
  }

  /// Numbers of five samples, each with values of its own in every lane; the same for every layout.
  private func gradient(
    _ loss: Expression, _ samples: SampleLayout, of numbers: [[Double]], width: Int, at theta: LaneStorage
  ) throws -> [Double] {
    let function = try VectorFunction(
      gradientOf: loss, samples: samples, weight: 0.2, minus: .init([nil, nil]), inputs: inputs(array: width == 4))
    let sample = LaneStorage(dimension: samples.count * width, lanes: Self.lanes)
    for (k, own) in numbers.enumerated() {
      for column in 0..<width {
        let row = sample.row(samples.coordinate(ofSample: k, column: column, width: width))
        for lane in 0..<Self.lanes { row[lane] = own[column * Self.lanes + lane] }
      }
    }
    let common = LaneStorage(dimension: 1, lanes: Self.lanes)
    common.fill(0.7)
    let result = LaneStorage(dimension: 2, lanes: Self.lanes)
    TapeEvaluator(function.tape, lanes: Self.lanes).run(
      inputs: [theta, sample, common].map { UnsafePointer($0.pointer) }, outputs: [result.pointer])
    return result.block.entries
  }

  /// The sum over all samples at once against that of the gradients of single samples.
  ///
  /// An array that is not named may lie among the columns.
  @Test(arguments: ["0.5*(u*x + w - y)^2", "tanh(u*x + t) - k*w", "exp(u*w)", "w*y/(1 + x^2)", "u*x", "abs(u - x)^2.5"])
  func byColumnIsTheSumOverSamples(text: String) throws {
    let loss = try Expression(parsing: text)
    var random = TestRandom(seed: 77)
    let theta = LaneStorage(dimension: 2, lanes: Self.lanes, random: &random)
    for width in [2, 4] {
      let numbers = (0..<5).map { _ in random.vector(width * Self.lanes) }
      let layout = SampleLayout(count: 5, of: loss, inputs: inputs(array: width == 4))
      #expect(layout.isByColumn)
      let all = try gradient(loss, layout, of: numbers, width: width, at: theta)
      let singles = try numbers.map { try gradient(loss, SampleLayout(), of: [$0], width: width, at: theta) }
      for k in all.indices {
        let terms = singles.map { $0[k] }
        // Every term is rounded a few times, and the sum five times.
        let bound = 16 * Double.ulpOfOne * terms.reduce(0) { $0 + abs($1) }
        #expect(abs(all[k] - terms.reduce(0, +)) <= bound)
      }
    }
  }
}
