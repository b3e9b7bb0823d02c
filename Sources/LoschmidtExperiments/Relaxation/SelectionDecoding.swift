import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtThermodynamics

extension ScenarioDecoder {
  /// The largest |s| for which a transformation is tried.
  private static let selectionRange = 1.0

  /// Reads `selects`: generators as in `symmetry`, each tried at the middle of the initial law.
  ///
  /// Refused is what has neither a charge nor preserves lengths, what the loss of a sample does not leave alone, and what
  /// in the process moves charges besides.
  mutating func selectedSymmetries(_ entry: ScenarioNode.Entry, _ plan: SimulationPlan) -> [SelectedSymmetry]? {
    guard acceptsSelection(plan, entry), let landscape = plan.process.landscape else { return nil }
    let point = plan.process.initialLaw.centre
    guard let groups = generators(entry, at: [point], range: Self.selectionRange) else { return nil }
    var symmetries: [SelectedSymmetry] = []
    for group in groups {
      let origin = entry.value.map?.first { $0.key == group.name }?.origin ?? entry.origin
      guard SymmetryInvariance(of: group, landscape, at: point, range: Self.selectionRange).isInvariant else {
        error(
          "the loss changes under the generator '\(group.name)', so that nothing is to be selected on its orbits; "
            + "the experiment 'symmetry' shows by how much", at: origin)
        continue
      }
      do throws(NoetherCharge.Absence) {
        symmetries.append(try SelectedSymmetry(group))
      } catch {
        let reason = error == .notLinear ? "is not linear" : "is neither symmetric nor a rotation"
        self.error("the generator '\(group.name)' \(reason), so that 'selects' has no charge to follow", at: origin)
      }
    }
    return symmetries.count == groups.count ? symmetries : nil
  }

  /// Whether E ΔQ = η² E ĝᵀKĝ holds for the process; says where it does not.
  private mutating func acceptsSelection(_ plan: SimulationPlan, _ entry: ScenarioNode.Entry) -> Bool {
    let (process, dimension) = (plan.process, plan.program.dimension)
    var reason: String?
    if process.landscape == nil || process.force != nil {
      reason = "needs a loss without a 'force' beside it"
    } else if dimension > SymmetrySettings.dimensionLimit {
      reason = "takes at most \(SymmetrySettings.dimensionLimit) coordinates, got \(dimension)"
    } else if plan.descent?.preconditioner != .identity {
      reason = "needs 'gradient-descent' without a 'preconditioner'"
    } else if process.gradient.substeps != 1
      || process.gradient.covariance(sampleCount: plan.program.sampleCount, dimension: dimension) == nil
      || EffectiveLoss(plan, lanes: 4) == nil
    {
      reason =
        "needs gradients that are independent from step to step and have a known covariance, got "
        + "'\(process.gradient.name)'"
    } else if process.temperature != .uniform(.constant(0)) {
      reason = "needs 'temperature' 0: thermal noise moves charges besides the gradient"
    }
    if let reason { error("'selects' \(reason)", at: entry.origin) }
    return reason == nil
  }
}

extension InitialLaw {
  /// The mean of every coordinate.
  var centre: [Double] {
    coordinates.map { coordinate in
      switch coordinate {
      case .point(let value): value
      case .normal(let mean, _): mean
      case .uniform(let lower, let upper): 0.5 * (lower + upper)
      }
    }
  }

  /// The standard deviation of every coordinate, 0 for a number.
  var spread: [Double] {
    coordinates.map { coordinate in
      switch coordinate {
      case .point: 0
      case .normal(_, let deviation): deviation
      case .uniform(let lower, let upper): (upper - lower) / 12.squareRoot()
      }
    }
  }
}
