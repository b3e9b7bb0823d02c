import Foundation
import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtReports
import LoschmidtTestSupport
import Testing

@testable import LoschmidtExperiments
@testable import LoschmidtThermodynamics

/// Random smooth losses at random points: the four forces agree to leading order at every one, so that no limit may fail.
///
/// The losses saturate, oscillate and bend sharply far away, in two coordinates of different scales; they are multiplied by
/// 1e-8, 1 or 1e8, and averaged over draws of different scales. The seed of a failing case is in the message.
@Suite struct PotentialsFuzzTests {
  private struct Case {
    let loss: String
    let point: [Double]
    let isSampled: Bool
  }

  private func draw(_ seed: UInt64) -> Case {
    var random = TestRandom(seed: seed)
    func size(_ low: Double, _ high: Double) -> Double { pow(10, random.next(in: low...high)) }
    func sign() -> Double { random.below(2) == 0 ? 1 : -1 }
    func term() -> String {
      let (b, c) = (sign() * size(-1, 1), random.next(in: -3...3))
      switch random.below(12) {
      case 0: return "softplus(\(b)*x + \(c))"
      case 1: return "log(1 + (\(b)*x - y)^2)"
      case 2: return "sqrt(1 + (\(b)*y)^2)"
      case 3: return "tanh(\(b)*x + \(c)*y)"
      case 4: return "sin(\(sign() * size(0, 2.5))*x)"
      case 5: return "cos(\(b)*x*y)"
      case 6: return "\(size(-3, 3))*(x - \(c)*y)^2"
      case 7: return "\(b)*x*y"
      case 8: return "logcosh(\(b)*y + \(c))"
      // A bend at a distance that no derivative at the point shows.
      case 9: return "softplus(\(size(1, 4))*(x - \(c)))/\(size(0, 4))"
      case 10: return "\(size(-3, 0))*x^4"
      default: return "exp(-(y - \(c))^2)"
      }
    }
    let terms = (0...random.below(3)).map { _ in "\(size(-2, 2))*\(term())" }
    let isSampled = random.below(3) == 0
    let scale = ["1e-8", "1", "1", "1e8"][random.below(4)]
    let factor = isSampled ? "a*" : ""
    return Case(
      loss: "\(scale)*(\(factor)\(terms[0])" + terms.dropFirst().map { " + \($0)" }.joined() + ")",
      point: [sign() * size(-1, 1.3), sign() * size(-1, 1.3)], isSampled: isSampled)
  }

  private func survey(_ example: Case) throws -> PotentialSurvey {
    let samples = SampleTable(count: 3, columns: [SampleTable.Column(name: "a", values: [1, 1e-3, 30])])
    let landscape = try ExpressionLandscape(
      loss: Expression(parsing: example.loss), parameters: ParameterLayout([("x", .scalar), ("y", .scalar)]),
      samples: example.isSampled ? samples : SampleTable(count: 1, columns: []))
    let law = DrawSet(
      example.isSampled ? .withReplacement(size: 1) : .fullBatch, sampleCount: example.isSampled ? 3 : 1)
    return PotentialSurvey(
      landscape: landscape, point: example.point, metric: .identity, law: law,
      average: DrawAverage(law, sampleSize: 1) { _ in 0 },
      potentials: [
        BackwardError(), TimeRenormalised(steps: 2), TimeRenormalised.flow, TimeAsymmetry(),
        StochasticThermodynamic(),
      ],
      threads: 1)
  }

  /// The point as the experiment judges it, with its leading force multiplied by a factor.
  private func analysis(_ survey: PotentialSurvey, leading factor: Double = 1) throws -> PointAnalysis {
    let settings = PotentialsSettings(points: [survey.point], learningRates: [0.01, 0.001], orders: 2)
    let (found, curvatures) = try survey.expand(orders: settings.orders)
    let leading = AveragedVector(
      mean: found.leading.mean.map { $0 * factor }, standardErrors: found.leading.standardErrors)
    let expansion = LocalExpansion(
      leading: leading, drift: found.drift, noise: found.noise, series: found.series, leadingScale: found.leadingScale,
      seriesScales: found.seriesScales, largestEigenvalue: found.largestEigenvalue, operatorNorm: found.operatorNorm,
      commutator: found.commutator)
    let rows = try survey.forces(at: settings.learningRates, curvatures: curvatures)
    let ladder = try LearningRateLadder(survey, expansion, curvatures, asked: rows) { _ in }
    return PointAnalysis(
      number: 0, survey: survey, expansion: expansion, rows: rows, ladder: ladder, settings: settings)
  }

  /// Few by default, because wrong leading forces are followed to the smallest η, which takes seconds each.
  private static let cases: UInt64 =
    ProcessInfo.processInfo.environment["LOSCHMIDT_POTENTIALS_CASES"].flatMap { UInt64($0) } ?? 20

  /// 20 cases, or LOSCHMIDT_POTENTIALS_CASES of them; a third has the control too.
  @Test func noLimitOfASmoothLossFails() throws {
    var (passes, verdicts, controls) = (0, 0, 0)
    for seed in 0..<Self.cases {
      let example = draw(seed)
      let survey = try survey(example)
      let analysis = try analysis(survey)
      for verdict in analysis.verdicts where verdict.status == .fail {
        Issue.record("seed \(seed), \(example.loss) at \(example.point): \(verdict.name): \(verdict.reason)")
      }
      for (name, value) in analysis.figures where value.value.map({ !$0.isFinite }) ?? false {
        Issue.record("seed \(seed): \(name) is not finite")
      }
      for row in analysis.measured {
        guard let slope = row.slope.value.value, let error = row.slope.error.value, error < 1e-2 else { continue }
        // The deviation is a series that begins with η; an order below that is of no smooth loss.
        if slope < 0.9 { Issue.record("seed \(seed), \(example.loss) at \(example.point): slope \(slope) ± \(error)") }
      }
      verdicts += analysis.verdicts.count
      passes += analysis.verdicts.filter { $0.status == .pass }.count
      guard seed % 3 == 0 else { continue }
      // A leading force that is 10 % too large fails wherever the true one passes.
      let control = try self.analysis(survey, leading: 1.1)
      for (verdict, wrong) in zip(analysis.verdicts, control.verdicts) where verdict.status == .pass {
        controls += 1
        if wrong.status != .fail {
          Issue.record("seed \(seed), \(example.loss) at \(example.point): control \(wrong.name) \(wrong.reason)")
        }
      }
    }
    // Most points are decided, so that the test has something to say.
    #expect(Double(passes) > 0.8 * Double(verdicts) && controls > Int(Self.cases))
  }
}
