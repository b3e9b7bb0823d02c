import Foundation
import LoschmidtTestSupport
import Testing

@testable import LoschmidtNumerics

struct ExpressionValueTests {
  private func value(_ text: String, _ names: [String: Double] = [:]) throws -> Double {
    try Expression(parsing: text).value { names[$0] }
  }

  @Test func arithmetic() throws {
    #expect(try value("1 + 2*3 - 4/8") == 6.5)
    #expect(try value("-2^2") == -4)
    #expect(try value("2^3^2") == 512)
    #expect(try value("(-2)^3") == -8)
    #expect(try value("2^-1") == 0.5)
    #expect(try value("x/y", ["x": 3, "y": 4]) == 0.75)
    #expect(try value("pi") == .pi)
    #expect(try value("e") == M_E)
    #expect(try value("sum(3) + mean(4) + dot(2, 5) + transpose(1)") == 18)
    #expect(try value("0/0").isNaN && value("1/0") == .infinity && value("log(-1)").isNaN)
  }

  /// The two routes to a number, here and by a graph, meet in every elementwise function.
  @Test func agreesWithTheCompiledExpression() throws {
    for function in ExpressionFunction.allCases where !function.isDistribution {
      for x in [-2.3, -1, 0, 0.4, 1, 7.5, .infinity, .nan] {
        let text = function.argumentCount == 1 ? "\(function.rawValue)(x)" : "\(function.rawValue)(x, 0.4)"
        let compiled = try DifferentiableFunction(text, parameters: [("x", .scalar)])
        let (a, b) = (try value(text, ["x": x]), compiled.value(at: Block(broadcasting: [x], lanes: 1))[0])
        // The same kernels on the same numbers.
        #expect(a == b || (a.isNaN && b.isNaN), "\(text) at \(x): \(a) and \(b)")
      }
    }
  }

  @Test func tiesAndNaN() throws {
    #expect(try value("min(x, 1)", ["x": .nan]).isNaN && value("min(1, x)", ["x": .nan]).isNaN)
    #expect(try value("max(x, 1)", ["x": .nan]).isNaN && value("max(1, x)", ["x": .nan]).isNaN)
    // The first at a tie: its sign of zero is kept.
    #expect(try value("min(x, y)", ["x": 0, "y": -0.0]).sign == .plus)
    #expect(try value("max(x, y)", ["x": -0.0, "y": 0]).sign == .minus)
  }

  @Test func randomNumbersAreDrawnInOrder() throws {
    var calls: [(ExpressionFunction, [Double])] = []
    let expression = try Expression(parsing: "normal(1, 2*3) + uniform(x, x + 1)")
    let value = try expression.value({ $0 == "x" ? 4 : nil }) { function, arguments in
      calls.append((function, arguments))
      return Double(calls.count)
    }
    #expect(value == 3)
    #expect(calls.map(\.0) == [.normal, .uniform] && calls.map(\.1) == [[1, 6], [4, 5]])
  }

  @Test(arguments: [
    ("1 + y", 4, "'y' has no value"), ("2*normal(0, 1)", 2, "random number"), ("1 @ 2", 2, "'*'"),
  ])
  func errors(_ text: String, _ position: Int, _ message: String) throws {
    do throws(ExpressionError) {
      _ = try Expression(parsing: text).value { _ in nil }
      Issue.record("\(text) has no value")
    } catch {
      #expect(error.position == position && error.message.contains(message), "\(error)")
    }
  }
}
