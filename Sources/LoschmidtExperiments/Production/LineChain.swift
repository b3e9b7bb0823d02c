import LoschmidtDynamics
import LoschmidtReports
import LoschmidtThermodynamics

/// The chain of one coordinate in any loss, in an interval that is wide enough for its stationary law.
struct LineChain {
  /// What is known of the stationary chain.
  struct Solution {
    /// σ per step in nats.
    let productionPerStep: Double
    /// How much it changed when the panels of the quadrature were halved, in nats.
    let error: Double
    /// (η³T/6) E L‴²; `nil` where the gradient has a jump or a kink.
    let leading: Double?
    /// Whether it has one.
    let hasKink: Bool
    /// What has to be said about it.
    let remark: String?
  }

  private let program: FieldProgram
  private let learningRate: Double
  private let temperature: Double
  private let interval: ClosedRange<Double>

  /// At most so many points: the work grows with the cube.
  private static let largestCount = 1200.0
  /// Third derivatives are taken for so many points at once.
  private static let block = 1024

  /// The chain, with a first interval: the loss within 40 T of its minimum.
  init(_ program: FieldProgram, learningRate: Double, temperature: Double) throws(ExactProduction.Unknown) {
    guard let loss = LineLoss(program) else {
      throw ExactProduction.Unknown(sentence: "with a 'force' that is not linear no stationary law is known")
    }
    self.program = program
    self.learningRate = learningRate
    self.temperature = temperature
    do {
      interval = try loss.interval(within: 40 * temperature)
    } catch {
      throw ExactProduction.Unknown(sentence: "the loss does not confine: it has to grow in both directions")
    }
    guard count(interval) <= Self.largestCount else {
      throw ExactProduction.Unknown(
        sentence: "the steps are so small that a grid would need "
          + "\(NumberText.rounded(count(interval), digits: 2)) points")
    }
  }

  private var deviation: Double { (2 * learningRate * temperature).squareRoot() }

  private func count(_ interval: ClosedRange<Double>) -> Double {
    GaussianStepLaw.pointCount(interval, deviation: deviation)
  }

  /// Solves for the stationary law, in ever wider intervals until a step does not leave them.
  func solve() -> Result<Solution, ExactProduction.Unknown> {
    guard let loss = LineLoss(program) else {
      return .failure(.init(sentence: "with a 'force' that is not linear no stationary law is known"))
    }
    var isLeft = false
    search: for candidate in candidates(loss) {
      guard count(candidate) <= 2 * Self.largestCount else { break }
      do throws(UnadjustedLangevin1D.Failure) {
        let chain = try UnadjustedLangevin1D(
          learningRate: learningRate, temperature: temperature, lower: candidate.lowerBound,
          upper: candidate.upperBound, loss: loss.value(at:), gradient: loss.gradient(at:))
        return .success(solution(chain, loss, candidate))
      } catch {
        switch error {
        case .leaks, .singular: isLeft = true
        // Far outside a gradient may be so steep that no panels follow it; that is not what matters then.
        case .unresolved where isLeft: break search
        case .unresolved(let width):
          return .failure(
            .init(
              sentence: "the integral over the stationary law did not settle: the loss has structure that is "
                + "finer than " + NumberText.rounded(width, digits: 2)))
        }
      }
    }
    return .failure(
      .init(
        sentence:
          "the chain does not stay in any interval; a gradient that grows faster than linearly needs a smaller step"))
  }

  /// Intervals, ascending in width.
  ///
  /// The law of the chain is wider than e^{−L/T}, by (1 − ηk/2)^{−1/2} in a parabola. A gradient with a jump may throw
  /// θ out of all of these: the last ones hold what a step makes of the one before.
  private func candidates(_ loss: LineLoss) -> [ClosedRange<Double>] {
    let centre = 0.5 * (interval.lowerBound + interval.upperBound)
    let half = 0.5 * (interval.upperBound - interval.lowerBound)
    var candidates = [1.1, 1.5, 2, 3, 5].map { centre - half * $0...centre + half * $0 }
    var last = candidates[0]
    for _ in 0..<3 {
      let places = (0...1000).map { last.lowerBound + (last.upperBound - last.lowerBound) * Double($0) / 1000 }
      let images = places.map { $0 - learningRate * loss.gradient(at: $0) }
      guard let low = images.min(), let high = images.max(), low.isFinite, high.isFinite else { break }
      let margin = 9 * deviation
      last = min(low - margin, last.lowerBound)...max(high + margin, last.upperBound)
      candidates.append(last)
    }
    return candidates
  }

  private func solution(_ chain: UnadjustedLangevin1D, _ loss: LineLoss, _ range: ClosedRange<Double>) -> Solution {
    var leading: Double?
    if !chain.hasKink {
      let nodes = chain.law.rule.nodes
      let thirds = stride(from: 0, to: nodes.count, by: Self.block).flatMap {
        loss.thirdDerivatives(at: Array(nodes[$0..<min($0 + Self.block, nodes.count)]))
      }
      leading = chain.leadingEntropyProduction(thirdDerivatives: thirds)
    }
    return Solution(
      productionPerStep: chain.entropyProductionPerStep, error: chain.entropyProductionError, leading: leading,
      hasKink: chain.hasKink, remark: remark(loss, range))
  }

  // MARK: Steps that diverge

  /// That there is no stationary law, strictly, where steps from far away diverge; `nil` where they come back.
  private func remark(_ loss: LineLoss, _ range: ClosedRange<Double>) -> String? {
    let below = edge(loss, range, direction: -1).map { "below \(NumberText.rounded($0, digits: 4))" }
    let above = edge(loss, range, direction: 1).map { "above \(NumberText.rounded($0, digits: 4))" }
    let places = [below, above].compactMap { $0 }
    if places.isEmpty { return nil }
    return "Strictly there is no stationary law: from θ \(places.joined(separator: " or ")) the steps diverge. "
      + "The exact values are those of the quasi-stationary law, which a step leaves with a probability below "
      + "\(NumberText.shortest(UnadjustedLangevin1D.largestLeak))."
  }

  /// Where steps without noise begin to diverge in a direction, as far as 10⁶ times the width of the interval.
  private func edge(_ loss: LineLoss, _ range: ClosedRange<Double>, direction: Double) -> Double? {
    let centre = 0.5 * (range.lowerBound + range.upperBound)
    let half = 0.5 * (range.upperBound - range.lowerBound)
    func diverges(_ factor: Double) -> Bool {
      var x = centre + direction * half * factor
      for _ in 0..<100 {
        x -= learningRate * loss.gradient(at: x)
        if !(abs(x - centre) <= 1e9 * half) { return true }
      }
      return false
    }
    guard var high = (0...20).lazy.map({ Double(1 << $0) }).first(where: diverges) else { return nil }
    var low = high / 2
    // Below the interval itself nothing diverges, or a step would leave it.
    for _ in 0..<50 {
      let middle = 0.5 * (low + high)
      if diverges(middle) { high = middle } else { low = middle }
    }
    return centre + direction * half * high
  }
}
