import Testing

@testable import LoschmidtNumerics

@Suite struct ForeignNamesTests {
  private func message(_ text: String) -> String? {
    do {
      _ = try Expression(parsing: text)
      return nil
    } catch { return error.message }
  }

  @Test func aWordIsAnsweredByItsMeaning() {
    #expect(message("sign(x)")?.hasPrefix("'sign' is not a function; write x/abs(x) away from 0") == true)
    #expect(message("ln(x)") == "'ln' is not a function; it is called 'log' here")
    #expect(message("arctan(x)") == "'arctan' is not a function; it is called 'atan' here")
    #expect(message("pow(x, 2)") == "'pow' is not a function; write x^a")
    #expect(message("norm(x)") == "'norm' is not a function; write sqrt(sum(x^2))")
    #expect(message("log_sigmoid(x)") == "'log_sigmoid' is not a function; write -softplus(-x)")
    #expect(message("logsumexp(o)")?.contains("c + log(sum(exp(o - c)))") == true)
    #expect(message("argmax(o)")?.contains("the largest entry of an array is not there") == true)
    // A slip is still answered by the nearest name.
    #expect(message("sine(x)") == "'sine' is not a function; did you mean 'sin'?")
  }

  /// No word is answered for something that is here, and what is advised can be read.
  @Test func adviceIsTrue() throws {
    for function in ExpressionFunction.allCases { #expect(ForeignNames.advice(for: function.rawValue) == nil) }
    for word in ["expm1", "log2", "silu", "gelu", "hypot", "softsign", "asinh", "atanh", "bce", "logit", "variance"] {
      let advice = try #require(ForeignNames.advice(for: word))
      let text = advice.dropFirst("write ".count).split(separator: " for the logit")[0]
      #expect(throws: Never.self) { try Expression(parsing: String(text)) }
    }
  }
}
