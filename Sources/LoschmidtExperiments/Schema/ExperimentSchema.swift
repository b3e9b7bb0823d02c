import LoschmidtThermodynamics

/// The schemas of experiments, beside whose readers they stand in the catalogue.
enum ExperimentSchema {
  private static let labels: [MapSchema.Key] = [
    .init("title", .text, "the title of the experiment"),
    .init("claim", .text, "a text of yours that is shown beside the verdicts"),
  ]
  private static let positions: [MapSchema.Key] = [
    .init("at", .definition("point"), "one point; parameters that it does not name keep their initial values"),
    .init("points", .definition("points"), "several points: a list of maps, or a grid of {from, to, count}"),
  ]
  private static let ensemble: [MapSchema.Key] =
    labels + [
      .required(
        "trajectories", .whole(2...ScenarioDecoder.trajectoryLimit), "the number of independent trajectories"),
      .required("steps", .whole(1...ScenarioDecoder.stepLimit), "the steps of every trajectory that count"),
      .init("burn-in", .whole(0...ScenarioDecoder.stepLimit), "steps made before, which do not count; left out, none"),
      .init(
        "alpha", .number(NumberRange(lower: 0, excludesLower: true, upper: 0.5, excludesUpper: true)),
        "the level that the statistical verdicts of the file share; left out, it is 0.001"),
      .init("margin", .number(.positive), "the margin within which a pass asserts equality; left out, it is 0.05"),
    ]
  private static let observables = MapSchema.Key(
    "observables", .names(NamePattern.any, to: .definition("expression")),
    "a map of names and expressions of the parameters")

  static var potentials: Schema {
    let step = Schema.anyOf([
      .whole(2...Int.max), .pattern("^([iI][nN][fF]|\\+?\\.[iI][nN][fF])$"), .infinity,
    ])
    return .map(
      mayBeEmpty: true, excludes: [["at", "points"]],
      labels + positions + [
        .required("learning-rates", logSpaced(), "η > 0: a list, or {from, to, count} with logarithmic spacing"),
        .init("orders", .whole(1...4), "the highest power of η in the series; left out, it is 4"),
        .init(
          "renormalisation-steps", .anyOf([step, .list(step, least: 1, most: nil, distinct: true)]),
          "the n of TR: whole numbers from 2, and inf; left out, they are [2, inf]"),
        .init("margin", .number(.positive), "the margin of the verdicts; left out, it is 0.001"),
      ])
  }

  static var fluctuationTheorem: Schema {
    let theorem = Schema.words(of: FluctuationTheoremSettings.Theorem.self)
    let factor = NumberRange(lower: 0, excludesLower: true, except: 1)
    let factors = Schema.list(.number(.positive), least: 0, most: nil, distinct: false)
    return .map(
      ensemble + [
        .init(
          "theorems", .anyOf([theorem, .list(theorem, least: 1, most: nil, distinct: true)]),
          "what is to be decided; left out, it is integral and detailed, with a protocol jarzynski and crooks"),
        .init(
          "level", .words(of: FluctuationTheoremSettings.Level.self),
          "extended: the batches are part of the path (when left out); marginal: summed over batches"),
        .init(
          "reverse-initial",
          .anyOf([.words(["same", "stationary"]), ProcessSchema.byCoordinate(.definition("value"))]),
          "where reversed paths start: same (when left out), stationary, or a map of parameters and distributions"),
        .init("initial", .words(["boltzmann"]), "start in equilibrium"),
        .init(
          "control", .anyOf([.words(["none"]), .number(factor)]),
          "a factor on the noise of a wrong model that the test must reject; left out, it is 1.1"),
        .init(
          "misspecify", .map([.required("noise", .number(.positive), "a factor on the noise of the model")]),
          "an error put into the model on purpose"),
        .init(
          "calibration",
          .map([
            .required("repetitions", .whole(1...1_000_000), "how often the verdict is repeated"),
            .init("noise", .anyOf([.number(.positive), factors]), "factors on the noise of the model"),
          ]), "repeats the verdict on fresh ensembles, and counts"),
      ])
  }

  static var entropyProduction: Schema { .map(ensemble) }

  static var stationary: Schema { .map(ensemble + [observables]) }

  static var noiseComparison: Schema {
    .map(
      ensemble + [
        .required(
          "models", .list(.definition("gradient"), least: 2, most: nil, distinct: false),
          "the noise models, at least two; they take the place of the gradient of the process"),
        .init(
          "reference", .whole(0...Int.max), "the number of the model that the others are compared with; left out, 0"),
        observables,
        .init("every", .whole(1...ScenarioDecoder.stepLimit), "each so many steps are recorded; left out, 1"),
        .init(
          "theorem-steps", .whole(1...ScenarioDecoder.stepLimit),
          "the steps of the paths of the detailed theorem; left out, 4"),
      ])
  }

  static var symmetry: Schema {
    .map(
      mayBeEmpty: true, excludes: [["at", "points"]],
      labels + positions + [
        .required(
          "generators", .definition("generators"), "transformations of the parameters with the group parameter s"),
        .init("range", .number(.positive), "transformations are tried for |s| up to it; left out, 1"),
        .init(
          "trajectories", .whole(2...ScenarioDecoder.trajectoryLimit), "trajectories for the charges; left out, 100"),
        .init("steps", .whole(1...ScenarioDecoder.stepLimit), "their steps; left out, 100"),
      ])
  }

  static var scaling: Schema {
    let counts = ScalingSettings.leastValues(.none)...ScalingSettings.valueLimit
    return .map(
      ensemble + [
        .required("over", .words(of: ScalingVariable.self), "what is changed"),
        .required("values", logSpaced(counts, distinct: true), "the values, at least \(counts.lowerBound)"),
        .required("statistic", .words(of: ScalingSettings.Statistic.self), "what is measured at every value"),
        .init("observable", .definition("expression"), "an expression of the parameters; not with entropy-production"),
        .init("expected", .definition("expression"), "the exponent that is claimed; left out, there is no verdict"),
        .init(
          "correction", .words(of: ScalingSettings.Correction.self),
          "a further term of the fit; left out, it is none"),
      ])
  }

  static var relaxation: Schema {
    var own = observables
    own.value = .names(NamePattern.except(RelaxationObserver.fixedNames), to: .definition("expression"))
    return .map(
      ensemble + [
        own,
        .init(
          "every", .whole(1...ScenarioDecoder.stepLimit), "each so many steps are recorded; left out, about 100 in all"),
        .init(
          "selects", .definition("generators"), "symmetries, to see what irreversibility selects on their orbits"),
      ])
  }

  /// A list of numbers > 0, or a range of them.
  private static func logSpaced(
    _ counts: ClosedRange<Int> = 1...ScenarioDecoder.pointLimit, distinct: Bool = false
  ) -> Schema {
    let most = counts.upperBound == ScenarioDecoder.pointLimit ? nil : counts.upperBound
    let list = Schema.list(.number(.positive), least: counts.lowerBound, most: most, distinct: distinct)
    return .anyOf([list, ProcessSchema.range(.positive, count: counts)])
  }
}
