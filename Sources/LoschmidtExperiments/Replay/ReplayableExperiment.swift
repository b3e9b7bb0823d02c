import LoschmidtDynamics
import LoschmidtThermodynamics

/// An experiment on an ensemble, of which one trajectory can be made again alone.
public protocol ReplayableExperiment: Experiment {
  /// The ensemble that the experiment simulates, and where there are several the first one.
  func ensemble(_ context: RunContext) throws -> Ensemble
}

extension FluctuationTheoremExperiment: ReplayableExperiment {
  /// The paths of the integral and the detailed theorem, else those forward in a protocol, else Hatano and Sasa's.
  public func ensemble(_ context: RunContext) throws -> Ensemble {
    if settings.theorems.contains(.integral) || settings.theorems.contains(.detailed) {
      return ensemble(0, start: try boundaryLaws().initial, options: PathTheorems(self, context).options, context)
    }
    if settings.theorems.contains(where: \.needsProtocol), let temperature = plan.singleTemperature {
      let start = try Equilibrium(plan, time: plan.clock.time(0), temperature: temperature).start
      return ensemble(1, start: start, options: PathOptions(extended: true, work: true), context)
    }
    guard let start = LinearProcess(plan)?.initialChain?.stationary.start else {
      preconditionFailure("the reader of scenarios refuses an unknown stationary law")
    }
    return ensemble(3, start: start, options: PathOptions(extended: true), context)
  }
}
