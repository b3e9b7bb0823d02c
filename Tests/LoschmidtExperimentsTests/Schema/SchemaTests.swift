import LoschmidtTestSupport
import Testing

@testable import LoschmidtExperiments

@Suite struct SchemaTests {
  private func document(_ schema: Schema, meaning: String? = nil) -> String {
    schema.json(meaning: meaning).document
  }

  @Test func plainSchemas() {
    #expect(document(.words(["a", "b"])) == "{\"enum\": [\"a\", \"b\"]}\n")
    #expect(document(.text) == "{\"type\": [\"string\", \"number\", \"boolean\"]}\n")
    #expect(document(.definition("x")) == "{\"$ref\": \"#/definitions/x\"}\n")
    #expect(
      document(.definition("x"), meaning: "m")
        == "{\"description\": \"m\", \"allOf\": [{\"$ref\": \"#/definitions/x\"}]}\n")
    #expect(
      document(.whole(1...3)) == """
        {"type": ["integer", "string"], "minimum": 1, "maximum": 3, "pattern": "^(1|2|3)$"}

        """)
    #expect(document(.seed).contains("\"maximum\": 18446744073709551615"))
  }

  private func accepts(_ schema: Schema, _ document: String) throws -> Bool {
    let validator = try SchemaValidator(try PlainValue(document: self.document(schema)))
    return validator.faults(of: try PlainValue(document: document)).isEmpty
  }

  @Test func mapsRefuseWhatTheyDoNotName() throws {
    let map = Schema.map(
      anyOf: ["a", "b"], excludes: [["a", "b"]],
      [
        .init("a", .text, "one"), .init("b", .text, "other"), .required("c", .whole(0...5), "third"),
      ])
    #expect(try accepts(map, "{\"a\": \"x\", \"c\": 5}"))
    #expect(try !accepts(map, "{\"c\": 5}"))
    #expect(try !accepts(map, "{\"a\": \"x\", \"b\": \"x\", \"c\": 5}"))
    #expect(try !accepts(map, "{\"a\": \"x\"}"))
    #expect(try !accepts(map, "{\"a\": \"x\", \"c\": 6}"))
    #expect(try !accepts(map, "{\"a\": \"x\", \"c\": 5, \"d\": 1}"))
    #expect(try !accepts(map, "null"))
    #expect(try accepts(.map(mayBeEmpty: true, []), "null"))
  }

  @Test func casesGoByTheirKey() throws {
    let cases = Schema.cases(
      [("a", .names("^a$", to: .whole(1...1))), ("b", .names("^b$", to: .whole(2...2)))],
      otherwise: .names("^", to: .whole(3...3)))
    for (text, isGood) in [
      ("{\"a\": 1}", true), ("{\"b\": 2}", true), ("{\"c\": 3}", true), ("{\"a\": 3}", false), ("{\"b\": 3}", false),
      ("{\"a\": 1, \"b\": 2}", false), ("{\"c\": 1}", false),
    ] {
      #expect(try accepts(cases, text) == isGood, "\(text)")
    }
  }

  @Test func aChoiceIsAWordOrAMapWithOneKey() throws {
    let items: [CatalogueItem<Int>] = [
      CatalogueItem("plain", "p", { _, _ in 1 }, .map(mayBeEmpty: true, [])),
      CatalogueItem("rich", "r", { _, _ in 2 }, .map(mayBeEmpty: true, [.required("size", .whole(1...9), "s")])),
      CatalogueItem("later", "l"),
    ]
    for (text, isGood) in [
      ("\"plain\"", true), ("{\"plain\": null}", true), ("{\"plain\": {}}", true), ("{\"rich\": {\"size\": 2}}", true),
      ("\"rich\"", false), ("{\"rich\": null}", false), ("{\"later\": {}}", false), ("\"later\"", false), ("{}", false),
      ("{\"plain\": {}, \"rich\": {\"size\": 2}}", false), ("null", false),
    ] {
      #expect(try accepts(.choice(of: items), text) == isGood, "\(text)")
    }
  }

  @Test func infinityIsNoFiniteNumber() throws {
    let finite = try SchemaValidator(try PlainValue(document: document(.number(.finite))))
    let infinite = try SchemaValidator(try PlainValue(document: document(.infinity)))
    for (value, isFinite) in [(1.0, true), (-1e300, true), (.infinity, false), (-.infinity, false)] {
      #expect(finite.faults(of: .number(value)).isEmpty == isFinite)
    }
    #expect(infinite.faults(of: .number(.infinity)).isEmpty)
    #expect(!infinite.faults(of: .number(1)).isEmpty)
  }
}
