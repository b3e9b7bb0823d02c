import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtThermodynamics

extension ScenarioDecoder {
  /// Reads the settings of `symmetry`.
  mutating func symmetrySettings(_ choice: Choice) -> SymmetrySettings? {
    let before = problems.errorCount
    guard var reader = openSettings(of: choice) else { return nil }
    let title = reader.optional("title")
    let claim = reader.optional("claim")
    let generatorsEntry = reader.required("generators")
    let at = reader.optional("at")
    let pointsEntry = reader.optional("points")
    let rangeEntry = reader.optional("range")
    let trajectories = reader.optional("trajectories")
    let steps = reader.optional("steps")
    reader.finish(&problems)
    refuseOtherProcesses(choice)
    let points = pointList(at: at, points: pointsEntry, choice)
    if let points, points.count > SymmetrySettings.pointLimit {
      error(
        "'points' gives \(points.count) points, and 'symmetry' looks at \(SymmetrySettings.pointLimit) at most",
        at: pointsEntry?.origin ?? choice.origin)
    }
    var settings = SymmetrySettings(generators: [], points: points ?? [])
    settings.title = title.flatMap { text($0.value, "title") }
    settings.claim = claim.flatMap { text($0.value, "claim") }
    settings.numbersPoints = pointsEntry != nil
    if let value = rangeEntry.flatMap({ number($0.value, "range", allowed: "a number > 0") { $0 > 0 } }) {
      settings.range = value
    }
    if let value = trajectories.flatMap({ integer($0.value, "trajectories", in: 2...Self.trajectoryLimit) }) {
      settings.trajectories = value
    }
    if let value = steps.flatMap({ integer($0.value, "steps", in: 1...Self.stepLimit) }) { settings.steps = value }
    // Where θ is too large the derivatives of a generator would take their time for nothing.
    let isSmall = context.parameters.map { $0.dimension <= SymmetrySettings.dimensionLimit } ?? false
    if let entry = generatorsEntry, isSmall {
      settings.generators = generators(entry, at: points, range: settings.range) ?? []
    }
    let ensemble = EnsembleSettings(trajectories: settings.trajectories, steps: settings.steps)
    guard problems.errorCount == before, plan(ensemble, choice) != nil else { return nil }
    return settings
  }

  /// Reports what of the process the theory does not cover.
  private mutating func refuseOtherProcesses(_ choice: Choice) {
    if let origin = context.forceOrigin {
      error(
        "'force' cannot be combined with the experiment 'symmetry', which needs the gradient of a loss; take it out",
        at: origin)
    }
    if let parameters = context.parameters, parameters.dimension > SymmetrySettings.dimensionLimit {
      error(
        "the experiment 'symmetry' takes at most \(SymmetrySettings.dimensionLimit) coordinates, got "
          + "\(parameters.dimension)", at: choice.origin)
    }
    guard let process = context.process else { return }
    if !(process.gradient is FullBatch || process.gradient is Minibatch) {
      error(
        "the experiment 'symmetry' needs gradients of samples, 'full-batch' or 'minibatch', got "
          + "'\(process.gradient.name)'", at: choice.origin)
    }
    if process.algorithm.descent?.preconditioner != .identity {
      error(
        "the experiment 'symmetry' needs 'gradient-descent' without a 'preconditioner', which would take the place of "
          + "the unit matrix in what is an isometry and what is a charge", at: choice.origin)
    }
  }
}
