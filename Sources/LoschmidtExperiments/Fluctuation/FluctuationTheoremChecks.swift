import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtThermodynamics

extension ScenarioDecoder {
  /// Refuses what no fluctuation theorem can be asked about, each with its reason.
  mutating func checkFluctuations(
    _ settings: FluctuationTheoremSettings, _ plan: SimulationPlan, _ choice: Choice, theorems: ScenarioNode.Entry?
  ) {
    func refuse(_ message: String, _ decoder: inout ScenarioDecoder) {
      decoder.error("'fluctuation-theorem' cannot run: \(message)", at: choice.origin)
    }
    do throws(SimulationPlan.Fault) {
      let missing =
        settings.level == .extended ? try plan.missingDensity() : try plan.missingMarginalDensity()
      if let missing { return refuse(missing.sentence, &self) }
    } catch { return refuse(error.sentence, &self) }
    if let reason = reversalObstacle(settings, plan) { return refuse(reason, &self) }
    let aboutWork = settings.theorems.contains(where: \.needsProtocol)
    let aboutPaths = settings.theorems.contains(.integral) || settings.theorems.contains(.detailed)
    if aboutWork, let reason = workObstacle(plan, settings) { return refuse(reason, &self) }
    if settings.theorems.contains(.hatanoSasa), let reason = stationaryObstacle(plan, settings) {
      return refuse(reason, &self)
    }
    if aboutPaths, let reason = startObstacle(plan, settings) { return refuse(reason, &self) }
    if settings.repetitions != nil, !settings.theorems.contains(.detailed) {
      refuse("'calibration' repeats the verdict 'detailed'; name it in 'theorems'", &self)
    }
  }

  private func reversalObstacle(_ settings: FluctuationTheoremSettings, _ plan: SimulationPlan) -> String? {
    let steps = settings.ensemble.steps
    let noise = plan.process.gradient
    if settings.theorems.contains(.detailed) || settings.theorems.contains(.integral),
      settings.level == .extended,
      !noise.isReversalInvariant(sampleCount: plan.program.sampleCount, steps: steps)
        || (noise as? Minibatch)?.sampling == .cyclic
    {
      let isCyclic = (noise as? Minibatch)?.sampling == .cyclic
      return isCyclic
        ? "a cyclic order of batches read backwards never occurs; take 'sampling: reshuffle' or 'with-replacement'"
        : "reshuffled batches are reversal-invariant over whole epochs only; make 'steps' a multiple of "
          + "\(plan.program.sampleCount / ((noise as? Minibatch)?.size ?? 1))"
    }
    if settings.theorems.contains(.detailed), !plan.isReversalSymmetric(first: settings.ensemble.burnIn, count: steps) {
      return "the detailed theorem needs kernels that are the same backwards, and here they change in time; "
        + "ask for 'crooks', or a time-symmetric protocol"
    }
    if settings.theorems.contains(.detailed), case .given = settings.reverseInitial {
      return "the detailed theorem needs the same law at both ends; a given 'reverse-initial' is for 'integral' alone"
    }
    return nil
  }

  private func startObstacle(_ plan: SimulationPlan, _ settings: FluctuationTheoremSettings) -> String? {
    if settings.startsInEquilibrium {
      return equilibriumObstacle(plan, settings)
    }
    if case .stationary = settings.reverseInitial { return stationaryObstacle(plan, settings) }
    let law = plan.process.initialLaw
    if !law.hasDensity {
      return "a start at a point has no density; write normal(mean, standard deviation) for every parameter"
    }
    if case .same = settings.reverseInitial {
      if law.hasUniform {
        return "a uniform start has reversed paths that end outside of it (absolute irreversibility); write normal(…)"
      }
      if settings.ensemble.burnIn > 0 {
        return "after 'burn-in' the law of the start is unknown; take 'reverse-initial: stationary', or no burn-in"
      }
    }
    return nil
  }

  private func stationaryObstacle(_ plan: SimulationPlan, _ settings: FluctuationTheoremSettings) -> String? {
    if settings.ensemble.burnIn > 0 { return "a start in the stationary law needs no 'burn-in'" }
    guard let process = LinearProcess(plan) else {
      return "the stationary law is known for quadratic losses, linear forces and Gaussian noise only"
    }
    if !plan.isHomogeneous, settings.theorems.contains(.integral) || settings.theorems.contains(.detailed),
      case .stationary = settings.reverseInitial
    {
      return "a process that changes in time has no one stationary law"
    }
    let steps = plan.isHomogeneous ? [0] : Array(0..<settings.ensemble.steps)
    for k in steps where process.chain(k) == nil {
      return "the process has no stationary law: the learning rate is beyond the edge of stability"
    }
    return nil
  }

  private func workObstacle(_ plan: SimulationPlan, _ settings: FluctuationTheoremSettings) -> String? {
    if plan.process.force != nil { return "work theorems need a loss that all forces come from; take 'force' out" }
    if plan.process.landscape == nil { return "work theorems need a 'loss'" }
    if plan.process.gradient.randomness != .partOfStep
      || plan.process.gradient.additiveCovariance(dimension: plan.program.dimension) != nil
    {
      return "work theorems need one heat bath and the full gradient; got the gradient '\(plan.process.gradient.name)'"
    }
    guard plan.singleTemperature != nil else { return "work theorems need one temperature that never changes" }
    if settings.ensemble.burnIn > 0 { return "work theorems start in equilibrium; 'burn-in' would leave it" }
    return equilibriumObstacle(plan, settings)
  }

  private func equilibriumObstacle(_ plan: SimulationPlan, _ settings: FluctuationTheoremSettings) -> String? {
    guard let temperature = plan.singleTemperature else { return "an equilibrium needs one temperature" }
    let clock = plan.clock
    do {
      let start = try Equilibrium(plan, time: clock.time(0), temperature: temperature)
      _ = try Equilibrium(plan, time: clock.time(clock.steps), temperature: temperature)
      if !settings.startsInEquilibrium, !start.agrees(with: plan.process.initialLaw) {
        return "the initial law must be the equilibrium at t = 0, e^(−U/T)/Z; set 'initial: boltzmann', or write "
          + start.text
      }
      return nil
    } catch let fault as Equilibrium.Fault { return fault.sentence } catch { return "\(error)" }
  }
}
