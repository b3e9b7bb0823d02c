import Foundation
import LoschmidtNumerics
import Testing

@testable import LoschmidtExperiments

@Suite struct ProcessSchemaTests {
  private func matches(_ text: String, _ pattern: String) throws -> Bool {
    let range = NSRange(text.startIndex..., in: text)
    return try NSRegularExpression(pattern: pattern).firstMatch(in: text, range: range) != nil
  }

  @Test func keysAreThoseOfTheReader() {
    let read = ReaderKeys { decoder, node in
      _ = decoder.process(ScenarioNode.Entry(key: "process", origin: .start, value: node))
    }
    // Without a force the reader asks for a loss; the schema says that one of the two must be there.
    #expect(read.required == ["parameters", "algorithm", "loss"])
    let schema = ReaderKeys(ProcessSchema.process)
    #expect(schema.all == read.all && schema.required == ["parameters", "algorithm"])
  }

  @Test(arguments: [
    "u", "w_1", "_", "_x", "θ", "größe", "W2", "y", "on", "true", "expo", "pip", "sums", "", "1u", "u-1", "u 1", "u.v",
    "a[0]", "exp", "pi", "e", "t", "step", "normal", "transpose", "s", "~", "@", "[", "`", "{", "/", ":",
  ]) func namesAreThoseOfTheReader(name: String) throws {
    let isFree = ScenarioDecoder.isName(name) && !Expression.reservedNames.contains(name)
    #expect(try matches(name, NamePattern.free) == isFree)
    #expect(try matches(name, NamePattern.inlineColumn) == isFree)
  }

  @Test func theKeysOfDataAreNoColumns() throws {
    for name in ["csv", "generate"] {
      #expect(try matches(name, NamePattern.free))
      #expect(try !matches(name, NamePattern.inlineColumn))
    }
    for name in ["count", "seed"] { #expect(try !matches(name, NamePattern.generatedColumn)) }
    #expect(try matches("counts", NamePattern.generatedColumn))
  }

  @Test func elementsHaveIndices() throws {
    for key in ["W[0]", "W[0,1]", " W [ 0 , 1 ] "] {
      #expect(try matches(key, NamePattern.element))
      #expect(try !matches(key, NamePattern.parameter))
    }
    for key in ["W[]", "W[a]", "W[0", "[0]", "W[0]x"] { #expect(try !matches(key, NamePattern.element), "\(key)") }
    #expect(try matches(" W ", NamePattern.parameter))
  }
}
