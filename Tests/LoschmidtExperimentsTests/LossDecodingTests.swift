import Testing

@testable import LoschmidtExperiments

@Suite struct LossDecodingTests {
  private func text(_ loss: String, data: String = "{x: [1, 2], y: [3, 4]}") -> String {
    scenario(
      process: """
        parameters: {u: 1.3, w: 0.4, W: {shape: [2, 3], initial: 0.1}}
        loss: \(loss)
        data: \(data)
        algorithm: {gradient-descent: {learning-rate: 0.1}}
        """)
  }

  private func errors(_ text: String) -> [String] {
    reading(text).diagnostics.filter { $0.severity == .error }.map(\.description)
  }

  /// The loss begins in line 5, column 9.
  @Test(arguments: [
    ("(u*w*x - yy)^2", "5:18", "in 'loss': 'yy' is not a known name; did you mean 'y'?"),
    ("\"(u*w*x - yy)^2\"", "5:19", "in 'loss': 'yy' is not a known name; did you mean 'y'?"),
    ("|\n    u*w\n    + yy", "7:9", "in 'loss': 'yy' is not a known name; did you mean 'y'?"),
    ("u*w*x +", "5:16", "in 'loss': the expression ends where a number, a name or '(' is needed"),
    ("u ** 2", "5:11", "in 'loss': '**' is not an operator; a power is written with '^'"),
    ("sine(u)", "5:9", "in 'loss': 'sine' is not a function; did you mean 'sin'?"),
    (
      "dot(W, u)", "5:9", "in 'loss': 'dot' needs two arrays of one shape, got [2, 3] and a number"
    ),
    ("u + W @ x", "5:15", "in 'loss': '@' multiplies arrays, got [2, 3] and a number; for numbers write '*'"),
    ("u*W", "5:9", "in 'loss': the expression must be a number, got an array of shape [2, 3]; sum or mean makes one"),
    (
      "normal(0, 1)*u", "5:9",
      "in 'loss': 'normal' is a random number, which only parameters and generated data may use"
    ),
    ("[u, w]", "5:9", "'loss' must be an expression, got a list of 2"),
    ("", "5:8", "'loss' must be an expression, got nothing"),
  ])
  func problems(loss: String, place: String, message: String) {
    #expect(errors(text(loss)) == ["s.yaml:\(place): error: \(message)"])
  }

  @Test func severalUnknownNamesAreAllReported() {
    #expect(
      errors(text("uu*ww - x*qqq")) == [
        "s.yaml:5:9: error: in 'loss': 'uu' is not a known name; did you mean 'u'?",
        "s.yaml:5:12: error: in 'loss': 'ww' is not a known name; did you mean 'w'?",
        "s.yaml:5:19: error: in 'loss': 'qqq' is not a known name; known here are u, w, W, x, y, t, pi, e",
      ])
  }

  @Test func aLossThatIsNotFiniteAtTheStartPoint() {
    #expect(
      errors(text("log(w - u*x)*sum(W)", data: "{x: [0.1, 2]}")) == [
        "s.yaml:5:9: error: the loss is not finite at the start point for sample 1: it is nan at u = 1.3, w = 0.4, "
          + "W[0,0] = 0.1, W[0,1] = 0.1, …, because in 'loss', character 1, 'log' of -2.2 is NaN; the argument of log must "
          + "be > 0"
      ])
    #expect(errors(text("1/(u - 1.3*x)", data: "{x: [1]}"))[0].contains("for sample 0: it is inf at"))
  }

  @Test func deepNesting() {
    for (opening, closing) in [("(", ")"), ("exp(", ")"), ("-", ""), ("2^", "")] {
      let deep = String(repeating: opening, count: 100_000) + "u" + String(repeating: closing, count: 100_000)
      let found = errors(text(deep))
      #expect(found.count == 1 && found[0].contains("in 'loss': the expression nests deeper than 256 levels"))
    }
  }

  @Test func aParameterThatDoesNotOccurIsAWarning() {
    let found = reading(text("u^2 + sum(W)"))
    #expect(found.scenario != nil)
    #expect(
      found.diagnostics.map(\.description) == ["s.yaml:5:9: warning: the parameter 'w' does not occur in the loss"])
  }
}
