import LoschmidtNumerics

/// What expressions may name besides parameters and data: the time `t`, protocols of it, and constants.
public struct CommonInputs: Sendable {
  /// Functions of `t` and the constants.
  public let protocols: [(name: String, expression: Expression)]
  /// Numbers that never change.
  public let constants: [String: Double]

  /// Inputs from their parts.
  public init(protocols: [(name: String, expression: Expression)] = [], constants: [String: Double] = [:]) {
    self.protocols = protocols
    self.constants = constants
  }

  /// The names of what changes in time, in the order of ``values(at:)``.
  public var names: [String] { ["t"] + protocols.map(\.name) }

  /// t and the values of the protocols at a time.
  ///
  /// They may be infinite or NaN if the protocols are.
  public func values(at time: Double) -> [Double] {
    [time]
      + protocols.map { _, expression in
        // Names were checked when the scenario was read; an unknown one has no value.
        (try? expression.value { $0 == "t" ? time : constants[$0] }) ?? .nan
      }
  }

  /// Whether an expression names something that changes in time.
  public func mentionsTime(_ expression: Expression) -> Bool {
    let changing = Set(names)
    return expression.names().contains { changing.contains($0.name) }
  }

  /// What a function of θ that is compiled with these inputs reads.
  ///
  /// `expressions` are those that may name elements of arrays.
  func functionInputs(
    _ parameters: ParameterLayout, _ samples: SampleTable = .none, elementsIn expressions: [Expression] = []
  ) -> DifferentiableFunction.Inputs {
    var inputs = DifferentiableFunction.Inputs()
    inputs.parameters = parameters.entries.map { ($0.name, $0.offset, $0.shape) }
    var offset = 0
    for column in samples.columns {
      inputs.sample.append((column.name, offset, column.shape))
      offset += column.shape.count
    }
    inputs.common = names
    inputs.constants = constants
    inputs.elements = parameters.elements(namedIn: expressions)
    return inputs
  }
}
