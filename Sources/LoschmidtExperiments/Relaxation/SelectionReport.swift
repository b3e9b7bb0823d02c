import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtReports
import LoschmidtThermodynamics

/// The verdicts of `relaxation` about what irreversibility selects on the orbits of symmetries.
struct SelectionReport {
  private let settings: RelaxationSettings
  private let sample: RelaxationSample?
  private let outcome: EnsembleResult<RelaxationSample>
  private let level: SharedLevel
  private let expectedFactor: Double
  /// η of the first and of the last step.
  private let learningRates: (first: Double, last: Double)

  init(
    _ settings: RelaxationSettings, _ plan: SimulationPlan, _ outcome: EnsembleResult<RelaxationSample>,
    _ context: RunContext
  ) {
    self.settings = settings
    self.outcome = outcome
    sample = outcome.partials.first
    expectedFactor = context.expectedFactor
    level = context.level(settings.ensemble.alpha)
    let (clock, burnIn) = (plan.clock, settings.ensemble.burnIn)
    learningRates = (
      clock.setting(min(burnIn, clock.steps - 1)).learningRate, clock.setting(clock.steps - 1).learningRate
    )
  }

  var verdicts: [Verdict] {
    var row = RelaxationObserver.fixedNames.count + settings.observables.count
    var verdicts: [Verdict] = []
    for (number, symmetry) in settings.selects.enumerated() {
      let record = sample?.selections[number] ?? SelectionRecord()
      switch symmetry {
      case .charge(let charge): verdicts += [moved(charge, record), balanced(charge, drift: row + 1)]
      case .isometry(let group): verdicts += [still(group, record), indifferent(group, record)]
      }
      row += 2
    }
    return verdicts
  }

  private var last: Int { settings.ensemble.steps / settings.every }

  // MARK: Broken symmetries

  /// Whether the charge moves as the emergent force says.
  private func moved(_ charge: NoetherCharge, _ record: SelectionRecord) -> Verdict {
    let name = "selection.\(charge.name)"
    let claim = "\(name): in the second half the charge moves along the valley as the emergent force predicts"
    let (change, excess) = (record.change, record.excess)
    let row = RelaxationObserver.fixedNames.count + settings.observables.count
    let number = settings.selects.firstIndex { $0.name == charge.name } ?? 0
    // What rounding does to a charge that is stored as θ.
    let charges = [0, last].map { abs(sample?[$0, row + 2 * number].mean ?? .nan) }
    let rounding = 64 * Double.ulpOfOne * (charges[0] + charges[1])
    guard abs(change.mean) > rounding else {
      return .undecided(name, claim, "the charge no longer moves, so that there is nothing to compare")
    }
    return decide(
      name, claim, estimate: change.mean, expected: expectedFactor * (change.mean - excess.mean),
      error: excess.standardError,
      scale: abs(change.mean))
  }

  /// Whether φ is least on the orbit at the end: E ĝᵀKĝ = 0, against its value at the first record.
  private func balanced(_ charge: NoetherCharge, drift row: Int) -> Verdict {
    let name = "balanced.\(charge.name)"
    let claim = "\(name): at the end φ is least on the orbit, E ĝᵀKĝ/E|ĝ|² = 0 beside its value at the first record"
    guard let sample else { return .undecided(name, claim, "no trajectory was finished") }
    // A step changes the charge by η² ‖K‖ |g|² at most; below the rounding of the charge the gradients are rounding as well.
    let largest = 4 * learningRates.last * charge.matrix.norm * sample[last, 3].mean
    let size = abs(sample[0, row - 1].mean) + abs(sample[last, row - 1].mean)
    guard largest > Double.ulpOfOne * size else {
      let reason = "the gradients of all draws vanish at the end, and φ with them: nothing is selected"
      return .undecided(name, claim, reason)
    }
    // Per E|ĝ|² = 4φ/η, so that a gradient that only becomes small does not count as balanced.
    func perSquare(_ drift: Double, _ record: Int, _ learningRate: Double) -> Double {
      drift / (4 * learningRate * sample[record, 3].mean)
    }
    let start = perSquare(sample[0, row].mean, 0, learningRates.first)
    let end = perSquare(sample[last, row].mean, last, learningRates.last)
    let error = perSquare(sample[last, row].standardError, last, learningRates.last)
    return decide(name, claim, estimate: end / start, expected: 0, error: abs(error / start), scale: 1)
  }

  // MARK: Preserved symmetries

  /// Whether φ stays where it is in the second half.
  private func still(_ group: OneParameterGroup, _ record: SelectionRecord) -> Verdict {
    let name = "selection.\(group.name)"
    let claim = "\(name): nothing is selected, φ does not change in the second half"
    return decide(
      name, claim, estimate: record.change.mean, expected: 0, error: record.change.standardError,
      scale: sample?[0, 3].mean ?? .nan)
  }

  /// Rounding changes φ by some hundred ε of the squares of the terms of a gradient, which φ at the start measures.
  private static let roundingMargin = 1e-10

  /// Whether φ is the same everywhere on the orbits of the last points.
  private func indifferent(_ group: OneParameterGroup, _ record: SelectionRecord) -> Verdict {
    let name = "balanced.\(group.name)"
    let claim = "\(name): at the end φ is the same everywhere on the orbit"
    guard let sample, sample[last, 3].count > 0, sample[0, 3].mean > 0, record.largestOrbitChange.isFinite else {
      return .undecided(name, claim, "there is no φ to compare")
    }
    let change = record.largestOrbitChange / sample[0, 3].mean
    return Verdict(
      name: name, claim: claim, status: change <= Self.roundingMargin ? .pass : .fail, expected: 0, estimate: change,
      margin: Self.roundingMargin,
      reason: "the largest change for s = ±½, ±1 is \(NumberText.rounded(change, digits: 3)) of φ at the first record")
  }

  // MARK: Deciding

  private func decide(
    _ name: String, _ claim: String, estimate: Double, expected: Double, error: Double, scale: Double
  ) -> Verdict {
    let margin = settings.ensemble.margin * scale
    guard margin > 0, margin.isFinite else {
      return .undecided(name, claim, "nothing moved that a deviation could be compared with")
    }
    let count = sample?[last, 3].count ?? 0
    // The sum over records is not that over steps, and a relaxation never ends: the claim is one to within the margin.
    let rule = EquivalenceRule(claim: .withinMargin, margin: margin, level: level.perTest)
    let decision = rule.decide(
      estimate: estimate, expected: expected, standardError: error, trajectories: count,
      degreesOfFreedom: Double(count - 1)
    ).honouring(outcome)
    return Verdict(name: name, claim: claim, outcome: decision, level: level, reason: decision.sentence)
  }
}
