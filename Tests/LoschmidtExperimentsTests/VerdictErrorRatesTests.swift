import Foundation
import LoschmidtNumerics
import LoschmidtThermodynamics
import Testing

@testable import LoschmidtExperiments

/// How often the verdicts of all ensemble experiments are wrong: true models, and the same ones with a claim that is off by
/// 10 %, over seeds, for ensembles from two trajectories to ten thousand.
///
/// One line for each scenario; every verdict that it has is counted. The table that is printed stands in
/// docs/concepts/verdicts.md. `LOSCHMIDT_VERDICT_LINES` chooses the lines whose names begin with it.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["LOSCHMIDT_LONG_TESTS"] == "1"))
struct VerdictErrorRatesTests {
  /// How a claim is made wrong by 10 %.
  enum Wrong {
    /// The exact value that the verdict compares with is multiplied by 1.1.
    case expectedValue
    /// A text of the scenario is replaced by another.
    case text(String, String)
  }

  struct Line: Sendable, CustomStringConvertible {
    var name: String
    var process: String
    /// With N for the number of trajectories.
    var experiment: String
    var wrong: Wrong
    /// How the names of its verdicts begin that are counted, where the wrong variant is not wrong about the others.
    var counted = ""
    var description: String { name }
  }

  /// Trajectories, and the seeds that each line gets with so many.
  static let sizes = [(2, 60), (5, 60), (20, 50), (100, 30), (10_000, 2)]
  /// What is not counted, and why.
  ///
  /// Two models of noise that have two laws are neither right nor wrong by 10 %: `same-law` has a line of its own.
  static let leftOut = [
    "same-law": "noise-comparison, same-law"
  ]
  /// The level; a true claim may fail twice as often, since a discrete or skewed law has its level to first order only.
  static let alpha = 0.01
  /// A line with a smaller p-value of its false fails is wrong, fixed beforehand.
  static let leastPValue = 1e-6

  static let trap = """
    parameters: {x: "normal(0, 1)", y: "normal(0, 1)"}
    force: {x: -x + y, y: -x - y}
    algorithm: {gradient-descent: {learning-rate: 0.1}}
    temperature: 1
    """
  static let student = """
    parameters: {x: "normal(0, 1)"}
    loss: 0.5*(x - s)^2
    gradient: {student-t: {degrees-of-freedom: 6, size: 1}}
    data: {s: [1, -1]}
    algorithm: {gradient-descent: {learning-rate: 0.2}}
    """
  static let sgd = """
    parameters: {u: 0.5}
    loss: 0.5*(u*a - y)^2
    data: {a: [1.0, -0.8, 0.9, 1.2], y: [1.1, -0.3, 1.4, 0.9]}
    gradient: {minibatch: {size: 2, sampling: with-replacement}}
    algorithm: {gradient-descent: {learning-rate: 0.1}}
    """
  static let heat = """
    parameters: {u: 0.5}
    loss: 0.5*u^2
    algorithm: {gradient-descent: {learning-rate: 0.1}}
    """
  static let wells = """
    parameters: {u: 2.0, w: 0.0}
    loss: 0.5*(u^2 + 2*w^2)
    algorithm: {gradient-descent: {learning-rate: 0.1}}
    temperature: 0.1
    """
  static let slow = """
    parameters: {u: 3.0, w: 0.0}
    loss: 0.5*(0.02*u^2 + 2*w^2)
    algorithm: {gradient-descent: {learning-rate: 0.1}}
    temperature: 0.1
    """
  static let dragged = """
    parameters: {x: "normal(0, 1)"}
    protocol: {centre: 2*t}
    loss: (x - centre)^2
    algorithm: {gradient-descent: {learning-rate: 0.1}}
    temperature: 1.5
    """
  static let paths = """
    parameters: {x: "normal(0, 1.2)", y: "normal(0, 0.8)"}
    force: {x: -0.2*x + 0.15*y, y: -0.1*x - 0.3*y}
    gradient: {constant-covariance: {matrix: [[0.5, 0.1], [0.1, 0.3]]}}
    algorithm: {gradient-descent: {learning-rate: 1}}
    """
  static let driven = """
    parameters: {x: "normal(0, 1)", y: "normal(0, 1)"}
    protocol: {stir: 0.1 + 0.02*t, u: 0.2*t, v: -0.1*t}
    force: {x: -0.2*(x - u) + stir*(y - v), y: -stir*(x - u) - 0.25*(y - v)}
    gradient: {constant-covariance: {matrix: [[0.4, 0.05], [0.05, 0.3]]}}
    algorithm: {gradient-descent: {learning-rate: 1}}
    """
  static let valley = """
    parameters: {u: "normal(2, 0.1)", w: 0.4}
    loss: 0.5*(u*w*x - y)^2
    data: {x: [1.0, -0.5, 1.5, 0.3, -1.2, 0.8], y: [1.5, 0.4, 0.6, -0.5, -0.3, 1.6]}
    gradient: {minibatch: {size: 1}}
    algorithm: {gradient-descent: {learning-rate: 0.1}}
    """

  static let lines: [Line] = [
    Line(
      name: "entropy-production, driven trap", process: trap,
      experiment: "entropy-production: {trajectories: N, burn-in: 150, steps: 10, alpha: A}", wrong: .expectedValue),
    Line(
      name: "entropy-production, driven trap, no burn-in", process: trap.replacing("normal(0, 1)", "normal(3, 1)"),
      experiment: "entropy-production: {trajectories: N, steps: 10, alpha: A}", wrong: .expectedValue),
    Line(
      name: "entropy-production, one step", process: trap,
      experiment: "entropy-production: {trajectories: N, burn-in: 150, steps: 1, alpha: A}", wrong: .expectedValue),
    Line(
      name: "entropy-production, Student's noise", process: student,
      experiment: "entropy-production: {trajectories: N, burn-in: 100, steps: 20, alpha: A}", wrong: .expectedValue),
    Line(
      name: "stationary, Langevin", process: wells,
      experiment: "stationary: {trajectories: N, burn-in: 100, steps: 10, alpha: A, observables: {m: u + 1}}",
      wrong: .expectedValue),
    Line(
      name: "stationary, Langevin, burn-in of half a relaxation time", process: wells,
      experiment: "stationary: {trajectories: N, burn-in: 5, steps: 10, alpha: A, observables: {m: u + 1}}",
      wrong: .expectedValue),
    Line(
      name: "stationary, a mode slower than all steps", process: slow,
      experiment: "stationary: {trajectories: N, burn-in: 20, steps: 20, alpha: A, observables: {m: u + 1}}",
      wrong: .expectedValue),
    Line(
      name: "stationary, minibatches", process: sgd,
      experiment: "stationary: {trajectories: N, burn-in: 200, steps: 20, alpha: A, observables: {m: u}}",
      wrong: .expectedValue),
    Line(
      name: "stationary, Student's noise", process: student,
      experiment: "stationary: {trajectories: N, burn-in: 100, steps: 20, alpha: A, observables: {m: x + 1}}",
      wrong: .expectedValue),
    Line(
      name: "noise-comparison", process: sgd,
      experiment: "noise-comparison: {trajectories: N, burn-in: 200, steps: 20, alpha: A, "
        + "models: [{minibatch: {size: 2, sampling: with-replacement}}, {gaussian: {size: 2}}]}",
      wrong: .expectedValue),
    Line(
      name: "noise-comparison, short burn-in", process: sgd.replacing("0.5}", "3.5}"),
      experiment: "noise-comparison: {trajectories: N, burn-in: 4, steps: 20, alpha: A, "
        + "models: [{minibatch: {size: 2, sampling: with-replacement}}, {gaussian: {size: 2}}]}",
      wrong: .expectedValue),
    Line(
      name: "noise-comparison, same-law", process: heat,
      experiment: "noise-comparison: {trajectories: N, burn-in: 100, steps: 20, alpha: A, "
        + "models: [{isotropic: {standard-deviation: 1}}, {isotropic: {standard-deviation: 1.0}}]}",
      // √1.1: the variance is 10 % larger.
      wrong: .text("standard-deviation: 1.0}", "standard-deviation: 1.0488088481701516}"), counted: "same-law"),
    Line(
      name: "scaling of a variance", process: wells.replacing("2.0", "0.0"),
      experiment: "scaling: {over: temperature, values: [0.1, 0.2, 0.4, 0.8], statistic: variance, observable: u, "
        + "expected: 1, trajectories: N, burn-in: 100, steps: 10, alpha: A}",
      wrong: .text("expected: 1,", "expected: 1.1,")),
    Line(
      name: "scaling of the production", process: trap,
      experiment: "scaling: {over: temperature, values: [0.5, 1, 2, 4], statistic: entropy-production, "
        + "expected: 0, trajectories: N, burn-in: 80, steps: 40, alpha: A}",
      wrong: .text("expected: 0,", "expected: 0.1,")),
    Line(
      name: "fluctuation-theorem, paths", process: paths,
      experiment: "fluctuation-theorem: {theorems: [integral, detailed], reverse-initial: stationary, "
        + "trajectories: N, steps: 4, alpha: A}",
      wrong: .text("steps: 4,", "steps: 4, misspecify: {noise: 1.1},")),
    // A wrong noise shifts W by less than the margin here: only the test of the kernel sees it.
    Line(
      name: "fluctuation-theorem, work", process: dragged,
      experiment: "fluctuation-theorem: {theorems: [jarzynski, crooks], initial: boltzmann, trajectories: N, steps: 6, "
        + "alpha: A}",
      wrong: .text("steps: 6,", "steps: 6, misspecify: {noise: 1.1},")),
    Line(
      name: "fluctuation-theorem, heavy weights", process: dragged.replacing("2*t", "9*t"),
      experiment:
        "fluctuation-theorem: {theorems: [jarzynski, crooks], initial: boltzmann, trajectories: N, steps: 12, "
        + "alpha: A}",
      wrong: .text("steps: 12,", "steps: 12, misspecify: {noise: 1.1},")),
    Line(
      name: "fluctuation-theorem, hatano-sasa", process: driven,
      experiment: "fluctuation-theorem: {theorems: [hatano-sasa], trajectories: N, steps: 4, alpha: A}",
      wrong: .text("steps: 4,", "steps: 4, misspecify: {noise: 1.1},")),
    Line(
      name: "relaxation", process: valley,
      experiment: "relaxation: {selects: {rescaling: {u: u*exp(s), w: w*exp(-s)}}, burn-in: 20, steps: 40, every: 1, "
        + "trajectories: N, alpha: A}",
      wrong: .expectedValue),
    Line(
      name: "relaxation, settled", process: valley,
      experiment: "relaxation: {selects: {rescaling: {u: u*exp(s), w: w*exp(-s)}}, burn-in: 20, steps: 2000, "
        + "every: 100, trajectories: N, alpha: A}",
      wrong: .expectedValue),
  ]

  /// Counts of one verdict.
  struct Row {
    var name: String
    var truth = VerdictCalibration()
    var wrong = VerdictCalibration()
    /// Those of the largest ensembles.
    var largest = [VerdictCalibration(), VerdictCalibration()]
  }

  @Test func falseFailsAndFalsePasses() throws {
    var rows: [Row] = []
    let runs = Self.sizes.reduce(0) { $0 + $1.1 }
    let chosen = ProcessInfo.processInfo.environment["LOSCHMIDT_VERDICT_LINES"] ?? ""
    let lines = Self.lines.filter { chosen.isEmpty || $0.name.hasPrefix(chosen) }
    try #require(!lines.isEmpty, "the name of no line begins with '\(chosen)'")
    for line in lines {
      let start = ContinuousClock.now
      let found = try Self.count(line)
      rows += found
      print("  \(line.name): \(ContinuousClock.now - start)")
      for row in found {
        let p = try row.truth.pValue(of: .fail, atMost: 2 * Self.alpha)
        #expect(p > Self.leastPValue, "\(row.name): \(row.truth.failures) of \(row.truth.repetitions) true ones fail")
        #expect(row.wrong.passes == 0, "\(row.name): \(row.wrong.passes) wrong ones pass")
        // Every run of either variant is counted as what it is.
        #expect(row.truth.repetitions == runs && row.wrong.repetitions == runs, "\(row.name)")
      }
    }
    print(Self.table(rows))
    for (name, reason) in Self.leftOut.sorted(by: { $0.key < $1.key }) { print("  \(name) is not counted: \(reason)") }
  }

  private static func count(_ line: Line) throws -> [Row] {
    var rows: [Row] = []
    for (size, seeds) in sizes {
      for isWrong in [false, true] {
        var text = line.experiment.replacing("N", "\(size)", once: ": N").replacing("alpha: A", "alpha: \(alpha)")
        if isWrong {
          if case .text(let old, let new) = line.wrong {
            #expect(text.contains(old))
            text = text.replacing(old, new)
          }
        }
        let scenario = try good(scenario(process: line.process, experiment: text))
        let experiment = try scenario.experiments[0].settings.experiment(on: scenario.process)
        for seed in 1...seeds {
          // Wrong claims are made about other ensembles than the true ones.
          var context = RunContext(seed: UInt64(seed + (isWrong ? 1000 : 0)), threads: 2)
          if isWrong, case .expectedValue = line.wrong { context.expectedFactor = 1.1 }
          for verdict in try experiment.run(context).verdicts {
            guard verdict.name.hasPrefix(line.counted) else { continue }
            if line.counted.isEmpty, leftOut.keys.contains(where: verdict.name.hasPrefix) { continue }
            let name = "\(line.name): `\(verdict.name)`"
            let index = rows.firstIndex { $0.name == name } ?? rows.endIndex
            if index == rows.endIndex { rows.append(Row(name: name)) }
            if isWrong { rows[index].wrong.add(verdict.status) } else { rows[index].truth.add(verdict.status) }
            if size == sizes.last?.0 { rows[index].largest[isWrong ? 1 : 0].add(verdict.status) }
            // No factor makes a claim wrong that something vanishes.
            if isWrong, verdict.estimate != nil, case .expectedValue = line.wrong {
              #expect(verdict.expected != 0, "\(name)")
            }
          }
        }
      }
    }
    return rows
  }

  private static func table(_ rows: [Row]) -> String {
    var text =
      "| verdict | true: fails of all | passes | at 10⁴: passes | wrong by 10 %: passes of all | fails | at 10⁴: fails |\n"
    text += "|---|---|---|---|---|---|---|\n"
    for row in rows {
      text +=
        "| \(row.name) | \(row.truth.failures) of \(row.truth.repetitions) | \(row.truth.passes) "
        + "| \(row.largest[0].passes) of \(row.largest[0].repetitions) | \(row.wrong.passes) of \(row.wrong.repetitions) "
        + "| \(row.wrong.failures) | \(row.largest[1].failures) of \(row.largest[1].repetitions) |\n"
    }
    return text
  }
}

extension String {
  fileprivate func replacing(_ old: String, _ new: String) -> String { replacingOccurrences(of: old, with: new) }

  /// The letter replaced where it follows a colon alone.
  fileprivate func replacing(_ old: String, _ new: String, once pattern: String) -> String {
    replacingOccurrences(of: pattern + ",", with: pattern.dropLast(old.count) + new + ",")
  }
}
