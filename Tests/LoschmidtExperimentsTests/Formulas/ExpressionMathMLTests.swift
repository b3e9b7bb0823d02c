import Foundation
import LoschmidtNumerics
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

@testable import LoschmidtExperiments

@Suite struct ExpressionMathMLTests {
  /// The formula without its rows and attributes.
  private func plain(_ text: String, indexed: Set<String> = []) throws -> String {
    let mathML = ExpressionMathML(try Expression(parsing: text), indexed: indexed).text
    #expect(isMathML(mathML), "\(mathML)")
    var plain = ""
    var isInTag = false
    var tag = ""
    for character in mathML {
      switch character {
      case "<":
        isInTag = true
        tag = ""
      case ">":
        isInTag = false
        let name = tag.split(separator: " ").first.map(String.init) ?? ""
        let shown = ["mfrac", "/mfrac", "msup", "/msup", "msub", "/msub", "msqrt", "/msqrt"]
        if shown.contains(name) { plain += "<\(name)>" }
      default: if isInTag { tag.append(character) } else { plain.append(character) }
      }
    }
    return plain.replacingOccurrences(of: "&#x2062;", with: "").replacingOccurrences(of: "&#x2061;", with: "")
  }

  @Test func operators() throws {
    #expect(try plain("a + b - c") == "a+b−c")
    #expect(try plain("2*x*y") == "2xy")
    #expect(try plain("x*2") == "x·2")
    #expect(try plain("x*(2 + y)") == "x(2+y)")
    #expect(try plain("a/b") == "<mfrac>ab</mfrac>")
    #expect(try plain("x^2") == "<msup>x2</msup>")
    #expect(try plain("W @ x") == "Wx")
  }

  /// Parentheses stand where the tree needs them, and nowhere else.
  @Test func parentheses() throws {
    #expect(try plain("a*(b + c)") == "a(b+c)")
    #expect(try plain("(a + b)/(c - d)") == "<mfrac>a+bc−d</mfrac>")
    #expect(try plain("a - (b - c)") == "a−(b−c)")
    #expect(try plain("(a*b)^2") == "<msup>(ab)2</msup>")
    #expect(try plain("(-x)^2") == "<msup>(−x)2</msup>")
    #expect(try plain("-x^2") == "−<msup>x2</msup>")
    #expect(try plain("-(a + b)") == "−(a+b)")
    #expect(try plain("x^y^z") == "<msup>x<msup>yz</msup></msup>")
    #expect(try plain("(x^y)^z") == "<msup>(<msup>xy</msup>)z</msup>")
    #expect(try plain("(a/b)^2") == "<msup>(<mfrac>ab</mfrac>)2</msup>")
    #expect(try plain("a*(-b)") == "a(−b)")
    #expect(try plain("a*(b*c)") == "a(bc)")
  }

  @Test func functions() throws {
    #expect(try plain("exp(-x^2)") == "<msup>e−<msup>x2</msup></msup>")
    #expect(try plain("sqrt(x + 1)") == "<msqrt>x+1</msqrt>")
    #expect(try plain("abs(x)") == "|x|")
    #expect(try plain("log(x)") == "ln(x)")
    #expect(try plain("min(x, y)") == "min(x,y)")
    #expect(try plain("dot(w, x + 1)") == "w⋅(x+1)")
    #expect(try plain("mean(x)") == "⟨x⟩")
    #expect(try plain("tanh(x)^2") == "<msup>(tanh(x))2</msup>")
  }

  @Test func names() throws {
    #expect(try plain("alpha + x1 + k_x") == "α+<msub>x1</msub>+<msub>kx</msub>")
    #expect(try plain("u*x - y", indexed: ["x", "y"]) == "u<msub>xi</msub>−<msub>yi</msub>")
    #expect(try plain("centre") == "centre")
    #expect(try plain("1e-5*x") == "<msup>10−5</msup>x")
    #expect(try plain("2.5e20") == "2.5·<msup>1020</msup>")
  }

  @Test func everyFunctionIsMathML() throws {
    for function in ExpressionFunction.allCases {
      let arguments = Array(repeating: "x", count: function.argumentCount).joined(separator: ", ")
      _ = try plain("\(function.rawValue)(\(arguments))")
    }
  }

  @Test func aLongFormulaIsShownAsItWasWritten() throws {
    let text = (0..<300).map { "x\($0) < y".replacingOccurrences(of: " < y", with: "") }.joined(separator: " + ")
    #expect(ExpressionMathML(try Expression(parsing: text)).text == "<mtext>\(text)</mtext>")
  }
}

/// Whether a text is well-formed and has elements of MathML alone, scripts with as many parts as they need.
func isMathML(_ text: String) -> Bool {
  final class Outline: NSObject, XMLParserDelegate {
    var isSound = true
    private var counts: [Int] = []
    private let parts = [
      "mfrac": 2, "msup": 2, "msub": 2, "mover": 2, "munder": 2, "munderover": 3,
    ]
    private let others: Set<String> = [
      "math", "mrow", "mi", "mn", "mo", "mtext", "msqrt", "mspace", "mtable", "mtr", "mtd",
    ]

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
      attributes: [String: String] = [:]
    ) {
      if !counts.isEmpty { counts[counts.count - 1] += 1 }
      counts.append(0)
      isSound = isSound && (parts[name] != nil || others.contains(name))
    }

    func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
      let count = counts.removeLast()
      if let wanted = parts[name], wanted != count { isSound = false }
    }
  }
  let parser = XMLParser(data: Data("<math>\(text)</math>".utf8))
  let outline = Outline()
  parser.delegate = outline
  return parser.parse() && outline.isSound
}
