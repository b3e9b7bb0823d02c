import Testing

@testable import LoschmidtReports

@Suite struct TableColumnsTests {
  @Test func columnsByName() {
    var table = Table(columns: [.init("point"), .init("value", unit: "nats"), .init("name")])
    table.append([.integer(3), .real(0.5), .text("u")])
    table.append([.integer(4), .missing(reason: "undefined"), .text("w")])
    #expect(table.reals("point") == [3, 4])
    #expect(table.reals("value") == [0.5, nil])
    #expect(table.reals("absent") == [nil, nil])
    #expect(table.words("point") == ["3", "4"])
    #expect(table.words("name") == ["u", "w"])
    #expect(table.unit(of: "value") == "nats")
    #expect(table.unit(of: "absent") == nil)
  }

  @Test func wordsOnceEach() {
    #expect(["b", "a", "b"].distinct == ["b", "a"])
    #expect(String(repeating: "x", count: 30).shortened.count == 24)
    #expect("short".shortened == "short")
  }
}
