import Foundation
import LoschmidtTestSupport
import Testing

@testable import LoschmidtNumerics

struct ExpressionParserTests {
  /// The expression with every operation in parentheses.
  private func shown(_ text: String) throws -> String {
    let expression = try Expression(parsing: text)
    var parts: [String] = []
    for node in expression.nodes {
      switch node {
      case .number(let value): parts.append("\(value)")
      case .name(let name): parts.append(name)
      case .negate(let a): parts.append("(-\(parts[a]))")
      case .binary(let operation, let a, let b): parts.append("(\(parts[a])\(operation.rawValue)\(parts[b]))")
      case .call(let function, let arguments):
        parts.append("\(function.rawValue)(\(arguments.map { parts[$0] }.joined(separator: ",")))")
      }
    }
    return parts[parts.count - 1]
  }

  private func error(_ text: String) -> ExpressionError? {
    do {
      _ = try Expression(parsing: text)
      return nil
    } catch {
      return error
    }
  }

  @Test(arguments: [
    ("a+b*c", "(a+(b*c))"), ("a*b+c", "((a*b)+c)"), ("a-b-c", "((a-b)-c)"), ("a/b/c", "((a/b)/c)"),
    ("a/b*c", "((a/b)*c)"), ("a@b@c", "((a@b)@c)"), ("a*b@c", "((a*b)@c)"), ("a^b^c", "(a^(b^c))"),
    ("-x^2", "(-(x^2.0))"), ("-x*y", "((-x)*y)"), ("2^-1", "(2.0^(-1.0))"), ("2^-x^2", "(2.0^(-(x^2.0)))"),
    ("-2^-2", "(-(2.0^(-2.0)))"), ("(-x)^2", "((-x)^2.0)"), ("a--b", "(a-(-b))"), ("a*-b", "(a*(-b))"), ("+x", "x"),
    ("--x", "(-(-x))"), ("a/-b^c", "(a/(-(b^c)))"), ("(a+b)*c", "((a+b)*c)"), ("((a))", "a"), ("a^(b+c)", "(a^(b+c))"),
    ("min(a, b)+1", "(min(a,b)+1.0)"), ("exp(-x^2/2)", "exp(((-(x^2.0))/2.0))"), ("sin(x)^2", "(sin(x)^2.0)"),
    (" a\t+\n b ", "(a+b)"), ("normal(0, 1)", "normal(0.0,1.0)"), ("a^b*c", "((a^b)*c)"), ("x^2^-y", "(x^(2.0^(-y)))"),
  ])
  func grammar(_ text: String, _ tree: String) throws {
    #expect(try shown(text) == tree)
  }

  /// Where each error is, and a piece of what it says.
  @Test(arguments: [
    ("", 0, "is empty"), ("   ", 3, "is empty"), ("1 +", 3, "the expression ends where"), ("(a", 0, "never closed"),
    ("exp(a", 3, "never closed"), ("((a)", 0, "never closed"), ("a)", 1, "without its '('"), ("a, b", 1, "outside"),
    ("(a, b)", 2, "',' where an operator or ')' is needed"), ("exp(a b)", 6, "'b' where an operator, ',' or ')'"),
    ("2 x", 2, "an operator is missing before 'x'"), ("2e", 1, "an operator is missing before 'e'"),
    ("2e+", 1, "an operator is missing"), ("1.2.3", 3, "an operator is missing before '.3'"), ("*a", 0, "'*' where"),
    ("a + * b", 4, "'*' where a number"), ("a ** b", 2, "'^'"), ("()", 1, "')' where"),
    ("expp(x)", 0, "did you mean 'exp'?"), ("1 + frobnicate(x)", 4, "allowed are exp, log"),
    ("exp", 0, "needs its argument in parentheses"),
    ("1 + min", 4, "needs its arguments in parentheses"), ("exp()", 0, "'exp' takes 1 argument, got 0"),
    ("1 + exp(a, b)", 4, "'exp' takes 1 argument, got 2"), ("min(a)", 0, "'min' takes 2 arguments, got 1"),
    ("min(a,)", 6, "')' where a number"), ("1e999", 0, "1e999 is too large"), ("a + 2e308", 4, "too large"),
    ("a $ b", 2, "'$' has no meaning"), ("x = 1", 2, "'=' has no meaning"), ("a\u{7}", 1, "U+7 has"),
    ("\u{1F600}", 0, "U+1F600"), ("a\u{200B}", 1, "U+200B"), ("x\r\n+ ?", 5, "'?'"), ("\u{E9} + #", 4, "'#'"),
  ])
  func errors(_ text: String, _ position: Int, _ message: String) throws {
    let error = try #require(self.error(text), "\(text)")
    #expect(error.position == position, "\(text): \(error)")
    #expect(error.message.contains(message), "\(text): \(error)")
    #expect(!error.message.hasSuffix("."))
  }

  /// Ways to nest n levels deep around x: parentheses, calls, signs, powers on the right, and all of them in turn.
  private func nested(_ n: Int) -> [String] {
    let openings = ["(", "exp(", "-", "2^", "min(1,"]
    let every = openings.map { Array(repeating: $0, count: n) }
    let mixed = (0..<n).map { openings[$0 % openings.count] }
    return (every + [mixed]).map { levels in
      levels.joined() + "x" + String(repeating: ")", count: levels.filter { $0.contains("(") }.count)
    }
  }

  @Test func nestingEndsAfterItsLimit() {
    for text in nested(256) { #expect(error(text) == nil, "\(text.prefix(20))") }
    for text in nested(257) {
      #expect(error(text)?.message == "the expression nests deeper than 256 levels", "\(text.prefix(20))")
    }
    for text in nested(100_000) { #expect(error(text)?.message.contains("256") == true) }
    // Closed levels do not count.
    #expect(error(Array(repeating: "((x))", count: 1000).joined(separator: "+")) == nil)
  }

  /// The deepest expression that is allowed needs little stack: 512 KiB is what secondary threads have on some systems.
  @Test func deepestNestingFitsASmallStack() async {
    let texts = nested(256)
    let parsed = await withCheckedContinuation { continuation in
      let thread = Thread { continuation.resume(returning: texts.allSatisfy { (try? Expression(parsing: $0)) != nil }) }
      thread.stackSize = 512 * 1024
      thread.start()
    }
    #expect(parsed)
  }

  @Test func longExpressions() throws {
    let terms = Expression.nodeLimit / 2
    let sum = try Expression(parsing: Array(repeating: "x", count: terms).joined(separator: "+"))
    #expect(sum.nodes.count == 2 * terms - 1)
    #expect(try sum.value { _ in 0.5 } == 0.5 * Double(terms))
    #expect(error(Array(repeating: "x", count: terms).joined(separator: "*") + "+")?.position == 2 * terms)
  }

  // MARK: Random texts

  static let isLong = ProcessInfo.processInfo.environment["LOSCHMIDT_LONG_TESTS"] == "1"
  static let fuzzCases = isLong ? 1_000_000 : 10_000

  /// What every text must give: nodes whose operands come before them, or an error inside the text.
  private func isSound(_ text: String) -> Bool {
    do {
      let expression = try Expression(parsing: text)
      guard expression.nodes.count == expression.positions.count, !expression.nodes.isEmpty else { return false }
      let length = text.unicodeScalars.count
      return zip(expression.nodes.indices, expression.nodes).allSatisfy { index, node in
        let operands: [Int] =
          switch node {
          case .number(let value): value.isFinite ? [] : [-1]
          case .name: []
          case .negate(let a): [a]
          case .binary(_, let a, let b): [a, b]
          case .call(let function, let arguments): arguments.count == function.argumentCount ? arguments : [-1]
          }
        return operands.allSatisfy { (0..<index).contains($0) } && (0..<length).contains(expression.positions[index])
      }
    } catch {
      return (0...text.unicodeScalars.count).contains(error.position) && !error.message.isEmpty
    }
  }

  @Test func randomBytes() {
    var random = TestRandom(seed: 1)
    for _ in 0..<Self.fuzzCases {
      let bytes = (0..<Int.random(in: 0...24, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
      let text = String(decoding: bytes, as: UTF8.self)
      if !isSound(text) { Issue.record("\(bytes)") }
    }
  }

  @Test func randomEdits() {
    var random = TestRandom(seed: 2)
    let texts = [
      "0.5*(dot(a, tanh(W@v + b)) - 0.3)^2 + 1e-3*sum(W*W)", "-x^2 + min(y, 2.5e-1)/(1 - .5*z)^-3",
      "softplus(-(u - w_1)^2) + lgamma(1 + u^2)*sigmoid(3.)", "mean(transpose(A)@A) - e*pi^2 + max(1, relu(x))",
    ].map { Array($0.unicodeScalars) }
    let pieces = "()+-*/^@,.eE_ 019x\u{3B8}\u{301}$".unicodeScalars.map { $0 }
    for _ in 0..<Self.fuzzCases {
      var scalars = texts.randomElement(using: &random) ?? []
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        let place = Int.random(in: 0...scalars.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: scalars.insert(pieces.randomElement(using: &random) ?? "x", at: place)
        case 1: if place < scalars.count { scalars.remove(at: place) }
        case 2: if place < scalars.count { scalars[place] = pieces.randomElement(using: &random) ?? "x" }
        default: scalars.insert(contentsOf: scalars[place..<min(place + 8, scalars.count)], at: place)
        }
      }
      var text = String.UnicodeScalarView()
      text.append(contentsOf: scalars)
      if !isSound(String(text)) { Issue.record("\(text)") }
    }
  }

  /// a + a + … with n names has n − 1 operations.
  @Test func numberOfNodesIsLimited() throws {
    func text(_ names: Int) -> String { [String](repeating: "a", count: names).joined(separator: "+") }
    let most = Expression.nodeLimit / 2
    #expect(try Expression(parsing: text(most)).nodes.count == 2 * most - 1)
    do {
      _ = try Expression(parsing: text(most + 1))
      Issue.record("it is one operation too long")
    } catch {
      #expect(error.position == 0)
      #expect(
        error.message == "the expression has 100001 numbers, names and operations, and at most 100000 are allowed")
    }
  }
}
