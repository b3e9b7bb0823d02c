import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtReports
import LoschmidtThermodynamics

extension PotentialsExperiment {
  /// η‖ΛH‖ from which a step counts as near the edge of stability, which is at 2.
  static let edgeWarning = 1.6
  /// η‖ΛH‖ from which the series in η lose their digits (theory of the expansions, section 10).
  static let seriesWarning = 0.3

  /// Points × draws × the numbers of one gradient, above which no curvature is looked at: an eigenvalue takes about a
  /// hundred products with the Hessian.
  private static let warningWork = 1e7

  /// Where η‖ΛH‖ is near the edge of stability, or too large for the series and for DE.
  ///
  /// Where looking at all points would take long, about ten seconds, it says that it did not look.
  public var warnings: [String] {
    let draws = Double(1 + (law.outcomes?.count ?? landscape.samples.count))
    // About ten numbers of a gradient for each coordinate.
    let work = Double(settings.points.count) * draws * 10 * Double(settings.points.first?.count ?? 1)
    guard work <= Self.warningWork else {
      return [
        "the curvature was not looked at, which would take long here: whether η‖ΛH‖ is near the edge of stability, the run "
          + "shows"
      ]
    }
    return settings.points.enumerated().flatMap { number, point -> [String] in
      let (mean, draws) = curvatures(at: point)
      return edgeWarnings(number, mean) + seriesWarnings(number, draws)
    }
  }

  /// ‖ΛH‖ of the mean loss, and the largest curvature of the draws.
  private func curvatures(at point: [Double]) -> (mean: Double, draws: (eigenvalue: Double, norm: Double)) {
    let workspace = DrawWorkspace(landscape)
    func curvature(_ draws: [Draw]) -> LocalCurvature {
      let field = DrawField(landscape, draws: draws, preconditioner: metric, workspace: workspace)
      return LocalCurvature(of: field, at: Block(broadcasting: point, lanes: draws.count), metric: metric)
    }
    let mean = curvature([Draw(batch: Array(0..<landscape.samples.count))]).operatorNorms[0]
    // A sample of the draws is enough for a warning; the run looks at all of them.
    let draws = law.outcomes?.map(\.draw) ?? (0..<landscape.samples.count).map { Draw(batch: [$0]) }
    var (eigenvalue, norm) = (-Double.infinity, 0.0)
    for start in stride(from: 0, to: draws.count, by: landscape.suggestedLanes) {
      let group = curvature(Array(draws[start..<min(start + landscape.suggestedLanes, draws.count)]))
      eigenvalue = max(eigenvalue, group.largestEigenvalues.max() ?? eigenvalue)
      norm = max(norm, group.operatorNorms.max() ?? norm)
    }
    return (mean, (eigenvalue, norm))
  }

  private func edgeWarnings(_ number: Int, _ norm: Double) -> [String] {
    guard let learningRate else { return [] }
    let product = learningRate * norm
    guard product >= Self.edgeWarning else { return [] }
    let place = product >= 2 ? "beyond" : "near"
    return [
      "η‖ΛH‖ of the mean loss is \(NumberText.rounded(product, digits: 3)) at point \(number) with the learning rate "
        + "\(NumberText.rounded(learningRate)) of the process, \(place) the edge of stability at 2"
    ]
  }

  private func seriesWarnings(_ number: Int, _ draws: (eigenvalue: Double, norm: Double)) -> [String] {
    let rates = settings.learningRates
    let over = law.outcomes == nil ? "single samples" : "all draws"
    var warnings: [String] = []
    let undefined = rates.filter { $0 * draws.eigenvalue >= 1 }.count
    if undefined > 0 {
      warnings.append(
        "DE does not exist at point \(number) for \(undefined) of \(rates.count) learning rates, because η λ_max(ΛH) "
          + "reaches 1; over \(over), λ_max(ΛH) = \(NumberText.rounded(draws.eigenvalue, digits: 3))")
    }
    let coarse = rates.filter { $0 * draws.norm >= Self.seriesWarning && $0 * draws.eigenvalue < 1 }.count
    if coarse > 0 {
      warnings.append(
        "the series in η lose their digits at point \(number) for \(coarse) of \(rates.count) learning rates, because "
          + "η‖ΛH‖ exceeds \(Self.seriesWarning); below η = "
          + "\(NumberText.rounded(Self.seriesWarning / draws.norm, digits: 2)) they are accurate")
    }
    let stiff = rates.filter { $0 * draws.norm >= UndefinedAverage.stiffReach }.count
    if stiff > 0, settings.renormalisationSteps.contains(.infinite) {
      let largest = (rates.max() ?? 0) * draws.norm
      warnings.append(
        "TRinf is not integrated at point \(number) for \(stiff) of \(rates.count) learning rates, because the gradient "
          + "flow over one step is too stiff: η‖ΛH‖ is up to \(NumberText.rounded(largest, digits: 3)), and explicit steps "
          + "reach about \(NumberText.rounded(UndefinedAverage.stiffReach))")
    }
    return warnings
  }
}
