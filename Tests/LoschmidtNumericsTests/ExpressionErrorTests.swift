import Testing

@testable import LoschmidtNumerics

struct ExpressionErrorTests {
  /// An error points into the text that was given: the scalars before its position are those before the mistake.
  @Test func positionsPointAtTheMistake() {
    let mistakes = [("1 + ", "frob(2)"), ("\u{3B8}*(a\u{301} - ", "?"), ("x\r\n+", "*y"), ("\u{1D70B}^", ")")]
    for (before, mistake) in mistakes {
      do throws(ExpressionError) {
        _ = try Expression(parsing: before + mistake + ")")
        Issue.record("\(before)\(mistake) is not an expression")
      } catch {
        #expect(error.position == before.unicodeScalars.count)
        #expect(error == ExpressionError(at: error.position, error.message))
      }
    }
  }
}
