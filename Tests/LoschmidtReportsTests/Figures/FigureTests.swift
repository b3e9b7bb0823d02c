import Testing

@testable import LoschmidtReports

@Suite struct FigureTests {
  private let axis = Figure.Axis("learning rate η", unit: "time")

  @Test func everyAxisSaysItsUnit() {
    #expect(axis.label == "learning rate η (time)")
    #expect(Figure.Axis("slope", unit: nil).label == "slope (pure number)")
    #expect(Figure.Axis("noise model", categories: ["a", "b"]).label == "noise model")
    #expect(Figure.Axis("noise model", categories: ["a", "b"]).range == -0.6...1.6)
  }

  @Test func withoutNumbersThereIsNoFigure() {
    #expect(
      Figure(
        "f", title: "t", caption: "c", horizontal: axis, vertical: axis,
        series: [.init("s", .line, colour: 1, rows: [])])
        == nil)
  }

  @Test func whatIsNotFiniteIsNotDrawn() {
    let series = Figure.Series("s", .line, colour: 1, rows: [[1, 2], [2, .infinity], [.nan, 1]])
    #expect(series.rows == [[1, 2]])
  }

  @Test func theExtentHoldsErrorBars() {
    let points = Figure.Series("s", .points(joined: false), colour: 1, rows: [[1, 2, 5], [3, 4, 1]])
    #expect(points.extent(horizontal: true, .linear) == 1...3)
    #expect(points.extent(horizontal: false, .linear) == -3...7)
    // A bar that reaches below 0 has no place on a logarithmic axis.
    #expect(points.extent(horizontal: false, .logarithmic) == 2...4)
    let steps = Figure.Series("s", .steps, colour: 1, rows: [[-1, 1, 0.5]])
    #expect(steps.extent(horizontal: true, .linear) == -1...1)
    #expect(steps.extent(horizontal: false, .linear) == 0...0.5)
  }

  @Test func filesAreNamedAfterExperimentAndFigure() {
    #expect(Figure.stem("convergence-0", experiment: 2, kind: "potentials") == "2-potentials-convergence-0")
    #expect(Figure.stem("a/b c", experiment: 0, kind: "x") == "0-x-a_b_c")
  }
}
