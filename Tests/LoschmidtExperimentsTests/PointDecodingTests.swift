import Testing

@testable import LoschmidtExperiments

@Suite struct PointDecodingTests {
  private func text(_ points: String) -> String {
    scenario(
      process: """
        parameters: {u: 1.3, W: {shape: [2, 2], initial: 0.5}, b: {shape: [2], initial: "normal(0, 1)"}}
        loss: log(10 - u)*sum(W) + sum(b)
        algorithm: {gradient-descent: {learning-rate: 0.1}}
        """, potentials: points + "\nlearning-rates: [0.1]")
  }

  private func points(_ text: String) throws -> [[Double]] {
    try #require(try good(self.text(text)).experiments[0].settings as? PotentialsSettings).points
  }

  @Test func onePoint() throws {
    #expect(try points("at: {b: 1}") == [[1.3, 0.5, 0.5, 0.5, 0.5, 1, 1]])
    #expect(try points("at: {b: [1, 2], u: -1}") == [[-1, 0.5, 0.5, 0.5, 0.5, 1, 2]])
    #expect(try points("at: {b: \"i + 1\", W: \"10*i + j\"}") == [[1.3, 0, 1, 10, 11, 1, 2]])
    #expect(try points("at: {b: 0, W: [[1, 2], [3, 4]], \"W[1,0]\": 7}") == [[1.3, 1, 2, 7, 4, 0, 0]])
    #expect(try points("at:\n  b[0]: 1\n  b[1]: 2\n  W[0, 1]: sqrt(4)") == [[1.3, 0.5, 2, 0.5, 0.5, 1, 2]])
  }

  @Test func severalPoints() throws {
    #expect(
      try points("points: [{b: 0}, {b: 1, u: 2}]") == [
        [1.3, 0.5, 0.5, 0.5, 0.5, 0, 0], [2, 0.5, 0.5, 0.5, 0.5, 1, 1],
      ])
  }

  @Test func grids() throws {
    let grid = try points(
      "points: {u: {from: 0, to: 1, count: 3}, \"b[0]\": {from: -1, to: 1, count: 2}, \"b[1]\": 5}")
    #expect(grid.map { $0[0] } == [0, 0, 0.5, 0.5, 1, 1])
    #expect(grid.map { $0[5] } == [-1, 1, -1, 1, -1, 1])
    #expect(grid.allSatisfy { $0[6] == 5 && $0[1] == 0.5 })
  }

  /// The points begin in line 9, column 7.
  @Test(arguments: [
    ("at: {u: 1}", "9:11", "the point must give a value to 'b', because the initial value is a distribution"),
    (
      "points: [{b: 1}, {u: 2}]", "9:24",
      "the point must give a value to 'b', because the initial value is a distribution"
    ),
    (
      "points: {u: {from: 0, to: 1, count: 2}}", "9:15",
      "the point must give a value to 'b', because the initial value is a distribution"
    ),
    ("at: {b: 1, V: 1}", "9:18", "unknown parameter 'V'; the parameters are u, W, b"),
    ("at: {b: 1, weights: 1}", "9:18", "unknown parameter 'weights'; the parameters are u, W, b"),
    ("at: {b: 1, \"W[2,0]\": 1}", "9:18", "there is no element 'W[2,0]'; indices of 'W' are 0 … 1 and 0 … 1"),
    ("at: {b: 1, \"W[0]\": 1}", "9:18", "there is no element 'W[0]'; indices of 'W' are 0 … 1 and 0 … 1"),
    ("at: {b: 1, \"u[0]\": 1}", "9:18", "there is no element 'u[0]'; 'u' is a number and has no elements"),
    ("at: {b: [1, 2, 3]}", "9:15", "'b' needs 2 entries for the shape [2], got 3"),
    ("at: {b: 1, u: [1]}", "9:21", "'u' must be a number, got a list of 1"),
    ("at: {b: 1, u: \"normal(0, 1)\"}", "9:21", "a point needs definite numbers for 'u', got 'normal(0, 1)'"),
    ("at: {b: 1, u: two}", "9:21", "in 'u': 'two' is not a known name; known here are pi, e"),
    ("at: [1]", "9:11", "'at' must hold a map of parameters and their values, got a list of 1"),
    (
      "points: []", "9:15",
      "'points' must be a list of maps, or a map of parameters to {from, to, count}, got an empty list"
    ),
    (
      "points: {W: {from: 0, to: 1, count: 2}, b: 1}", "9:16",
      "a grid runs over numbers, and 'W' is an array of shape [2, 2]; name an element, such as \"W[0,0]\""
    ),
    (
      "points: {u: {from: 0, to: 1, count: 1e6}, \"b[0]\": {from: 0, to: 1, count: 1e6}}", "9:15",
      "1000000000000 points of 7 coordinates are too many; allowed are 1000000 points and 100000000 coordinates"
    ),
    (
      "at: {b: 1, u: 11}", "9:11",
      "the loss is not finite at point 0 for sample 0: it is nan at u = 11.0, W[0,0] = 0.5, W[0,1] = 0.5, W[1,0] = 0.5, …, "
        + "because in 'loss', character 1, 'log' of -1 is NaN; the argument of log must be > 0"
    ),
  ])
  func problems(points: String, place: String, message: String) {
    let found = reading(text(points)).diagnostics.map(\.description)
    #expect(found.contains("s.yaml:\(place): error: \(message)"), "\(found)")
  }
}
