import LoschmidtDynamics
import LoschmidtNumerics
import Testing

@Suite struct DrawWorkspaceTests {
  private func landscape(_ loss: String) throws -> ExpressionLandscape {
    try ExpressionLandscape(
      loss: Expression(parsing: loss), parameters: ParameterLayout([("u", .scalar)]),
      samples: SampleTable(count: 9, columns: [SampleTable.Column(name: "x", values: (0..<9).map(Double.init))]))
  }

  /// Fields of different sizes and orders that share a workspace, in any sequence, find what they find alone.
  @Test func sharingChangesNothing() throws {
    let landscape = try landscape("tanh(u*x)")
    let workspace = DrawWorkspace(landscape)
    for round in 0..<2 {
      for count in [1, 4, 7, 9] {
        let draws = (0..<count).map { Draw(batch: [$0, (2 * $0 + round) % 9]) }
        let point = Block(broadcasting: [0.3 + 0.1 * Double(round)], lanes: count)
        let shared = DrawField(landscape, draws: draws, workspace: workspace)
        let alone = DrawField(landscape, draws: draws)
        #expect(shared.evaluate(at: point) == alone.evaluate(at: point))
        for order in 1...3 {
          let along = [(direction: point, multiplicity: order)]
          #expect(shared.derivative(along: along, at: point) == alone.derivative(along: along, at: point))
        }
      }
    }
  }

  @Test func theTimeIsThatOfTheWorkspace() throws {
    let landscape = try landscape("u*t")
    let point = Block(broadcasting: [5], lanes: 1)
    for time in [0.0, 2.5] {
      let field = DrawField(landscape, draws: [Draw(batch: [0])], workspace: DrawWorkspace(landscape, time: time))
      #expect(field.gradient(at: point).entries == [time])
    }
  }
}
