import Testing

@testable import LoschmidtReports

@Suite struct JSONMemberTests {
  private func member(_ text: String) throws -> JSONMember { JSONMember(try JSONParser.value(of: Array(text.utf8))) }

  @Test func pathsNameEveryMember() throws {
    let keys = try member(#"{"a": [{"b c": 1}]}"#).members()
    let inner = try #require(try keys[0].member.array().first?.members().first?.member)
    #expect(inner.path == #"a[0]["b c"]"#)
    #expect(throws: JSONMember.Problem(path: #"a[0]["b c"]"#, message: "must be a text, and is 1")) { try inner.text() }
  }

  @Test func keysAreThoseThatAreKnown() throws {
    let object = try member(#"{"a": 1, "b": null}"#)
    #expect(try object.object(["a"], optional: ["b", "c"]).keys.sorted() == ["a", "b"])
    #expect(throws: JSONMember.Problem(path: "c", message: "is missing")) { try object.object(["a", "b", "c"]) }
    #expect(throws: JSONMember.Problem(path: "b", message: "is not a member that this version knows")) {
      try object.object(["a"])
    }
  }

  @Test func numbersAreOfTheirKind() throws {
    #expect(try member("3").real() == 3)
    #expect(try member("null").optionalReal() == nil)
    #expect(try member("3").unsigned() == 3)
    #expect(throws: JSONMember.Problem.self) { try member("3.5").integer(atLeast: 0) }
    #expect(throws: JSONMember.Problem.self) { try member("-1").integer(atLeast: 0) }
    #expect(throws: JSONMember.Problem.self) { try member("\"3\"").real() }
    #expect(throws: JSONMember.Problem.self) { try member("1").bool() }
  }
}
