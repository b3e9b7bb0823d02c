import LoschmidtReports
import Testing

@testable import LoschmidtExperiments

@Suite struct PortraitTests {
  private func tables(_ process: String) throws -> [String: Table] {
    let scenario = try good(scenario(process: process, experiment: "relaxation: {steps: 300, trajectories: 8}"))
    let result = try Run(scenario, bytes: []).result()
    try result.validate()
    return Dictionary(uniqueKeysWithValues: result.experiments[0].tables.map { ($0.name, $0.table) })
  }

  private func numbers(_ row: [Cell]) -> [Double] {
    row.map { cell in
      switch cell {
      case .real(let value): value
      case .integer(let value): Double(value)
      case .text, .missing: .nan
      }
    }
  }

  @Test("the loss x² + 2y², its effective loss and its force at every point of the grid")
  func quadratic() throws {
    let tables = try tables(
      """
      parameters: {x: "normal(1, 0.1)", y: 1}
      loss: x^2 + 2*y^2
      algorithm: {gradient-descent: {learning-rate: 0.05}}
      temperature: 0.01
      """)
    let grid = try #require(tables["portrait"]).rows.map(numbers)
    #expect(grid.count == Portrait.points * Portrait.points)
    for row in grid {
      let (x, y) = (row[0], row[1])
      // Four multiplications and an addition; φ = (η/4)‖∇l‖².
      #expect(abs(row[2] - (x * x + 2 * y * y)) <= 8 * .ulpOfOne * row[2])
      let effective = x * x + 2 * y * y + 0.0125 * (4 * x * x + 16 * y * y)
      #expect(abs(row[3] - effective) <= 16 * .ulpOfOne * effective)
      #expect(row[4] == -2 * x && row[5] == -4 * y)
    }
    let paths = try #require(tables["portrait-paths"]).rows.map(numbers)
    #expect(Set(paths.map { $0[0] }) == [0, 1, 2, 3])
    #expect(paths.filter { $0[0] == 0 }.count == 301)
    // The grid holds the paths.
    for (place, column) in [(2, 0), (3, 1)] {
      let edges = grid.map { $0[column] }
      #expect(paths.allSatisfy { $0[place] > edges.min()! && $0[place] < edges.max()! })
    }
  }

  @Test("paths from the points of 'potentials' end before they run away")
  func potentials() throws {
    let scenario = try good(
      scenario(
        process: """
          parameters: {x: 1, y: 0}
          loss: x^2*y
          algorithm: {gradient-descent: {learning-rate: 0.05}}
          """, experiment: "potentials: {learning-rates: [0.1], points: [{x: 1, y: 0}, {x: 1, y: 0.5}]}"))
    let result = try Run(scenario, bytes: []).result().experiments[0]
    try Run(scenario, bytes: []).result().validate()
    let paths = try #require(result.tables.first { $0.name == "portrait-paths" }?.table).rows.map(numbers)
    #expect(Set(paths.map { $0[0] }) == [0, 1])
    #expect(paths.first { $0[0] == 1 }?.suffix(2) == [1, 0.5])
    // As far from the points as these from 0: x from 0 to 2, y from −0.5 to 1.
    #expect(paths.allSatisfy { (0...2).contains($0[2]) && (-0.5...1).contains($0[3]) })
    #expect(paths.count > 10)
    #expect(result.tables.contains { $0.name == "portrait" })
  }

  @Test("a force without a loss has arrows, and no levels")
  func force() throws {
    let tables = try tables(
      """
      parameters: {x: 1, y: 0}
      force: {x: y, y: -x}
      algorithm: {gradient-descent: {learning-rate: 0.05}}
      temperature: 1
      """)
    let grid = try #require(tables["portrait"])
    #expect(grid.rows.allSatisfy { $0[2] == .missing(reason: "the process has no loss") })
    for row in grid.rows.map(numbers) { #expect(row[4] == row[1] && row[5] == -row[0]) }
  }

  @Test("other numbers of coordinates have none")
  func otherDimensions() throws {
    let tables = try tables(
      "parameters: {x: 1}\nloss: x^2\nalgorithm: {gradient-descent: {learning-rate: 0.05}}\n")
    #expect(tables["portrait"] == nil && tables["path"] != nil)
  }
}
