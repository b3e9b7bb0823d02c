import Foundation
import LoschmidtTestSupport

/// A scenario whose numbers lie at the edges: 1e±300, learning rates beyond stability, zeros, data of any size.
///
/// The same seed gives the same text. Half of them are put together here, the other half are files of `scenarios/` at a small
/// size with some of their numbers replaced.
struct ExtremeScenario {
  /// The text of the scenario; the reader may refuse it.
  let text: String

  /// Scenarios of the project, which are mutated.
  private let files: [String]
  private var random: TestRandom
  /// How many of ten numbers are ordinary.
  private var tame = 6

  private init(seed: UInt64, files: [String], _ body: (inout ExtremeScenario) -> String) {
    var made = ExtremeScenario(files: files, random: TestRandom(seed: seed))
    // One scenario in three is extreme all over, one has few extremes.
    made.tame = [2, 6, 9][made.below(3)]
    let text = body(&made)
    self.init(text: text, files: files, random: made.random)
  }

  private init(text: String = "", files: [String], random: TestRandom) {
    (self.text, self.files, self.random) = (text, files, random)
  }

  /// The scenario of a seed.
  init(seed: UInt64, mutating files: [String]) {
    self.init(seed: seed, files: files) { $0.below(2) == 0 || files.isEmpty ? $0.composed() : $0.mutated() }
  }

  // MARK: Numbers

  private mutating func below(_ bound: Int) -> Int { Int(random.next() % UInt64(bound)) }
  private mutating func pick<Element>(_ elements: [Element]) -> Element { elements[below(elements.count)] }

  private static let magnitudes = [
    "0", "5e-324", "1e-300", "1e-155", "1e-100", "1e-12", "1e6", "1e80", "1e100", "1e120", "1e150", "1e154", "1e155",
    "1e300", "1.7e308",
  ]

  private mutating func positive() -> String {
    below(10) < tame ? pick(["0.1", "0.3", "0.5", "1", "1.5", "2"]) : pick(Self.magnitudes)
  }

  private mutating func number() -> String { (below(3) == 0 ? "-" : "") + positive() }

  /// About stability, up to ten times beyond it.
  private mutating func learningRate() -> String {
    below(10) < 7 ? pick(["0.01", "0.1", "0.5", "1", "1.9", "2", "2.1", "3", "5", "10", "20"]) : pick(Self.magnitudes)
  }

  // MARK: Put together

  /// What the rest of a scenario is chosen for, so that most of them are not refused.
  private enum Style { case thermal, sampled, any }

  private mutating func composed() -> String {
    let style: Style = pick([.thermal, .thermal, .sampled, .any])
    let quadratic = ["0.5*x^2 + 0.5*y^2", "0.5*(x*p + y*q - z)^2", "\(positive())*0.5*(x^2 + 2*y^2)"]
    let loss =
      below(3) == 0
      ? pick(quadratic)
      : pick([
        "(x^2 - 1)^2 + 0.5*y^2", "x^2*y", "0.5*(x*y*p - z)^2", "log(1 + exp(x*p)) + 0.5*y^2", "exp(x*p) + y^2",
        "sqrt(x^2 + y^2)", "logcosh(x*p - z) + abs(y)", "-x^4 + y^2", "0.5*(tanh(x*p)*y - z)^2", "relu(x*p + y)^2",
        "0.25*(x^2 + y^2)^2", "0.5*x^2 + \(number())*y", "log(x) + y^2/x", "0.5*(x - z)^2 + 0*y",
      ])
    let start = style == .thermal ? ["\(normal())", "\(normal())"] : [self.start(), self.start()]
    var process = [
      "  parameters: {x: \(start[0]), y: \(start[1])}", "  loss: \"\(loss)\"",
      "  data: {p: [\(number()), \(number()), -1], q: [0.3, \(number()), 2], z: [1, \(number()), 0.5]}",
      "  gradient: \(gradient(style))", "  algorithm: \(algorithm(style))",
    ]
    if style == .thermal || (style == .any && below(2) == 0) { process.append("  temperature: \(positive())") }
    if style != .sampled, below(5) == 0 {
      process.append("  force: {\(pick(["x", "y"])): \(pick([number(), "-x", "y - x", "1/x"]))}")
    }
    let experiments = (0...below(2)).map { _ in "  - \(experiment(style))" }
    return (["loschmidt: 1", "seed: \(below(1000))", "process:"] + process + ["experiments:"] + experiments)
      .joined(separator: "\n") + "\n"
  }

  private mutating func normal() -> String { "\"normal(\(number()), \(positive()))\"" }

  private mutating func start() -> String {
    switch below(4) {
    case 0: number()
    case 1: "\"uniform(-\(positive()), \(positive()))\""
    default: normal()
    }
  }

  private mutating func gradient(_ style: Style = .any) -> String {
    switch style {
    case .sampled: return pick(["full-batch", "{minibatch: {size: 1}}", "{minibatch: {size: 2}}"])
    case .thermal where below(2) == 0: return pick(["full-batch", "{minibatch: {size: 1}}", "{gaussian: {size: 1}}"])
    default: break
    }
    let matrix = "[[\(positive()), 0], [0, \(positive())]]"
    return pick([
      "full-batch", "full-batch", "{minibatch: {size: 1}}", "{minibatch: {size: 2, sampling: without-replacement}}",
      "{minibatch: {size: 1, sampling: reshuffle}}", "{minibatch: {size: 1, sampling: cyclic}}",
      "{gaussian: {size: 1}}",
      "{constant-covariance: {matrix: \(matrix)}}", "{isotropic: {standard-deviation: \(positive())}}",
      "{isotropic: {size: 1}}", "{student-t: {size: 1, degrees-of-freedom: 5}}",
      "{alpha-stable: {alpha: 1.5, scale: \(positive())}}", "{svag: {size: 1, l: 3}}",
      "{label-noise: {column: z, standard-deviation: \(positive()), size: 1}}",
    ])
  }

  private mutating func algorithm(_ style: Style) -> String {
    let rate = learningRate()
    if style == .sampled || (style == .thermal && below(2) == 0) {
      return "{gradient-descent: {learning-rate: \(rate)}}"
    }
    return pick([
      "{gradient-descent: {learning-rate: \(rate)}}", "{gradient-descent: {learning-rate: \(rate)}}",
      "{gradient-descent: {learning-rate: \(rate), preconditioner: [\(positive()), 1]}}",
      "{gradient-descent: {learning-rate: \"\(rate)*(1 + step)\"}}",
      "{gradient-descent: {learning-rate: \"\(rate)/(1 + step)\"}}",
      "{modified-sde: {learning-rate: \(rate), order: \(below(2) + 1)}}",
      "{modified-sde: {learning-rate: \(rate), order: 2, interpretation: stratonovich}}",
    ])
  }

  private mutating func experiment(_ style: Style) -> String {
    let steps = pick(["1", "2", "12", "30", "30", "30", "512", "1100"])
    let ensemble = "trajectories: \(pick(["2", "12", "60", "60"])), steps: \(below(40) == 0 ? "0" : steps)"
    let burnIn = pick(["0", "12", "30"])
    let observables = "observables: {s: x^2, c: x + y}"
    let rescaling = "{r: {x: x*exp(s), y: y*exp(-s)}}"
    let thermal = [
      "fluctuation-theorem: {\(ensemble)}", "fluctuation-theorem: {\(ensemble), level: marginal}",
      "fluctuation-theorem: {\(ensemble), theorems: [detailed], reverse-initial: stationary}",
      "fluctuation-theorem: {\(ensemble), theorems: [hatano-sasa]}",
      "fluctuation-theorem: {\(ensemble), calibration: {repetitions: 2, noise: [1, \(positive())]}}",
      "entropy-production: {\(ensemble), burn-in: \(burnIn)}", "entropy-production: {\(ensemble), burn-in: 12}",
      "scaling: {over: \(pick(["temperature", "learning-rate"])), values: [\(positive()), 0.02, 0.04, 0.11], "
        + "statistic: \(pick(["mean", "variance"])), observable: x^2 + y, \(ensemble), burn-in: \(burnIn)}",
      "scaling: {over: temperature, values: [0.5, \(positive()), 3], statistic: entropy-production, \(ensemble)}",
    ]
    let sampled = [
      "relaxation: {\(ensemble), selects: \(rescaling)}",
      "symmetry: {generators: \(rescaling), at: {x: \(number()), y: \(number())}, \(ensemble)}",
      "noise-comparison: {models: [{minibatch: {size: 1}}, \(gradient())], \(ensemble), burn-in: \(burnIn)}",
      "potentials: {at: {x: \(number()), y: \(number())}, learning-rates: [\(learningRate()), 0.0117]}",
      "potentials: {points: [{x: \(number()), y: \(number())}, {x: 1, y: 0}], "
        + "learning-rates: [0.107, \(learningRate())]}",
    ]
    let all = [
      "stationary: {\(ensemble), burn-in: \(burnIn), \(observables)}",
      "relaxation: {\(ensemble), every: \(pick(["1", "1", "3"])), \(observables)}", "relaxation: {\(ensemble)}",
    ]
    switch style {
    case .thermal: return pick(thermal + all)
    case .sampled: return pick(sampled + all)
    case .any: return pick(thermal + sampled + all)
    }
  }

  // MARK: Mutated

  /// A file of the project with few trajectories and steps, and some other numbers replaced or scaled.
  private mutating func mutated() -> String {
    var lines = pick(files).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let sizes = [
      ("trajectories", 40), ("steps", 40), ("burn-in", 32), ("every", 2), ("repetitions", 2), ("theorem-steps", 2),
    ]
    var places: [Int] = []
    for index in lines.indices {
      let line = lines[index].trimmingCharacters(in: .whitespaces)
      if let (key, size) = sizes.first(where: { line.hasPrefix("\($0.0):") }) {
        lines[index] = lines[index].prefix { $0 == " " } + "\(key): \(size)"
      } else if !["#", "title", "claim", "seed", "loschmidt", "csv"].contains(where: line.hasPrefix),
        !line.contains("shape"), !line.contains("count"), !line.contains("renormalisation"), !line.contains("orders")
      {
        places.append(index)
      }
    }
    for _ in 0...below(3) {
      guard !places.isEmpty else { break }
      replaceNumber(in: &lines[pick(places)])
    }
    return lines.joined(separator: "\n")
  }

  private mutating func replaceNumber(in line: inout String) {
    let numbers = line.ranges(of: /\b[0-9]+(\.[0-9]+)?(e-?[0-9]+)?\b/)
    guard !numbers.isEmpty else { return }
    let range = pick(numbers)
    let value = Double(line[range]) ?? 1
    let factor = pick([0, 0.1, 3, 10, -1, 1e100])
    line.replaceSubrange(range, with: below(2) == 0 ? number() : "\(value * factor)")
  }
}
