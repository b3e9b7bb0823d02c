import LoschmidtDynamics
import LoschmidtNumerics

/// The keys that every experiment on an ensemble has.
struct EnsembleKeys {
  let title: ScenarioNode.Entry?
  let claim: ScenarioNode.Entry?
  let trajectories: ScenarioNode.Entry?
  let steps: ScenarioNode.Entry?
  let burnIn: ScenarioNode.Entry?
  let alpha: ScenarioNode.Entry?
  let margin: ScenarioNode.Entry?

  init(_ reader: inout MapReader) {
    title = reader.optional("title")
    claim = reader.optional("claim")
    trajectories = reader.required("trajectories")
    steps = reader.required("steps")
    burnIn = reader.optional("burn-in")
    alpha = reader.optional("alpha")
    margin = reader.optional("margin")
  }
}

extension ScenarioDecoder {
  /// At most so many trajectories; the number of one has 64 bits, of which the upper ones name the ensemble.
  static let trajectoryLimit = 1_000_000_000_000
  /// At most so many steps, burn-in included.
  static let stepLimit = 1_000_000_000

  /// Reads the settings that every experiment on an ensemble has; `nil` after an error.
  mutating func ensembleSettings(_ keys: EnsembleKeys) -> EnsembleSettings? {
    let trajectories = keys.trajectories.flatMap {
      integer($0.value, "trajectories", in: 2...Self.trajectoryLimit)
    }
    let steps = keys.steps.flatMap { integer($0.value, "steps", in: 1...Self.stepLimit) }
    let burnIn = keys.burnIn.map { integer($0.value, "burn-in", in: 0...Self.stepLimit) } ?? 0
    let alpha =
      keys.alpha.map { number($0.value, "alpha", allowed: "a number between 0 and 0.5") { $0 > 0 && $0 < 0.5 } } ?? 1e-3
    let margin = keys.margin.map { number($0.value, "margin", allowed: "a number > 0") { $0 > 0 } } ?? 0.05
    guard let trajectories, let steps, let burnIn, let alpha, let margin else { return nil }
    var settings = EnsembleSettings(
      trajectories: trajectories, steps: steps, burnIn: burnIn, alpha: alpha, margin: margin)
    settings.title = keys.title.flatMap { text($0.value, "title") }
    settings.claim = keys.claim.flatMap { text($0.value, "claim") }
    return settings
  }

  /// The plan of the process for an ensemble; `nil` after an error, or where the process could not be read.
  mutating func plan(_ settings: EnsembleSettings, _ choice: Choice) -> SimulationPlan? {
    guard let process = context.process else { return nil }
    do throws(SimulationPlan.Fault) {
      return try SimulationPlan(process, steps: settings.burnIn + settings.steps)
    } catch {
      self.error("'\(choice.name)' cannot run: \(error.sentence)", at: choice.origin)
      return nil
    }
  }

  /// Observables: a map of names to expressions of parameters, protocols, constants and `t`.
  mutating func observables(_ entry: ScenarioNode.Entry?) -> [(name: String, expression: Expression)] {
    guard let entry else { return [] }
    guard let entries = entry.value.map else {
      error(
        "'observables' must be a map of names and expressions, got \(entry.value.shown)", at: entry.value.origin)
      return []
    }
    let known = names(of: "parameter") + names(of: "protocol") + ["t"]
    guard let parameters = context.parameters else { return [] }
    let common = CommonInputs(protocols: context.protocols, constants: constants)
    var observables: [(name: String, expression: Expression)] = []
    for item in entries {
      guard let expression = expression(item.value, item.key, names: known) else { continue }
      do {
        _ = try ObservableProgram([(item.key, expression)], parameters: parameters, common: common)
        observables.append((item.key, expression))
      } catch {
        report(error, in: item.value, item.key)
      }
    }
    return observables
  }
}

extension SimulationPlan.Fault {
  /// What is wrong, without a full stop.
  var sentence: String {
    switch self {
    case .schedule(let fault):
      if fault.quantity == "learning-rate", fault.value == 0 {
        return "'learning-rate' is 0 at every step, so that nothing moves; it may be 0 at single steps only"
      }
      let allowed = "finite and >= 0"
      return "'\(fault.quantity)' is \(fault.value) at step \(fault.step), and must be \(allowed) at every step"
    case .noDensity(let missing): return missing.sentence
    case .linearAlgebra(let error): return "the covariance of the noise has no factor: \(error)"
    }
  }
}

extension MissingDensity {
  /// Why there is no density, and how to get one, without a full stop.
  public var sentence: String {
    switch self {
    case .deterministicStep:
      return "a step has no noise of its own, so that the reversed step has probability zero; "
        + "set 'temperature' > 0, or a 'gradient' with Gaussian noise such as 'constant-covariance'"
    case .singularNoise:
      return "the noise leaves some directions without any, such as a position that only its velocity moves, so that "
        + "the reversed step has probability zero; every direction needs noise, from 'temperature' or 'gradient'"
    case .noiselessStep(let step):
      return "step \(step) has no noise in some direction, so that its reverse has probability zero; every step needs "
        + "noise in every direction, from 'temperature' or 'gradient'"
    case .noiseBelowRange:
      return "the variance of the noise of a step is above 0, but too small for the range of numbers; "
        + "choose units in which 'temperature' and 'learning-rate' are larger"
    case .tooManyBatches(let limit):
      return "the marginal kernel is a sum over all distinct batches, and here they are more than \(limit); "
        + "take 'level: extended', or smaller batches"
    case .dependentBatches:
      return "the batches of an epoch depend on each other, so that no marginal kernel of one step exists; "
        + "take 'level: extended'"
    case .unknownMarginal:
      return "what is drawn before a step has no sum over it that is known; take 'level: extended'"
    case .heatedNoise:
      return "a heat bath beside this noise would have to be convolved with it, and no such density is known; "
        + "set 'temperature: 0'"
    case .fewSamples(let count, let dimension):
      let samples = count == 1 ? "1 sample spans none" : "\(count) samples span at most \(count - 1)"
      return "the noise of \(samples) of the \(dimension) directions, so that the reversed step has probability zero; "
        + "give more than \(dimension) samples, or a 'temperature' > 0 where the noise is Gaussian"
    case .dimension(let limit):
      return "the covariance at every point is factored for at most \(limit) coordinates"
    case .continuousTime:
      return
        "a step of 'modified-sde' is a stretch of a stochastic differential equation, whose transition density is not "
        + "known; take 'gradient-descent'"
    case .mixedCoordinates:
      return "noise that is independent for each coordinate has no known density under a preconditioner that mixes them"
    }
  }
}
