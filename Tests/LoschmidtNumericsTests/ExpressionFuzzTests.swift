import Foundation
import LoschmidtNumerics
import LoschmidtTestSupport
import Testing

/// Whatever the text, parsing gives an expression or an error with a place inside the text, and it ends.
///
/// 10⁴ cases, or LOSCHMIDT_FUZZ_CASES of them. The seed of a failing case is in the message.
@Suite struct ExpressionFuzzTests {
  static let cases = ProcessInfo.processInfo.environment["LOSCHMIDT_FUZZ_CASES"].flatMap { Int($0) } ?? 10_000

  @Test func randomTokens() {
    for seed in 0..<UInt64(Self.cases / 2) {
      var random = TestRandom(seed: seed)
      check((0..<random.below(30)).map { _ in random.pick(Self.tokens) }.joined(), seed)
    }
  }

  @Test func randomEdits() {
    for seed in 0..<UInt64(Self.cases - Self.cases / 2) {
      var random = TestRandom(seed: seed)
      var scalars = Array(random.pick(Self.formulas).unicodeScalars)
      for _ in 0...random.below(3) {
        let place = random.below(scalars.count + 1)
        let length = min(scalars.count - place, random.below(4))
        scalars.replaceSubrange(place..<place + length, with: Array(random.pick(Self.tokens).unicodeScalars))
      }
      check(String(String.UnicodeScalarView(scalars)), seed)
    }
  }

  @Test(arguments: ["(", "-", "2^", "exp(", "max(1, ", "((", "u*(", "-(2^"])
  func deepNestingIsAnError(piece: String) {
    for count in [300, 100_000] {
      for closing in ["", String(repeating: ")", count: count)] {
        #expect(throws: ExpressionError.self) {
          try Expression(parsing: String(repeating: piece, count: count) + "u" + closing)
        }
      }
    }
  }

  @Test func longExpressionsNeedNoStack() throws {
    let sum = try Expression(parsing: Array(repeating: "u", count: 50_000).joined(separator: " + "))
    #expect(try sum.value { _ in 1 } == 50_000)
    let product = try Expression(parsing: Array(repeating: "(1)", count: 50_000).joined(separator: "*"))
    #expect(try product.value { _ in nil } == 1)
  }

  /// Parses; what is parsed is evaluated for numbers and compiled for arrays, where further errors have places too.
  private func check(_ text: String, _ seed: UInt64) {
    let length = text.unicodeScalars.count
    func checkPlace(_ error: ExpressionError) {
      if !(0...length).contains(error.position) || error.message.isEmpty {
        Issue.record("seed \(seed): \(text.debugDescription) has no place for \(error)")
      }
    }
    do throws(ExpressionError) {
      let expression = try Expression(parsing: text)
      for (_, position) in expression.names() where !(0..<length).contains(position) {
        Issue.record("seed \(seed): \(text.debugDescription) has a name at \(position)")
      }
      do throws(ExpressionError) {
        _ = try expression.value({ ["u": 0.5, "v": -1, "W": 2, "t": 0][$0] }, sampling: { _, _ in 0.5 })
      } catch { checkPlace(error) }
      var inputs = DifferentiableFunction.Inputs()
      inputs.parameters = [("u", 0, .scalar), ("v", 1, .vector(3)), ("W", 4, .matrix(2, 3))]
      inputs.common = ["t"]
      do throws(ExpressionError) {
        _ = try DifferentiableFunction(expression, inputs: inputs)
      } catch { checkPlace(error) }
    } catch { checkPlace(error) }
  }

  static let formulas = [
    "0.5*(u*W*x - y)^2", "dot(v, tanh(transpose(W) @ [1]))", "sum((W @ v - t)^2)/2 + 1e-3*log(1 + exp(-u))",
    "-u^-2^t", "max(0, min(u, 1)) + relu(-v@v)", "mean(softplus(W)) - lgamma(2 + u^2)*erf(t)",
    "normal(0, 1) + uniform(u, 2)",
  ]

  static let tokens =
    ExpressionFunction.allCases.map(\.rawValue) + [
      "+", "-", "*", "/", "^", "@", "(", ")", ",", " ", "**", "u", "v", "W", "t", "pi", "e", "unknown", "0", "1", "2.",
      ".5",
      "1e3", "1e", "1e999", "3e-400", "..", "0x1", "é", "ζ", "\u{301}", "\u{0}", "\u{1F600}", "\n", "\t", "[", "]", "%",
      "=",
      "((", "))", "^2", "^-1", "^0.5", "^(1/3)", "/0",
    ]
}
