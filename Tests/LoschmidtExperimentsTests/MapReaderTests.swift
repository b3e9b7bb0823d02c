import Testing

@testable import LoschmidtExperiments

@Suite struct MapReaderTests {
  private func problems(_ keys: [String], read: (inout MapReader) -> Void) -> [String] {
    let entries = keys.enumerated().map { index, key in
      ScenarioNode.Entry(
        key: key, origin: .text(line: Int32(index + 2), column: 1), value: .scalar("1", at: .text(line: 1, column: 1)))
    }
    var reader = MapReader(entries, name: "map", origin: .start)
    read(&reader)
    var list = DiagnosticList(path: "s.yaml")
    reader.finish(&list)
    return list.sorted().map(\.description)
  }

  @Test func everythingRead() {
    var keys: [String?] = []
    let found = problems(["one", "two"]) { reader in
      keys = [reader.required("one")?.key, reader.optional("two")?.key, reader.optional("three")?.key]
    }
    #expect(found == [] && keys == ["one", "two", nil])
  }

  @Test func missingAndUnknownKeys() {
    let found = problems(["size", "sampeling", "<<", "zzz"]) { reader in
      _ = (reader.required("sampling"), reader.required("count"), reader.optional("size"))
    }
    #expect(
      found == [
        "s.yaml:1:1: error: 'map' needs the key 'count', which is missing",
        "s.yaml:3:1: error: unknown key 'sampeling' in 'map'; did you mean 'sampling'?",
        "s.yaml:4:1: error: unknown key '<<' in 'map'; merge keys are not read, write the keys out",
        "s.yaml:5:1: error: unknown key 'zzz' in 'map'; allowed are sampling, count, size",
      ])
  }

  @Test func remainingKeysAreTheUsers() {
    var rest: [String] = []
    let found = problems(["seed", "x", "y"]) { reader in
      _ = reader.required("seed")
      rest = reader.remaining().map(\.key)
    }
    #expect(found == [] && rest == ["x", "y"])
  }

  @Test func aMapWithoutKeys() {
    #expect(problems(["x"]) { _ in } == ["s.yaml:2:1: error: unknown key 'x' in 'map'; no keys are allowed here"])
  }
}
