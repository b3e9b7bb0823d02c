import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtReports
import LoschmidtThermodynamics

/// The equilibrium e^{−U/T}/Z of the loss at a time: exact for quadratic losses, by quadrature for one coordinate.
struct Equilibrium {
  enum Fault: Error {
    /// The state of another rule than gradient descent is more than θ, or its equilibrium another.
    case otherRule(name: String)
    case unknown
    case notConfining
    case quadrature(BoltzmannStart.Fault)

    var sentence: String {
      switch self {
      case .otherRule(let name):
        return "the equilibrium e^(−U/T)/Z is known for the steps of 'gradient-descent', got '\(name)'"
      case .unknown:
        return "the equilibrium can be sampled for quadratic losses and for one coordinate only"
      case .notConfining: return "the loss has no equilibrium: it does not grow in every direction"
      case .quadrature(.notConfining):
        return "the loss has no equilibrium within ±10⁶: it does not grow in every direction"
      case .quadrature(.quadrature(let error)):
        return "the quadrature of the equilibrium does not settle (relative error \(NumberText.rounded(error)))"
      }
    }
  }

  /// The law as a start of trajectories.
  let start: any StartLaw
  /// F = −T ln Z, in units of the loss.
  let freeEnergy: Double
  /// The law where it is Gaussian.
  let gaussian: GaussianLaw?

  init(_ plan: SimulationPlan, time: Double, temperature: Double) throws {
    guard plan.descent != nil else { throw Fault.otherRule(name: plan.process.algorithm.name) }
    if let process = LinearProcess(plan) {
      guard let potential = process.potential(time: time) else { throw Fault.notConfining }
      let law = try potential.boltzmann(temperature: temperature)
      guard let start = law.start else { throw Fault.notConfining }
      self.start = start
      gaussian = law
      freeEnergy = try potential.freeEnergy(temperature: temperature)
    } else if plan.program.dimension == 1 {
      do throws(BoltzmannStart.Fault) {
        let start = try BoltzmannStart(plan.program, time: time, temperature: temperature)
        self.start = start
        freeEnergy = start.freeEnergy
      } catch { throw Fault.quadrature(error) }
      gaussian = nil
    } else {
      throw Fault.unknown
    }
  }

  /// Whether a law has the same mean and covariance, to 1e-6 of the standard deviations and of the variances.
  func agrees(with law: InitialLaw) -> Bool {
    guard let gaussian, let other = GaussianLaw(law) else { return false }
    let scale = (0..<gaussian.dimension).map { gaussian.covariance[$0, $0].squareRoot() }
    for i in scale.indices {
      if abs(other.mean[i] - gaussian.mean[i]) > 1e-6 * scale[i] { return false }
      for j in scale.indices
      where abs(other.covariance[i, j] - gaussian.covariance[i, j]) > 1e-6 * scale[i] * scale[j] { return false }
    }
    return true
  }

  /// The law in words of the scenario, for one coordinate.
  var text: String {
    guard let gaussian, gaussian.dimension == 1 else { return "a normal law with that mean and covariance" }
    return "normal(\(NumberText.rounded(gaussian.mean[0], digits: 12)), "
      + "\(NumberText.rounded(gaussian.covariance[0, 0].squareRoot(), digits: 12)))"
  }
}
