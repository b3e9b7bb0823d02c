import LoschmidtNumerics

extension Tape {
  /// The output blocks for input blocks with any number of lanes; lanes are repeated up to the next multiple of 4.
  ///
  /// - Parameters:
  ///   - inputs: The input blocks; those with one lane hold for all lanes.
  ///   - dimensions: The number of coordinates of each output block.
  /// - Returns: One block for each dimension.
  public func evaluate(_ inputs: [Block], dimensions: [Int]) -> [Block] {
    let lanes = inputs.map(\.lanes).max() ?? 1
    let padded = (lanes + 3) / 4 * 4
    let evaluator = TapeEvaluator(self, lanes: padded)
    let given = inputs.map { block in
      let storage = UnsafeMutablePointer<Double>.allocate(capacity: max(1, block.dimension * padded))
      for i in 0..<block.dimension {
        for lane in 0..<padded { storage[i * padded + lane] = block[i, lane % block.lanes] }
      }
      return storage
    }
    let found = dimensions.map { UnsafeMutablePointer<Double>.allocate(capacity: max(1, $0 * padded)) }
    defer { (given + found).forEach { $0.deallocate() } }
    evaluator.run(inputs: given.map { UnsafePointer($0) }, outputs: found)
    return zip(dimensions, found).map { dimension, storage in
      var block = Block(dimension: dimension, lanes: lanes)
      for i in 0..<dimension {
        for lane in 0..<lanes { block[i, lane] = storage[i * padded + lane] }
      }
      return block
    }
  }
}

extension DifferentiableFunction {
  /// Compiles a text with parameters, numbers that are not differentiated by, and constants.
  public init(
    _ text: String, parameters: [(name: String, shape: Shape)], given: [String] = [], constants: [String: Double] = [:]
  ) throws(ExpressionError) {
    var inputs = Inputs()
    var offset = 0
    for (name, shape) in parameters {
      inputs.parameters.append((name, offset, shape))
      offset += shape.count
    }
    inputs.common = given
    inputs.constants = constants
    try self.init(try Expression(parsing: text), inputs: inputs)
  }

  /// f in every lane.
  public func value(at point: Block, given: Block = Block(dimension: 0, lanes: 1)) -> [Double] {
    valueTape.evaluate([point, Block(dimension: 0, lanes: 1), given], dimensions: [1])[0].entries
  }

  /// ∇f in every lane.
  public func gradient(at point: Block, given: Block = Block(dimension: 0, lanes: 1)) -> Block {
    gradientTape.evaluate([point, Block(dimension: 0, lanes: 1), given], dimensions: [dimension])[0]
  }

  /// D^k∇f[a₁^m₁, a₂^m₂, …] in every lane.
  public func derivative(
    along directions: [(direction: Block, multiplicity: Int)], at point: Block,
    given: Block = Block(dimension: 0, lanes: 1)
  ) -> Block {
    let tape = derivativeTape(multiplicities: directions.map(\.multiplicity))
    return tape.evaluate(
      [point, Block(dimension: 0, lanes: 1), given] + directions.map(\.direction), dimensions: [dimension])[0]
  }
}
