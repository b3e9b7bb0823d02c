import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtReports

/// Which part of a loss becomes infinite or NaN at a point, and what to write in its place.
struct OverflowAdvice {
  /// The place of the part, a 0-based offset in Unicode scalars.
  let position: Int
  /// What happens there, without a full stop.
  let sentence: String

  /// Looks for the part at one sample; `nil` where all parts are finite.
  init?(_ landscape: ExpressionLandscape, at point: [Double], sample: Int) {
    guard let trace = landscape.trace(at: point, sample: sample), let index = trace.firstFailure else { return nil }
    position = trace.expression.positions[index]
    let what = Self.what(trace, index)
    sentence = Self.remedy(trace, index).map { "\(what); \($0)" } ?? what
  }

  /// `'exp' of 812.3 is inf`.
  private static func what(_ trace: ExpressionTrace, _ index: Int) -> String {
    let bad = trace.values[index].firstIndex { !$0.isFinite } ?? 0
    let operands = trace.operands(index).map { operand in
      let values = trace.values[operand]
      return NumberText.rounded(values.count == 1 ? values[0] : values[min(bad, values.count - 1)], digits: 4)
    }
    let value = trace.values[index][bad]
    let result = value.isNaN ? "NaN" : value > 0 ? "infinite" : "minus infinity"
    switch trace.expression.nodes[index] {
    case .call(let function, _): return "'\(function.rawValue)' of \(operands.joined(separator: " and ")) is \(result)"
    case .binary(let operation, _, _):
      return "\(operands[0]) \(operation.rawValue) \(operands[1]) is \(result)"
    case .negate, .name, .number: return "this is \(result)"
    }
  }

  // MARK: Remedies

  /// The stable function that is nearest; `nil` where none is.
  private static func remedy(_ trace: ExpressionTrace, _ index: Int) -> String? {
    switch trace.expression.nodes[index] {
    case .call(.exp, _): exponential(trace, index)
    case .call(.cosh, _) where isCall(.log, parent(trace, index), trace):
      "write logcosh(u) for log(cosh(u)), which never overflows"
    case .call(.log, let arguments): logarithm(trace, arguments[0])
    case .binary(.power, _, _) where isCall(.sqrt, parent(trace, index), trace):
      "write abs(u) for sqrt(u^2), which never overflows"
    case .binary(.divide, _, _):
      "keep what it is divided by away from 0"
    case .call(.sqrt, _): "the argument of sqrt must not be negative"
    default: nil
    }
  }

  private static func exponential(_ trace: ExpressionTrace, _ index: Int) -> String {
    let parent = parent(trace, index)
    if isSum(parent, trace), isCall(.log, parent.flatMap { self.parent(trace, $0) }, trace) {
      return
        "write softplus(u) for log(1 + exp(u)), and b + softplus(a - b) for log(exp(a) + exp(b)); they never overflow"
    }
    if isCall(.sum, parent, trace) || isCall(.mean, parent, trace) {
      return
        "subtract a constant c near the largest entry: c + log(sum(exp(o - c))) for log(sum(exp(o))); of two numbers write "
        + "b + softplus(a - b)"
    }
    if isDivision(parent, trace)
      || (isSum(parent, trace) && isDivision(parent.flatMap { self.parent(trace, $0) }, trace))
    {
      return "write sigmoid(u) for exp(u)/(1 + exp(u)), which never overflows"
    }
    return "exp overflows beyond 709.78; softplus(u), sigmoid(u) and logcosh(u) are the forms that never do"
  }

  private static func logarithm(_ trace: ExpressionTrace, _ argument: Int) -> String {
    if isCall(.sigmoid, argument, trace) { return "write -softplus(-u) for log(sigmoid(u)), which never overflows" }
    if case .binary(.subtract, _, let right) = trace.expression.nodes[argument], isCall(.sigmoid, right, trace) {
      return "write -softplus(u) for log(1 - sigmoid(u)), which never overflows"
    }
    if isCall(.sum, argument, trace) || isCall(.mean, argument, trace) {
      return "subtract a constant c near the largest entry: c + log(sum(exp(o - c))) for log(sum(exp(o)))"
    }
    if isCall(.exp, argument, trace) { return "log(exp(u)) is u" }
    return "the argument of log must be > 0"
  }

  /// The node above, signs and products left out.
  private static func parent(_ trace: ExpressionTrace, _ index: Int) -> Int? {
    var above = trace.parent(of: index)
    while let node = above {
      switch trace.expression.nodes[node] {
      case .negate, .binary(.multiply, _, _): above = trace.parent(of: node)
      default: return node
      }
    }
    return nil
  }

  private static func isCall(_ function: ExpressionFunction, _ index: Int?, _ trace: ExpressionTrace) -> Bool {
    guard let index, case .call(let own, _) = trace.expression.nodes[index] else { return false }
    return own == function
  }

  private static func isSum(_ index: Int?, _ trace: ExpressionTrace) -> Bool {
    guard let index, case .binary(let operation, _, _) = trace.expression.nodes[index] else { return false }
    return operation == .add
  }

  private static func isDivision(_ index: Int?, _ trace: ExpressionTrace) -> Bool {
    guard let index, case .binary(let operation, _, _) = trace.expression.nodes[index] else { return false }
    return operation == .divide
  }
}
