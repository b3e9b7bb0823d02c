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
  /// η of the step that comes next at each record, and at the end of the last one.
  private let learningRates: [Double]

  init(
    _ settings: RelaxationSettings, _ plan: SimulationPlan, _ outcome: EnsembleResult<RelaxationSample>,
    _ context: RunContext
  ) {
    self.settings = settings
    self.outcome = outcome
    sample = outcome.partials.first
    expectedFactor = context.expectedFactor
    level = context.level(settings.ensemble.alpha)
    learningRates = (0...(settings.ensemble.steps / settings.every)).map { record in
      let made = settings.ensemble.burnIn + record * settings.every
      return plan.clock.setting(min(made, plan.clock.steps - 1)).learningRate
    }
  }

  var verdicts: [Verdict] {
    var row = RelaxationObserver.fixedNames.count + settings.observables.count
    var verdicts: [Verdict] = []
    for (number, symmetry) in settings.selects.enumerated() {
      let record = sample?.selections[number] ?? SelectionRecord()
      switch symmetry {
      case .charge(let charge): verdicts += [moved(charge, record), balanced(charge, record, drift: row + 1)]
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
  ///
  /// A state that has not settled fails nothing; see ``SettlingGuard``.
  private func balanced(_ charge: NoetherCharge, _ record: SelectionRecord, drift row: Int) -> Verdict {
    let name = "balanced.\(charge.name)"
    let claim = "\(name): at the end φ is least on the orbit, E ĝᵀKĝ/E|ĝ|² = 0 beside its value at the first record"
    guard let sample, sample[last, 3].count > 0 else { return .undecided(name, claim, "no trajectory was finished") }
    // A step changes the charge by η² ‖K‖ |g|² at most; below the rounding of the charge the gradients are rounding as well.
    let largest = 4 * learningRates[last] * charge.matrix.norm * sample[last, 3].mean
    let size = abs(sample[0, row - 1].mean) + abs(sample[last, row - 1].mean)
    guard largest > Double.ulpOfOne * size else {
      let reason = "the gradients of all draws vanish at the end, and φ with them: nothing is selected"
      return .undecided(name, claim, reason)
    }
    let count = sample[last, 3].count
    // Per E|ĝ|² = 4φ/η, so that a gradient that only becomes small does not count as balanced.
    func square(_ record: Int) -> Uncertain {
      Uncertain(sample[record, 3]) * (4 * learningRates[record])
    }
    let start = Uncertain(sample[0, row]) / square(0)
    let quantile = RequiredTrajectories.equivalenceQuantile(degreesOfFreedom: Double(count - 1))
    guard count > 1, abs(start.value) > quantile * start.error else {
      let reason =
        count > 1
        ? "φ is least on the orbit at the first record already, as far as the error of E ĝᵀKĝ tells"
        : "fewer than two trajectories were finished"
      return .undecided(name, claim, reason)
    }
    let end = Uncertain(sample[last, row]) / square(last) / start
    let middle = last / 2
    var (sum, drifts) = (Uncertain(value: 0, error: 0), Uncertain(value: 0, error: 0))
    for record in middle...last {
      let weight = Double(settings.every) * (record == middle || record == last ? 0.5 : 1)
      sum = sum + square(record) * weight
      drifts = drifts + Uncertain(sample[record, row]) * weight
    }
    let motion = Uncertain(record.change) / sum / start
    let guardian = SettlingGuard(
      motion: motion, change: end + drifts / sum / start * -1, count: record.change.count, level: level.perTest)
    return decide(
      name, claim, estimate: end.value, expected: expectedFactor - 1, error: end.error, scale: 1, guardian: guardian)
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
    _ name: String, _ claim: String, estimate: Double, expected: Double, error: Double, scale: Double,
    guardian: SettlingGuard? = nil
  ) -> Verdict {
    let margin = settings.ensemble.margin * scale
    guard margin > 0, margin.isFinite else {
      return .undecided(name, claim, "nothing moved that a deviation could be compared with")
    }
    let count = sample?[last, 3].count ?? 0
    // The sum over records is not that over steps, and a relaxation never ends: the claim is one to within the margin.
    let rule = EquivalenceRule(claim: .withinMargin, margin: margin, level: level.perTest)
    func again(_ allowance: Double) -> VerdictOutcome {
      rule.decide(
        estimate: estimate, expected: expected, standardError: error, trajectories: count,
        degreesOfFreedom: Double(count - 1), roundingBound: allowance)
    }
    let decision = (guardian?.honoured(again(0), again: again) ?? again(0)).honouring(outcome)
    return Verdict(name: name, claim: claim, outcome: decision, level: level, reason: decision.sentence)
  }
}
