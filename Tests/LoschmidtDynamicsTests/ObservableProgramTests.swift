import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtTestSupport
import Testing

@Suite struct ObservableProgramTests {
  @Test func observablesAreEvaluatedTogether() throws {
    let text = ProcessText(["x", "y"], loss: "x", constants: ["k": 3], protocols: [("c", "2*t")])
    let program = try ObservableProgram(
      [("sum", Expression(parsing: "x + y")), ("driven", Expression(parsing: "k*x - c"))], parameters: text.layout,
      common: text.common())
    #expect(program.names == ["sum", "driven"])
    let evaluator = ObservableEvaluator(program, lanes: 4)
    let theta = LaneStorage(columns: [[1, 2], [3, 4], [5, 6], [7, 8]])
    for time in [0.0, 1.5, 0.25] {
      evaluator.evaluate(at: theta.pointer, time: time)
      for lane in 0..<4 {
        let (x, y) = (theta[0, lane], theta[1, lane])
        // Small whole numbers and halves: exact.
        #expect(evaluator.values.vector(lane: lane) == [x + y, 3 * x - 2 * time])
      }
    }
  }

  @Test func whatIsNoNumberIsRefused() throws {
    let text = ProcessText(["x"], loss: "x")
    let error = #expect(throws: ExpressionError.self) {
      try ObservableProgram([("a", Expression(parsing: "1 + z"))], parameters: text.layout, common: text.common())
    }
    #expect(error?.position == 4)
  }
}
