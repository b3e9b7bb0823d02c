import Foundation
import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtTestSupport

@testable import LoschmidtThermodynamics

/// An observer on an ensemble in which some trajectories diverge, and the same numbers from paths that are replayed.
struct SurvivorCase: Sendable, CustomStringConvertible {
  /// What an observer found.
  struct Found {
    var numbers: [Double]
    var finished: Int
    var diverged: Int
  }

  /// The name of the observer.
  let description: String
  /// The ensemble with so many trajectories.
  let ensemble: @Sendable (Int) throws -> Ensemble
  /// The numbers of the observer.
  let measure: @Sendable (Ensemble, RunWatch) throws -> Found
  /// The same of the paths of the survivors.
  let expected: @Sendable (Ensemble, [SurvivorPath]) -> [Double]

  static let all = [
    timeAverage, stationary, relaxation, pathRatio, production, work, split, comparison, charge,
  ]

  // MARK: Processes

  static let eta = 0.1
  static let (burnIn, steps) = (4, 12)
  static let start = 4.0

  /// u⁴/4 + w²/2 from N(0, 16) and N(0, 1): beyond |u| = √20 a step of 0.1 leads outwards.
  static func quartic(_ trajectories: Int, options: PathOptions, drive: Bool = false) throws -> Ensemble {
    let text = ProcessText(
      ["u", "w"], loss: drive ? "u^4/4 + w^2/2 + p*u" : "u^4/4 + w^2/2",
      protocols: drive ? [("p", "t")] : [])
    let law = InitialLaw([.normal(mean: 0, standardDeviation: start), .normal(mean: 0, standardDeviation: 1)])
    return try ensemble(text, law, trajectories, temperature: 0.05, options)
  }

  /// (u w − 1)²/2 without noise: it diverges from far out.
  static func product(_ trajectories: Int, options: PathOptions = PathOptions()) throws -> Ensemble {
    let law = InitialLaw([.uniform(lower: 2, upper: 8), .uniform(lower: -2, upper: 2)])
    return try ensemble(ProcessText(["u", "w"], loss: "0.5*(u*w - 1)^2"), law, trajectories, temperature: 0, options)
  }

  private static func ensemble(
    _ text: ProcessText, _ law: InitialLaw, _ trajectories: Int, temperature: Double, _ options: PathOptions
  ) throws -> Ensemble {
    let process = try text.process(
      learningRate: Schedule(eta), temperature: temperature > 0 ? .bath(temperature) : .zero, initial: law)
    return Ensemble(
      try SimulationPlan(process, steps: burnIn + steps), start: law, key: StreamKey(seed: 41, experiment: 0),
      trajectories: trajectories, burnIn: burnIn, steps: steps, options: options)
  }

  static func observables(_ ensemble: Ensemble, _ texts: [String]) throws -> ObservableProgram {
    try ObservableProgram(
      texts.map { ($0, try Expression(parsing: $0)) }, parameters: ensemble.plan.process.parameters,
      common: ensemble.plan.program.common)
  }

  static func run<Partial: Sendable>(
    _ ensemble: Ensemble, _ watch: RunWatch, merge: @escaping (inout Partial, Partial) -> Void,
    observer: () -> any BlockObserver<Partial>, numbers: (Partial) -> (finished: Int, numbers: [Double])
  ) throws -> Found {
    let result = try ensemble.run(watch, merge: merge, makeObserver: observer)
    let (finished, numbers) = numbers(result.partials[0])
    return Found(numbers: numbers, finished: finished, diverged: result.divergedCount)
  }

  // MARK: Observers of averages in time

  private static let timeAverage = SurvivorCase(
    description: "TimeAverageObserver", ensemble: { try quartic($0, options: PathOptions()) },
    measure: { ensemble, watch in
      let program = try observables(ensemble, ["u^2"])
      return try run(
        ensemble, watch, merge: { $0.merge($1) },
        observer: { TimeAverageObserver(program, every: 3, steps: steps, lanes: ensemble.lanes) },
        numbers: { ($0.product.count, numbers($0.product) + [$0.drift.mean, $0.drift.standardError]) })
    },
    expected: { ensemble, paths in
      let records = paths.map { counted($0).enumerated().filter { $0.offset % 3 == 2 }.map { $0.element.theta[0] } }
      let values = records.map { $0.map { $0 * $0 } }
      // Distances are from the mean at the end of burn-in over the survivors of a block.
      let blocks = Dictionary(grouping: paths, by: { $0.number / ensemble.lanes })
      let origins = blocks.mapValues { mean($0.map { $0[burnIn].theta[0] * $0[burnIn].theta[0] }) }
      let drifts = zip(paths, values).map { path, values in
        let squares = values.map { pow($0 - (origins[path.number / ensemble.lanes] ?? .nan), 2) }
        return (squares[2] + squares[3] - squares[0] - squares[1]) / 2
      }
      return inTime(values, values) + [mean(drifts), standardError(drifts)]
    })

  private static let stationary = SurvivorCase(
    description: "StationaryObserver", ensemble: { try product($0) },
    measure: { ensemble, watch in
      let question = StationaryQuestion(
        observables: try observables(ensemble, ["u^2"]), exactMean: [0.5, 0.25], origin: [0.3, -0.2],
        law: try ensemble.plan.law(ensemble.plan.clock.setting(0)), steps: steps,
        firstTrajectory: ensemble.firstTrajectory, correlatesLoss: false)
      return try run(
        ensemble, watch, merge: { $0.merge($1) }, observer: { StationaryObserver(question, lanes: ensemble.lanes) },
        numbers: { sample in
          let products = sample.observables.flatMap(numbers) + sample.coordinates.flatMap(numbers)
          let moments = [sample.spread] + sample.drifts
          let sides = sample.dissipation.mean
          return (
            sample.dissipation.count,
            products + sides + moments.flatMap { [$0.mean, $0.standardError] } + sample.consecutive.flatMap { $0 }
          )
        })
    },
    expected: { ensemble, paths in
      let (u, w) = (paths.map { counted($0).map { $0.theta[0] } }, paths.map { counted($0).map { $0.theta[1] } })
      let squares = u.map { $0.map { $0 * $0 } }
      let gradients = paths.map { path in
        zip(path.dropFirst(burnIn), path.dropFirst(burnIn + 1)).map { before, after in
          let g = zip(before.theta, after.theta).map { ($0 - $1) / eta }
          return (
            left: (before.theta[0] - 0.3) * g[0] + (before.theta[1] + 0.2) * g[1],
            right: eta / 2 * (g[0] * g[0] + g[1] * g[1])
          )
        }
      }
      let spread = zip(u, w).map { u, w in
        mean(zip(u, w).map { ($0 - 0.5) * ($0 - 0.5) + ($1 - 0.25) * ($1 - 0.25) })
      }
      func drift(_ values: [Double]) -> Double { mean(Array(values[6...])) - mean(Array(values[..<6])) }
      let differences = gradients.map { drift($0.map { $0.left - $0.right }) }
      let drifts = [squares.map(drift), u.map(drift), w.map(drift), differences]
      let watched = paths.filter { $0.number < min(ensemble.lanes, 16) }
      return inTime(squares, squares) + inTime(u, u) + inTime(u, w) + inTime(w, w)
        + [mean(gradients.map { mean($0.map(\.left)) }), mean(gradients.map { mean($0.map(\.right)) })]
        + ([spread] + drifts).flatMap { [mean($0), standardError($0)] }
        + watched.flatMap { counted($0).map { $0.theta[0] } }
    })

  private static let comparison = SurvivorCase(
    description: "ComparisonObserver", ensemble: { try quartic($0, options: PathOptions(extended: true)) },
    measure: { ensemble, watch in
      let question = ComparisonQuestion(
        observables: try observables(ensemble, ["u*w"]), origin: [0.5, -0.5], every: 2, burnIn: burnIn, steps: steps,
        groups: 8,
        finalPoints: 40, firstTrajectory: ensemble.firstTrajectory)
      return try run(
        ensemble, watch, merge: { $0.merge($1, finalPoints: 20) },
        observer: { ComparisonObserver(question, lanes: ensemble.lanes) },
        numbers: { sample in
          let production = [sample.production.mean, sample.production.standardError]
          return (sample.sums.count, sample.sums.means + production + sample.finalPoints.flatMap { $0 })
        })
    },
    expected: { _, paths in
      let records = paths.map { counted($0).enumerated().filter { $0.offset % 2 == 1 }.map { $0.element.theta } }
      func average(_ value: ([Double]) -> Double) -> Double { mean(records.map { mean($0.map(value)) }) }
      let powers = (0..<2).flatMap { i in
        (1...4).map { power in average { pow($0[i] - [0.5, -0.5][i], Double(power)) } }
      }
      let production = paths.map { $0.last?.medium ?? .nan }
      let few = paths.filter { $0.number < 40 }.prefix(20)
      return [average { pow($0[0], 4) / 4 + $0[1] * $0[1] / 2 }] + powers
        + [average { $0[0] * $0[1] }, average { $0[0] * $0[0] * $0[1] * $0[1] }]
        + [mean(production), standardError(production)] + few.flatMap { $0.last?.theta ?? [] }
    })

  // MARK: Observers of records and charges

  private static let relaxation = SurvivorCase(
    description: "RelaxationObserver", ensemble: { try product($0) },
    measure: { ensemble, watch in
      let program = try observables(ensemble, ["u^2"])
      let group = try OneParameterGroup(
        name: "rescaling",
        [("u", try Expression(parsing: "u*exp(s)")), ("w", try Expression(parsing: "w*exp(-s)"))],
        parameters: ensemble.plan.process.parameters)
      let symmetry = try SelectedSymmetry(group)
      return try run(
        ensemble, watch, merge: { $0.merge($1) },
        observer: {
          RelaxationObserver(
            ensemble.plan, observables: program, symmetries: [symmetry], every: 3, burnIn: burnIn, steps: steps,
            lanes: ensemble.lanes)
        },
        numbers: { sample in
          let moments = (0...4).flatMap { record in [0, 1, 3, 4, 5, 6].map { sample[record, $0] } }
          let selection = [sample.selections[0].change, sample.selections[0].excess]
          return (sample[0, 0].count, (moments + selection).flatMap { [$0.mean, $0.standardError] })
        })
    },
    expected: { _, paths in
      func quantities(_ theta: [Double]) -> [Double] {
        let (u, w, r) = (theta[0], theta[1], theta[0] * theta[1] - 1)
        let potential = eta / 4 * r * r * (u * u + w * w)
        return [
          r * r / 2, r * r / 2 + potential, potential, u * u, u * u - w * w, eta * eta * r * r * (w * w - u * u),
        ]
      }
      let records = paths.map { path in (0...4).map { quantities(path[burnIn + 3 * $0].theta) } }
      let moments = (0...4).flatMap { record in (0..<6).map { index in records.map { $0[record][index] } } }
      let change = records.map { $0[4][4] - $0[2][4] }
      let excess = records.map { $0[4][4] - $0[2][4] - 3 * (0.5 * $0[2][5] + $0[3][5] + 0.5 * $0[4][5]) }
      return (moments + [change, excess]).flatMap { [mean($0), standardError($0)] }
    })

  private static let charge = SurvivorCase(
    description: "ChargeObserver", ensemble: { try product($0) },
    measure: { ensemble, watch in
      let group = try OneParameterGroup(
        name: "rescaling",
        [("u", try Expression(parsing: "u*exp(s)")), ("w", try Expression(parsing: "w*exp(-s)"))],
        parameters: ensemble.plan.process.parameters)
      let charge = try NoetherCharge(of: group)
      return try run(
        ensemble, watch, merge: { $0[0].merge($1[0]) }, observer: { ChargeObserver([charge]) },
        numbers: { records in
          let record = records[0]
          return (
            record.last.count,
            [Double(record.steps), Double(record.overshoots), record.largestViolation < 1e-13 ? 0 : 1]
              + [record.firstChange, record.last].flatMap { [$0.mean, $0.standardError] }
          )
        })
    },
    expected: { _, paths in
      let charges = paths.map { $0.dropFirst(burnIn).map { $0.theta[0] * $0.theta[0] - $0.theta[1] * $0.theta[1] } }
      let crossings = charges.reduce(0) { $0 + zip($1, $1.dropFirst()).count { $0 * $1 < 0 } }
      let (first, last) = (charges.map { $0[1] - $0[0] }, charges.map { $0[steps] })
      return [Double(paths.count * steps), Double(crossings), 0]
        + [first, last].flatMap { [mean($0), standardError($0)] }
    })

  // MARK: Observers of path sums

  private static let pathRatio = SurvivorCase(
    description: "PathRatioObserver", ensemble: { try quartic($0, options: PathOptions(extended: true)) },
    measure: { ensemble, watch in
      try run(
        ensemble, watch, merge: { $0.append($1) },
        observer: { PathRatioObserver(initial: ensemble.start, final: ensemble.start) },
        numbers: { ($0.extended.count, $0.boundary + $0.extended) })
    },
    expected: { _, paths in
      paths.map { startDensity($0[burnIn].theta) - startDensity($0[burnIn + steps].theta) }
        + paths.map { $0[burnIn + steps].medium ?? .nan }
    })

  private static let production = SurvivorCase(
    description: "ProductionObserver", ensemble: { try quartic($0, options: PathOptions(extended: true)) },
    measure: { ensemble, watch in
      let law = try GaussianLaw(mean: [0.5, -0.5], covariance: .diagonal([0.25, 4]))
      return try run(
        ensemble, watch, merge: { $0.append($1) },
        observer: { ProductionObserver(boundary: ensemble.start, stationary: law, countsCurrents: true, steps: steps) },
        numbers: { sums in
          guard let currents = sums.currents else { return (0, []) }
          let lists = sums.ratios.boundary + sums.ratios.extended + sums.relaxation
          let matrices = [currents.covariance, currents.meanCovariance].flatMap { matrix in
            (0..<6).flatMap { i in (0..<6).map { matrix[i, $0] } }
          }
          return (currents.trajectories, lists + currents.mean + matrices)
        })
    },
    expected: { _, paths in
      let (first, last) = (paths.map { $0[burnIn].theta }, paths.map { $0[burnIn + steps].theta })
      let boundary = zip(first, last).map { startDensity($0) - startDensity($1) }
      let medium = paths.map { $0.last?.medium ?? .nan }
      let relaxation = zip(first, last).map { gaussian($1) - gaussian($0) }
      let lists = boundary + medium + relaxation
      let currents = paths.map { path in
        zip(path.dropFirst(burnIn), path.dropFirst(burnIn + 1)).map { stepCurrents(from: $0.theta, to: $1.theta) }
      }
      let means = (0..<6).map { k in currents.map { along in mean(along.map { $0[k] }) } }
      var (covariance, ofMeans) = ([Double](), [Double]())
      for i in 0..<6 {
        for j in 0..<6 {
          let second = mean(currents.map { along in mean(along.map { $0[i] * $0[j] }) })
          let (a, b) = (mean(means[i]), mean(means[j]))
          covariance.append(second - a * b)
          let scatter = zip(means[i], means[j]).reduce(0.0) { $0 + ($1.0 - a) * ($1.1 - b) }
          ofMeans.append(scatter / Double(paths.count * (paths.count - 1)))
        }
      }
      return lists + means.map(mean) + covariance + ofMeans
    })

  private static let work = SurvivorCase(
    description: "WorkObserver",
    ensemble: { try quartic($0, options: PathOptions(extended: true, work: true, residuals: true), drive: true) },
    measure: { ensemble, watch in
      let clock = ensemble.plan.clock
      return try run(
        ensemble, watch, merge: { $0.append($1) },
        observer: {
          WorkObserver(temperature: 0.05, times: (clock.time(burnIn), clock.time(burnIn + steps)))
        },
        numbers: { work in
          let residuals = [work.residuals.sum, work.residuals.degrees]
          return (work.work.count, work.work + work.protocolWork + work.actionHeat + work.energyHeat + residuals)
        })
    },
    expected: { _, paths in
      func energy(_ theta: [Double], _ time: Double) -> Double {
        pow(theta[0], 4) / 4 + theta[1] * theta[1] / 2 + time * theta[0]
      }
      let found = paths.map { path in
        let counted = path.dropFirst(burnIn)
        let difference =
          energy(path[burnIn + steps].theta, path[burnIn + steps].time) - energy(path[burnIn].theta, path[burnIn].time)
        let heat = -0.05 * (path[burnIn + steps].medium ?? .nan)
        // Each step moves p by η before it moves θ.
        let jumps = zip(counted, counted.dropFirst()).reduce(0) { $0 + $1.0.theta[0] * ($1.1.time - $1.0.time) }
        return [difference - heat, jumps, heat, difference - jumps]
      }
      // Normal numbers of variance 1 that made the steps: the gradient is taken after the jump of time.
      let squares = paths.map { path in
        let counted = path.dropFirst(burnIn)
        return zip(counted, counted.dropFirst()).reduce(0.0) { sum, pair in
          let ((u, w), next) = ((pair.0.theta[0], pair.0.theta[1]), pair.1)
          let (a, b) = (next.theta[0] - u + eta * (u * u * u + next.time), next.theta[1] - w + eta * w)
          return sum + (a * a + b * b) / (2 * eta * 0.05)
        }
      }
      return (0..<4).flatMap { part in found.map { $0[part] } }
        + [squares.reduce(0, +), Double(2 * steps * paths.count)]
    })

  private static let split = SurvivorCase(
    description: "StationarySplitObserver", ensemble: { try quartic($0, options: PathOptions(extended: true)) },
    measure: { ensemble, watch in
      let laws = try [0.25, 0.5].map {
        try GaussianLaw(mean: [0.5, -0.5], covariance: .diagonal([$0, 4]))
      }
      return try run(
        ensemble, watch, merge: { $0.append($1) },
        observer: { StationarySplitObserver(laws: laws, final: laws[1]) },
        numbers: { ($0.medium.count, $0.hatanoSasa + $0.relaxation + $0.medium + $0.boundary) })
    },
    expected: { _, paths in
      // π_0 at the start, and another law from the first step on.
      let found = paths.map { path in
        let (first, second, last) = (path[burnIn].theta, path[burnIn + 1].theta, path[burnIn + steps].theta)
        func later(_ theta: [Double]) -> Double { gaussian(theta, 0.5) }
        let relaxation = later(second) - later(first) + later(last) - later(second)
        return [
          gaussian(first) - later(first), relaxation, path[burnIn + steps].medium ?? .nan,
          gaussian(first) - later(last),
        ]
      }
      return (0..<4).flatMap { part in found.map { $0[part] } }
    })
}
