import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtThermodynamics

extension FluctuationTheoremSettings {
  /// Why no fluctuation theorem can be asked about for a process, without a full stop; `nil` where it can.
  func obstacle(_ plan: SimulationPlan) throws(SimulationPlan.Fault) -> String? {
    let missing = level == .extended ? try plan.missingDensity() : try plan.missingMarginalDensity()
    if let missing { return missing.sentence }
    if let reason = reversalObstacle(plan) { return reason }
    let aboutPaths = theorems.contains(.integral) || theorems.contains(.detailed)
    if theorems.contains(where: \.needsProtocol), let reason = workObstacle(plan) { return reason }
    if theorems.contains(.hatanoSasa), let reason = stationaryObstacle(plan) { return reason }
    if aboutPaths, let reason = startObstacle(plan) { return reason }
    if repetitions != nil, !theorems.contains(.detailed) {
      return "'calibration' repeats the verdict 'detailed'; name it in 'theorems'"
    }
    return nil
  }

  private func reversalObstacle(_ plan: SimulationPlan) -> String? {
    let steps = ensemble.steps
    let noise = plan.process.gradient
    if theorems.contains(.detailed) || theorems.contains(.integral),
      level == .extended,
      !noise.isReversalInvariant(sampleCount: plan.program.sampleCount, steps: steps)
        || (noise as? Minibatch)?.sampling == .cyclic
    {
      let isCyclic = (noise as? Minibatch)?.sampling == .cyclic
      return isCyclic
        ? "a cyclic order of batches read backwards never occurs; take 'sampling: reshuffle' or 'with-replacement'"
        : "reshuffled batches are reversal-invariant over whole epochs only; make 'steps' a multiple of "
          + "\(plan.program.sampleCount / ((noise as? Minibatch)?.size ?? 1))"
    }
    if theorems.contains(.detailed), !plan.isReversalSymmetric(first: ensemble.burnIn, count: steps) {
      return "the detailed theorem needs kernels that are the same backwards, and here they change in time; "
        + "ask for 'crooks', or a time-symmetric protocol"
    }
    if theorems.contains(.detailed), case .given = reverseInitial {
      return "the detailed theorem needs the same law at both ends; a given 'reverse-initial' is for 'integral' alone"
    }
    return nil
  }

  private func startObstacle(_ plan: SimulationPlan) -> String? {
    if startsInEquilibrium {
      return equilibriumObstacle(plan)
    }
    if case .stationary = reverseInitial { return stationaryObstacle(plan) }
    let law = plan.process.initialLaw
    if !law.hasDensity {
      return "a start at a point has no density; write normal(mean, standard deviation) for every parameter"
    }
    if case .same = reverseInitial {
      if law.hasUniform {
        return "a uniform start has reversed paths that end outside of it (absolute irreversibility); write normal(…)"
      }
      if ensemble.burnIn > 0 {
        return "after 'burn-in' the law of the start is unknown; take 'reverse-initial: stationary', or no burn-in"
      }
    }
    return nil
  }

  private func stationaryObstacle(_ plan: SimulationPlan) -> String? {
    if ensemble.burnIn > 0 { return "a start in the stationary law needs no 'burn-in'" }
    guard let process = LinearProcess(plan) else {
      return "the stationary law is known for quadratic losses, linear forces and Gaussian noise only"
    }
    if !plan.isHomogeneous, theorems.contains(.integral) || theorems.contains(.detailed),
      case .stationary = reverseInitial
    {
      return "a process that changes in time has no one stationary law"
    }
    let steps = plan.isHomogeneous ? [0] : Array(0..<ensemble.steps)
    if let k = steps.first(where: plan.clock.stands) {
      return "the learning rate is 0 at step \(k), where every law is stationary; keep it > 0"
    }
    for k in steps where process.chain(k) == nil {
      let reason = process.isConfinedBySmallSteps(k) ? StationaryMoments.Missing.unstable : .unconfined
      return reason.sentence
    }
    return nil
  }

  private func workObstacle(_ plan: SimulationPlan) -> String? {
    if plan.process.force != nil { return "work theorems need a loss that all forces come from; take 'force' out" }
    if plan.process.landscape == nil { return "work theorems need a 'loss'" }
    if plan.process.gradient.randomness != .partOfStep
      || plan.process.gradient.additiveCovariance(dimension: plan.program.dimension) != nil
    {
      return "work theorems need one heat bath and the full gradient; got the gradient '\(plan.process.gradient.name)'"
    }
    guard plan.singleTemperature != nil else {
      return "work theorems need one 'temperature' above 0, written as a number"
    }
    if ensemble.burnIn > 0 { return "work theorems start in equilibrium; 'burn-in' would leave it" }
    return equilibriumObstacle(plan)
  }

  private func equilibriumObstacle(_ plan: SimulationPlan) -> String? {
    guard let temperature = plan.singleTemperature else {
      return "an equilibrium needs one 'temperature' above 0, written as a number"
    }
    let clock = plan.clock
    do {
      let start = try Equilibrium(plan, time: clock.time(0), temperature: temperature)
      _ = try Equilibrium(plan, time: clock.time(clock.steps), temperature: temperature)
      if !startsInEquilibrium, !start.agrees(with: plan.process.initialLaw) {
        return "the initial law must be the equilibrium at t = 0, e^(−U/T)/Z; set 'initial: boltzmann', or write "
          + start.text
      }
      return nil
    } catch let fault as Equilibrium.Fault { return fault.sentence } catch { return "\(error)" }
  }
}
