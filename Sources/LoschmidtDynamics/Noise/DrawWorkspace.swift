import LoschmidtNumerics

/// The compiled derivatives of a landscape with their storage, made when they are first needed.
///
/// Fields of draws that are used one after the other share one; each thread has its own.
public final class DrawWorkspace {
  private struct Key: Hashable {
    let multiplicities: [Int]
    let lanes: Int
  }

  private let landscape: ExpressionLandscape
  private let time: Double
  private var evaluators: [Key: SampleEvaluator] = [:]
  private var tapes: [[Int]: Tape] = [:]

  /// A workspace without content.
  ///
  /// - Parameters:
  ///   - landscape: The loss.
  ///   - time: The time at which a loss that depends on time is taken.
  public init(_ landscape: ExpressionLandscape, time: Double = 0) {
    self.landscape = landscape
    self.time = time
  }

  /// An evaluator of D^k∇ℓ with the given multiplicities of its directions; none for the gradient itself.
  func evaluator(multiplicities: [Int], items: Int) -> SampleEvaluator {
    let lanes = (min(items, landscape.suggestedLanes) + 3) / 4 * 4
    let key = Key(multiplicities: multiplicities, lanes: lanes)
    if let known = evaluators[key] { return known }
    let made = SampleEvaluator(
      landscape, tape: tape(multiplicities), blocks: 1 + multiplicities.count, outputs: landscape.dimension,
      lanes: lanes, time: time)
    evaluators[key] = made
    return made
  }

  private func tape(_ multiplicities: [Int]) -> Tape {
    if multiplicities.isEmpty { return landscape.function.gradientTape }
    if let known = tapes[multiplicities] { return known }
    let made = landscape.function.derivativeTape(multiplicities: multiplicities)
    tapes[multiplicities] = made
    return made
  }
}
