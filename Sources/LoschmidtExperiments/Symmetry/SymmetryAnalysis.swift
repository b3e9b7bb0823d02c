import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtReports
import LoschmidtThermodynamics

/// What was found for one generator at one point: figures, verdicts and remarks.
struct SymmetryAnalysis {
  let settings: SymmetrySettings
  let group: OneParameterGroup
  let charge: Result<NoetherCharge, SymmetryExperiment.ChargeAbsence>
  let number: Int
  let record: ChargeRecord?
  let diverged: Int
  let learningRate: Double
  let invariance: SymmetryInvariance
  let jacobian: GeneratorMatrix
  let force: EmergentForce
  let balanced: Result<BalancedPoint, BalancedPoint.Absence>

  init(
    _ experiment: SymmetryExperiment, _ group: OneParameterGroup,
    _ charge: Result<NoetherCharge, SymmetryExperiment.ChargeAbsence>, point number: Int, record: ChargeRecord?,
    diverged: Int
  ) {
    let point = experiment.settings.points[number]
    (settings, learningRate) = (experiment.settings, experiment.learningRate)
    (self.group, self.number, self.record, self.diverged) = (group, number, record, diverged)
    // A charge without a record was to be watched, and the run ended before.
    if record == nil, case .success = charge { self.charge = .failure(.stopped) } else { self.charge = charge }
    invariance = SymmetryInvariance(of: group, experiment.landscape, at: point, range: settings.range)
    jacobian = group.jacobian(at: point)
    force = EmergentForce(
      of: group, jacobian: jacobian, experiment.landscape, law: experiment.law, at: point,
      learningRate: experiment.learningRate)
    balanced = Result { () throws(BalancedPoint.Absence) in
      try BalancedPoint(
        onOrbitOf: point, group, experiment.landscape, law: experiment.law,
        learningRate: experiment.learningRate, range: experiment.settings.range)
    }
  }

  // MARK: Figures

  var figures: [(name: String, value: FigureValue)] {
    let (largest, unknown) = (invariance.largest, "the gradients are not finite at the point")
    let violation = "the loss is not finite at s = \(short(largest.s)) for sample \(largest.sample)"
    var values: [(String, FigureValue)] = [
      ("invariance", .known(largest.change, otherwise: violation)),
      ("isometry", .known(jacobian.isometryDefect, otherwise: "the generator has no derivative at the point")),
      ("orbit-derivative", .known(force.derivative, otherwise: unknown)),
      ("orbit-derivative.exact", .known(force.exact, otherwise: unknown)),
    ]
    switch balanced {
    case .success(let point):
      values += [
        ("balanced", .known(point.s, otherwise: unknown)),
        ("balanced-residual", .known(point.residual, otherwise: unknown)),
      ]
    case .failure(let absence):
      values += ["balanced", "balanced-residual"].map { ($0, .missing(absence.sentence)) }
    }
    return (values + chargeFigures).map { (settings.label($0.0, group, number), $0.1) }
  }

  private var chargeFigures: [(String, FigureValue)] {
    guard let record, case .success = charge else {
      let reason = chargeAbsence ?? "no trajectory was watched"
      return ["charge-drift", "charge-drift.exact", "charge-violation"].map { ($0, .missing(reason)) }
    }
    let few = FinishedTrajectories(count: record.last.count).reason
    return [
      ("charge-drift", .measured(record.firstChange.mean, record.firstChange.standardError, otherwise: few)),
      ("charge-drift.exact", .known(-2 * learningRate * force.exact, otherwise: "the gradients are not finite")),
      (
        "charge-violation",
        record.steps > 0
          ? .known(record.largestViolation, otherwise: "a charge or its change is not finite") : .missing(few)
      ),
    ]
  }

  private var chargeAbsence: String? {
    if case .failure(let absence) = charge { return absence.sentence }
    return nil
  }

  // MARK: Verdicts

  var verdicts: [Verdict] {
    [invarianceVerdict, forceVerdict] + (chargeVerdict.map { [$0] } ?? [])
  }

  private var invarianceVerdict: Verdict {
    let name = settings.label("invariance", group, number)
    let (largest, worst) = (invariance.largest, invariance.worst)
    let place = "at s = \(short(largest.s)) for sample \(largest.sample)\(largest.isAtPoint ? "" : ", near the point")"
    let isFinite = largest.change.isFinite
    let size =
      isFinite
      ? "the largest relative change is \(short(largest.change)), \(place)" : "the loss is not finite \(place)"
    let times = worst.excess.isFinite ? "\(short(worst.excess)) times " : ""
    let reason =
      invariance.isInvariant
      ? "\(size); no change exceeds what rounding explains"
      : isFinite ? "\(size); a change exceeds \(times)what rounding explains" : size
    return Verdict(
      name: name,
      claim: "\(name): the loss of every sample stays the same along the orbit, up to |s| = \(short(settings.range))",
      status: invariance.isInvariant ? .pass : .fail, expected: 0, estimate: isFinite ? largest.change : nil,
      reason: reason)
  }

  /// What theory says of the force: it vanishes for isometries, and is −(η/4) E gᵀ(K + Kᵀ)g for others.
  private var forceVerdict: Verdict {
    let name = settings.label("emergent-force", group, number)
    let isIsometric = jacobian.isAntisymmetric
    let claim =
      isIsometric
      ? "\(name): the emergent force preserves the symmetry, dφ/ds = 0, because it is an isometry"
      : "\(name): the emergent force breaks the symmetry, dφ/ds = −(η/4) E gᵀ(K + Kᵀ)g ≠ 0"
    var verdict = Verdict(
      name: name, claim: claim, status: .undecided, expected: isIsometric ? 0 : force.exact,
      estimate: force.derivative, margin: force.roundingBound, reason: "")
    guard force.derivative.isFinite, force.exact.isFinite, force.roundingBound.isFinite else {
      (verdict.expected, verdict.estimate, verdict.margin) = (nil, nil, nil)
      verdict.reason = "the gradients or their derivatives are not finite at the point"
      return verdict
    }
    let numbers = "dφ/ds = \(short(force.derivative)) by differentiating φ"
    let bound = "the bound \(short(force.roundingBound)) of rounding"
    if isIsometric {
      verdict.status = force.vanishes ? .pass : .fail
      verdict.reason = "\(numbers), \(force.vanishes ? "within" : "beyond") \(bound)"
    } else if !force.routesAgree {
      verdict.status = .fail
      verdict.reason = "\(numbers) and \(short(force.exact)) from the symmetry differ by more than \(bound)"
    } else if force.vanishes {
      verdict.reason = "\(numbers), within \(bound): the gradients are balanced at the point, or vanish"
    } else {
      verdict.status = .pass
      verdict.reason = "\(numbers) and \(short(force.exact)) from the symmetry agree within \(bound)"
    }
    return verdict
  }

  /// `nil` where there is no charge to watch.
  private var chargeVerdict: Verdict? {
    guard let record, case .success = charge else { return nil }
    let name = settings.label("charge", group, number)
    let bound = NoetherCharge.roundingBound
    let isFinite = record.largestViolation.isFinite
    let estimate = isFinite && record.steps > 0 ? record.largestViolation : nil
    var verdict = Verdict(
      name: name, claim: "\(name): every step changes the charge θᵀKθ by η² gᵀKg, to rounding", status: .pass,
      expected: 0, estimate: estimate, margin: bound, reason: "")
    let worst = "step \(record.worstStep) of trajectory \(record.worstTrajectory & (1 << 48 - 1))"
    let numbers =
      isFinite
      ? "over \(record.steps) steps |ΔQ − η² gᵀKg| is at most \(short(record.largestViolation)) of its scale"
      : "a charge is not finite at \(worst)"
    if !(record.largestViolation <= bound) {
      verdict.status = .fail
      verdict.reason = isFinite ? "\(numbers), at \(worst), beyond the bound \(short(bound)) of rounding" : numbers
    } else if diverged > 0 || record.steps == 0 {
      verdict.status = .undecided
      let nothing = diverged > 0 ? "all \(diverged) trajectories diverged" : "no step was looked at"
      verdict.reason = record.steps > 0 ? "\(numbers), but \(diverged) more trajectories diverged" : nothing
    } else if record.movingSteps == 0 {
      verdict.status = .undecided
      verdict.reason = "every gradient of the \(record.steps) steps is 0, so that nothing was tried; start elsewhere"
    } else {
      verdict.reason = "\(numbers), within the bound \(short(bound)) of rounding"
    }
    return verdict
  }

  // MARK: Remarks

  /// Which way the force drives, where it does.
  var remarks: [String] {
    guard invariance.isInvariant, force.routesAgree, !force.vanishes else { return [] }
    let place = settings.numbersPoints ? " at point \(number)" : ""
    let direction = "φ of '\(group.name)'\(place) falls towards s \(force.exact < 0 ? ">" : "<") 0"
    switch balanced {
    case .success(let point):
      return [
        "\(direction); it is smallest at s = \(NumberText.rounded(point.s)), where E gᵀKg is "
          + "\(short(point.residual)) of ‖K‖ E|g|²."
      ]
    case .failure(let absence): return ["\(direction); there is no balanced point: \(absence.sentence)."]
    }
  }

  private func short(_ value: Double) -> String { NumberText.rounded(value, digits: 3) }
}

extension BalancedPoint.Absence {
  /// Why there is no balanced point, without a full stop.
  var sentence: String {
    func short(_ value: Double) -> String { NumberText.rounded(value, digits: 3) }
    switch self {
    case .isometric: return "the symmetry is an isometry, so that φ is the same everywhere on the orbit"
    case .vanishing: return "the gradients of all draws vanish at the point"
    case .flat: return "φ does not change along the orbit beyond rounding"
    case .falling(let s): return "φ still falls at s = \(short(s)), where the search ends"
    case .notFinite(let s): return "φ is not finite at s = \(short(s))"
    case .search(let error): return "the minimisation failed: \(error.message)"
    }
  }
}

extension SymmetryExperiment.ChargeAbsence {
  /// Why no charge is watched, without a full stop.
  var sentence: String {
    switch self {
    case .none(.notLinear): "the generator is not linear, so that it has no charge θᵀKθ"
    case .none(.notSymmetric): "the generator is not symmetric, so that it has no charge θᵀKθ"
    case .thermalNoise: "thermal noise moves the charge besides the gradient; set 'temperature' to 0"
    case .stopped: "the run was stopped before"
    }
  }
}
