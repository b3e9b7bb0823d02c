import LoschmidtDynamics
import Testing

@testable import LoschmidtExperiments

@Suite struct TableDataTests {
  private func text(_ data: String, loss: String) -> String {
    scenario(
      process: """
        parameters: {u: 1.3}
        loss: \(loss)
        data: \(data)
        algorithm: {gradient-descent: {learning-rate: 0.1}}
        """)
  }

  private let csv = "x1,x2,y,id no\n1,2,3,4\n5,6,7,8\n"

  @Test func columnsOfAFileNextToTheScenario() throws {
    let folder = try TemporaryFolder()
    _ = try folder.write("d.csv", csv)
    let path = try folder.write("s.yaml", text("{csv: d.csv, x: {columns: [x2, x1]}}", loss: "u*y + sum(x)"))
    let reading = Scenario.read(path: path)
    #expect(reading.diagnostics.isEmpty)
    let samples = reading.scenario?.process.landscape?.samples
    #expect(
      samples
        == SampleTable(
          count: 2,
          columns: [.init(name: "x", shape: .vector(2), values: [2, 1, 6, 5]), .init(name: "y", values: [3, 7])]))
  }

  @Test(arguments: [
    (
      "{csv: d.cvs}", "u*y", "6:15",
      "the file of 'csv' does not exist, got 'd.cvs', which is looked for next to the scenario"
    ),
    ("{csv: d.csv, x: {columns: [x1, x3]}}", "u*sum(x)", "6:40", "the file has no column 'x3'; did you mean 'x1'?"),
    ("{csv: d.csv, x: {columns: x1}}", "u*sum(x)", "6:35", "'columns' must be a list of headers, got 'x1'"),
    (
      "{csv: d.csv, x: [1, 2]}", "u*x", "6:25",
      "beside 'csv' a column must be written 'x: {columns: [name, …]}', got a list of 2"
    ),
    (
      "{csv: d.csv}", "u*z", "5:11",
      "in 'loss': 'z' is not a known name; known here are u, x1, x2, y, t, pi, e; in the file the headers are "
        + "'x1', 'x2', 'y', 'id no'"
    ),
    (
      "{csv: d.csv, separator: ab}", "u*y", "6:33",
      "'separator' must be one character, such as \";\", or 'tab' or 'whitespace', got 'ab'"
    ),
    ("{csv: d.csv, decimal: x}", "u*y", "6:31", "'decimal' must be \".\" or \",\", got 'x'"),
    ("{csv: }", "u*y", "6:15", "'csv' must be a text, got nothing"),
  ])
  func problems(data: String, loss: String, place: String, message: String) throws {
    let folder = try TemporaryFolder()
    _ = try folder.write("d.csv", csv)
    let path = try folder.write("s.yaml", text(data, loss: loss))
    let found = Scenario.read(path: path).diagnostics.filter { $0.severity == .error }.map(\.description)
    #expect(found.contains("\(path):\(place): error: \(message)"), "\(found)")
  }

  @Test func problemsOfTheFileHaveItsPlaces() throws {
    let folder = try TemporaryFolder()
    _ = try folder.write("d.csv", "x,y\n1,2\n3,a\n")
    let path = try folder.write("s.yaml", text("{csv: d.csv}", loss: "u*y + xx"))
    let found = Scenario.read(path: path).diagnostics.map(\.description)
    #expect(
      found == [
        "\(path):5:15: error: in 'loss': 'xx' is not a known name; did you mean 'x'?",
        "\(folder.path)/d.csv:3:3: error: the column 'y' must hold finite numbers, got 'a'",
      ])
  }

  @Test func headersThatCannotBeNamesMayBeLeftAlone() throws {
    let folder = try TemporaryFolder()
    _ = try folder.write("d.csv", "t,u,a b,y\n1,2,3,4\n")
    let fine = try folder.write("s.yaml", text("{csv: d.csv, x: {columns: [a b, t]}}", loss: "u*y + sum(x)"))
    #expect(
      Scenario.read(path: fine).diagnostics.map(\.description) == [
        "\(fine):6:15: error: the name 'u' stands for a parameter already and cannot be given to a column"
      ])
  }

  @Test func tablesOfOtherCountries() throws {
    let folder = try TemporaryFolder()
    _ = try folder.write("d.csv", "a b;y\n0,5;1\n-1,5;2\n")
    let data = "{csv: d.csv, separator: \";\", decimal: \",\", x: {columns: [a b]}}"
    let reading = Scenario.read(path: try folder.write("s.yaml", text(data, loss: "u*y + sum(x)")))
    #expect(reading.diagnostics.isEmpty)
    #expect(reading.scenario?.process.landscape?.samples.columns.map(\.values) == [[0.5, -1.5], [1, 2]])
    #expect(reading.scenario?.outsideFiles == [])
  }

  /// A file from elsewhere is read, and `check` says so.
  @Test func filesOutsideTheFolder() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("d.csv", "y\n1\n2\n")
    let scenario = try #require(
      Scenario.read(path: try folder.write("s.yaml", text("{csv: \(path)}", loss: "u*y"))).scenario)
    #expect(scenario.outsideFiles == [path])
    #expect(try CheckText(scenario).document.contains("which is not in the folder of the scenario"))
  }
}
