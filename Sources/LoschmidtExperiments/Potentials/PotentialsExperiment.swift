import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtReports
import LoschmidtThermodynamics

/// The experiment `potentials`: four measures of irreversibility at one or more points, and whether they agree.
///
/// For each point the forces DE, TR, TA and ST are evaluated at the scenario's learning rates by their exact identities,
/// averaged over the draws of the minibatch, and compared with the leading force −(η/2) E[ΛH_ξΛg_ξ] in the limit η → 0.
/// Conventions: k_B = 1; forces add to −Λg; φ is in units of the loss; norms and products are those of Λ⁻¹.
public struct PotentialsExperiment: Experiment {
  /// How many draws are sampled where the outcomes of the minibatch are too many to list.
  public static let sampleSize = 1024

  let landscape: ExpressionLandscape
  let law: DrawSet
  let metric: PositiveMatrix
  let settings: PotentialsSettings
  /// η of the process at its first step, where there is one; the experiment has learning rates of its own.
  let learningRate: Double?
  /// The process, for its phase portrait; `nil` without one.
  let process: TrainingProcess?

  /// The experiment on a process with a loss.
  public init(
    landscape: ExpressionLandscape, law: DrawSet, metric: PositiveMatrix, settings: PotentialsSettings,
    learningRate: Double? = nil, process: TrainingProcess? = nil
  ) {
    self.learningRate = learningRate
    self.process = process
    self.landscape = landscape
    self.law = law
    self.metric = metric
    self.settings = settings
  }

  /// DE, one TR for each n that is asked for, TA and ST.
  var potentials: [any IrreversibilityPotential] {
    let renormalised: [any IrreversibilityPotential] = settings.renormalisationSteps.map { steps in
      switch steps {
      case .finite(let n): TimeRenormalised(steps: n)
      case .infinite: TimeRenormalised.flow
      }
    }
    return [BackwardError()] + renormalised + [TimeAsymmetry(), StochasticThermodynamic()]
  }

  /// Surveys every point in turn.
  public func run(_ context: RunContext) throws -> ExperimentResult {
    var result = ExperimentResult(kind: "potentials", title: settings.title)
    var tables = PotentialsTables(experiment: self)
    for (number, point) in settings.points.enumerated() where !context.isStopped() {
      guard let analysis = try whole({ try analyse(point, number, context) }, context) else {
        result.remarks.append("The run was stopped at point \(number) of \(settings.points.count).")
        break
      }
      tables.append(analysis)
      result.figures += analysis.figures
      result.verdicts += analysis.verdicts
      result.remarks += analysis.remarks
      result.tables = tables.named
      context.keep(result)
    }
    result.tables = tables.named
    context.begin("portrait")
    if !context.isStopped() { try Portrait.append(to: &result) { try portrait(context) } }
    return result
  }

  /// A stage of the work; `nil` where it was stopped on its way.
  private func whole<Value>(_ work: () throws -> Value, _ context: RunContext) throws -> Value? {
    do {
      let value = try work()
      // Flows and sums that were broken off leave numbers that look like others.
      return context.isStopped() ? nil : value
    } catch is Stopped { return nil }
  }

  /// Paths of the process from the first points, and the landscape around them; `nil` unless there are two coordinates.
  private func portrait(_ context: RunContext) throws -> Portrait? {
    guard let process, landscape.dimension == 2 else { return nil }
    let plan = try SimulationPlan(process, steps: Portrait.stepsFromPoints)
    let points = Array(settings.points.prefix(Portrait.paths))
    let ensembles = points.enumerated().map { number, point in
      var ensemble = Ensemble(
        plan, start: InitialLaw(point.map { .point($0) }), key: context.key, trajectories: 1, burnIn: 0,
        steps: Portrait.stepsFromPoints)
      ensemble.firstTrajectory = UInt64(number)
      return ensemble
    }
    return try Portrait(ensembles.map { ($0, 0) }, around: points)
  }

  private func analyse(_ point: [Double], _ number: Int, _ context: RunContext) throws -> PointAnalysis {
    let stream = UInt64(context.experimentIndex) << 32 | UInt64(number)
    let generator = try RandomGenerator(.mt19937, seed: context.seed, stream: stream)
    let average = DrawAverage(law, sampleSize: Self.sampleSize) { generator.integer(below: $0) }
    let survey = PotentialSurvey(
      landscape: landscape, point: point, metric: metric, law: law, average: average, potentials: potentials,
      threads: context.threads)
    let share = 1 / Double(settings.points.count)
    func begin(_ stage: String, _ growth: [WorkGrowth]) -> (Double) -> Void {
      let what = "point \(number): \(stage)"
      context.begin(stage, share: share, growing: growth, telling: what)
      return { context.progress($0, what) }
    }
    _ = begin("series and curvature", [.points])
    let (expansion, curvatures) = try survey.expand(orders: settings.orders)
    let rows = try survey.forces(
      at: settings.learningRates, curvatures: curvatures, progress: begin("forces", [.points, .learningRates]))
    let ladder = try LearningRateLadder(
      survey, expansion, curvatures, asked: rows, progress: begin("limit of small η", [.points]))
    return PointAnalysis(
      number: number, survey: survey, expansion: expansion, rows: rows, ladder: ladder, settings: settings)
  }
}
