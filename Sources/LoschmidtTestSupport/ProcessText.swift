import LoschmidtDynamics
import LoschmidtNumerics

/// A process from the texts of its expressions, for tests of the engine.
public struct ProcessText: Sendable {
  /// The parameters in their order.
  public var parameters: [(name: String, shape: Shape)]
  /// The loss, `nil` without.
  public var loss: String?
  /// Forces on some parameters.
  public var forces: [(parameter: String, expression: String)] = []
  /// The data.
  public var samples = SampleTable.none
  /// Constants.
  public var constants: [String: Double] = [:]
  /// Functions of time.
  public var protocols: [(name: String, expression: String)] = []

  /// A process of scalar parameters.
  public init(
    _ parameters: [String], loss: String?, forces: [(parameter: String, expression: String)] = [],
    samples: SampleTable = .none, constants: [String: Double] = [:],
    protocols: [(name: String, expression: String)] = []
  ) {
    self.parameters = parameters.map { ($0, .scalar) }
    self.loss = loss
    self.forces = forces
    self.samples = samples
    self.constants = constants
    self.protocols = protocols
  }

  /// The layout of θ.
  public var layout: ParameterLayout { ParameterLayout(parameters) }

  /// What expressions may name besides parameters and data.
  ///
  /// - Throws: A protocol that cannot be parsed.
  public func common() throws -> CommonInputs {
    CommonInputs(
      protocols: try protocols.map { ($0.name, try Expression(parsing: $0.expression)) }, constants: constants)
  }

  /// The compiled loss.
  ///
  /// - Throws: What is wrong with an expression.
  public func landscape() throws -> ExpressionLandscape? {
    guard let loss else { return nil }
    return try ExpressionLandscape(
      loss: Expression(parsing: loss), parameters: layout, samples: samples, constants: constants,
      protocols: common().protocols)
  }

  /// The compiled force.
  ///
  /// - Throws: What is wrong with an expression.
  public func force() throws -> ExpressionForce? {
    if forces.isEmpty { return nil }
    let components = try forces.map { ($0.parameter, try Expression(parsing: $0.expression)) }
    return try ExpressionForce(components, parameters: layout, common: common())
  }

  /// The compiled field.
  ///
  /// - Throws: What is wrong with an expression.
  public func program() throws -> FieldProgram {
    FieldProgram(parameters: layout, landscape: try landscape(), force: try force())
  }

  /// A process that starts from a standard normal law.
  ///
  /// - Throws: What is wrong with an expression.
  public func process(
    learningRate: Schedule = Schedule(0.1), temperature: Temperature = .zero,
    gradient: any GradientNoise = FullBatch(), preconditioner: Preconditioner = .identity,
    initial: InitialLaw? = nil, generator: GeneratorName = .philox
  ) throws -> TrainingProcess {
    let standard = InitialLaw.Coordinate.normal(mean: 0, standardDeviation: 1)
    return TrainingProcess(
      parameters: layout,
      initialLaw: initial ?? InitialLaw([InitialLaw.Coordinate](repeating: standard, count: layout.dimension)),
      landscape: try landscape(), force: try force(), gradient: gradient,
      algorithm: GradientDescent(learningRate: learningRate, preconditioner: preconditioner),
      temperature: temperature, generator: generator)
  }
}

extension Temperature {
  /// One heat bath at a constant temperature.
  public static func bath(_ value: Double) -> Temperature { .uniform(.constant(value)) }

  /// A heat bath for each parameter.
  public static func baths(_ values: [Double]) -> Temperature { .perParameter(values.map { .constant($0) }) }

  /// One heat bath whose temperature is an expression of `t` and `step`.
  ///
  /// - Throws: What is wrong with the expression.
  public static func bath(parsing text: String) throws -> Temperature {
    .uniform(.expression(try Expression(parsing: text), constants: [:]))
  }
}

extension LaneStorage {
  /// Storage with these columns, one a lane; the last is repeated until the lanes are a multiple of 4.
  public convenience init(columns: [[Double]]) {
    self.init(dimension: columns[0].count, lanes: (columns.count + 3) / 4 * 4)
    for lane in 0..<lanes {
      for (i, value) in columns[min(lane, columns.count - 1)].enumerated() { self[i, lane] = value }
    }
  }

  /// Storage with random entries.
  public convenience init(
    dimension: Int, lanes: Int, random: inout TestRandom, in range: ClosedRange<Double> = -1...1
  ) {
    self.init(dimension: dimension, lanes: lanes)
    for k in 0..<count { pointer[k] = random.next(in: range) }
  }

  /// All entries.
  public var entries: [Double] { (0..<count).map { pointer[$0] } }
}

/// The mean of numbers, and its standard error where they are independent.
public func meanAndError(_ values: [Double]) -> (mean: Double, error: Double) {
  let count = Double(values.count)
  let mean = values.reduce(0, +) / count
  let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
  return (mean, (variance / count).squareRoot())
}
