import LoschmidtDynamics
import LoschmidtThermodynamics

/// What the experiment `fluctuation-theorem` is asked.
public struct FluctuationTheoremSettings: ExperimentSettings {
  /// The name in scenarios.
  public static let name = "fluctuation-theorem"

  /// The theorems.
  public enum Theorem: String, Sendable, CaseIterable {
    /// ⟨e^−R⟩ = 1.
    case integral
    /// P(R)/P(−R) = e^R.
    case detailed
    /// ⟨e^−W/T⟩ = e^−ΔF/T.
    case jarzynski
    /// P_F(W)/P_B(−W) = e^{(W−ΔF)/T}.
    case crooks
    /// ⟨e^−Y⟩ = 1 for the functional of Hatano and Sasa.
    case hatanoSasa = "hatano-sasa"

    /// Whether the theorem is about work.
    var needsProtocol: Bool { self == .jarzynski || self == .crooks }
  }

  /// Which path is meant.
  public enum Level: String, Sendable, CaseIterable {
    /// The batch sequence is part of the path.
    case extended
    /// It is summed over.
    case marginal
  }

  /// Where reversed paths start.
  public enum ReverseInitial: Sendable, Equatable {
    /// From the process's own initial law.
    case same
    /// Both directions from the stationary law.
    case stationary
    /// From another law with a density.
    case given(InitialLaw)
  }

  /// The settings of every ensemble.
  public var ensemble: EnsembleSettings
  /// The theorems that are tested, in the order asked.
  public var theorems: [Theorem]
  /// Which path is meant.
  public var level = Level.extended
  /// Where reversed paths start.
  public var reverseInitial = ReverseInitial.same
  /// Whether trajectories start in equilibrium instead of from the process's initial law.
  public var startsInEquilibrium = false
  /// The factor on the noise covariance in the control; `nil` leaves it out.
  public var control: Double? = 1.1
  /// The factor on the noise covariance of the main test: 1 unless it is wrong on purpose.
  public var misspecifiedNoise = 1.0
  /// How often the verdicts are repeated on fresh ensembles to count their errors; `nil` for not.
  public var repetitions: Int?
  /// The factors on the noise covariance of the models of that calibration.
  public var calibrationFactors: [Double] = [1, 1.1]

  /// The title.
  public var title: String? { ensemble.title }
  /// The user's claim.
  public var claim: String? { ensemble.claim }
  /// One for each theorem.
  public var statisticalVerdicts: Int { theorems.count }

  /// Settings with the defaults of the format.
  public init(ensemble: EnsembleSettings, theorems: [Theorem] = [.integral, .detailed]) {
    self.ensemble = ensemble
    self.theorems = theorems
  }

  /// The experiment on a process.
  public func experiment(on process: TrainingProcess) throws -> any Experiment {
    FluctuationTheoremExperiment(
      plan: try SimulationPlan(process, steps: ensemble.burnIn + ensemble.steps), settings: self)
  }
}
