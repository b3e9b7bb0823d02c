import LoschmidtNumerics

/// A Langevin chain that is driven through quadratic potentials U_0, …, U_n: exact laws of its work.
///
/// In step k the potential jumps from U_k to U_{k+1} at fixed x_k, which is work, and then one Langevin step in U_{k+1}
/// follows, which is heat. Work and free energy are in units of the potential; work functionals are to be evaluated at
/// the argument 1/T: ln E e^{−W/T} is `cumulantGenerating(1 / temperature)`.
///
/// - Source: The theory of the thermodynamics, section 2.
public struct GaussianProtocol: Sendable {
  /// Which potential is called the energy, and defines the equilibrium at the start.
  public enum Convention: Sendable, Equatable {
    /// U itself. The work that obeys Jarzynski's equality is the protocol work plus the shadow work.
    case physical
    /// Ũ = U − (η/4)|∇U|². The protocol work obeys Jarzynski's equality by itself, and there is no shadow work.
    case shadow
  }

  /// η.
  public let learningRate: Double
  /// T.
  public let temperature: Double
  /// The convention.
  public let convention: Convention
  /// U_0, …, U_n, or Ũ_0, …, Ũ_n in the shadow convention.
  public let potentials: [QuadraticPotential]
  /// The law of x_0, e^{−U_0/T}/Z_0 unless another was given.
  public let initial: GaussianLaw
  /// The kernels of U_1, …, U_n.
  private let kernels: [GaussianStep]

  /// The protocol through these potentials.
  ///
  /// - Parameters:
  ///   - potentials: U_0, …, U_n with n ≥ 1; always the physical ones.
  ///   - learningRate: η > 0.
  ///   - temperature: T > 0.
  ///   - convention: Which energy is meant.
  ///   - initial: The law of x_0; the equilibrium of the first energy where it is not given.
  /// - Throws: `GaussianFailure.notPositiveDefinite` where a shadow potential has no equilibrium.
  public init(
    potentials: [QuadraticPotential], learningRate: Double, temperature: Double, convention: Convention = .physical,
    initial: GaussianLaw? = nil
  ) throws(GaussianFailure) {
    precondition(potentials.count >= 2, "a protocol has at least two potentials")
    precondition(learningRate > 0 && temperature > 0, "a Langevin step needs η > 0 and T > 0")
    var kernels: [GaussianStep] = []
    var energies: [QuadraticPotential] = []
    for (index, potential) in potentials.enumerated() {
      let energy = convention == .physical ? potential : try potential.shadow(learningRate: learningRate)
      energies.append(energy)
      if index > 0 { kernels.append(try potential.step(learningRate: learningRate, temperature: temperature)) }
    }
    self.learningRate = learningRate
    self.temperature = temperature
    self.convention = convention
    self.potentials = energies
    if let initial {
      self.initial = initial
    } else {
      self.initial = try energies[0].boltzmann(temperature: temperature)
    }
    self.kernels = kernels
  }

  /// A trap in one dimension whose stiffness and centre follow lists of one length.
  ///
  /// - Throws: `GaussianFailure.notPositiveDefinite` where a stiffness is not positive.
  public static func trap(
    stiffnesses: [Double], centers: [Double], learningRate: Double, temperature: Double,
    convention: Convention = .physical
  ) throws(GaussianFailure) -> GaussianProtocol {
    precondition(stiffnesses.count == centers.count, "every stiffness has its centre")
    var potentials: [QuadraticPotential] = []
    for (stiffness, center) in zip(stiffnesses, centers) {
      potentials.append(try .trap(stiffness: stiffness, center: center))
    }
    return try GaussianProtocol(
      potentials: potentials, learningRate: learningRate, temperature: temperature, convention: convention)
  }

  /// The number n of steps.
  public var steps: Int { kernels.count }

  /// ΔF = F_n − F_0 in this convention.
  public func freeEnergyDifference() throws(GaussianFailure) -> Double {
    let start = try potentials[0].freeEnergy(temperature: temperature)
    return try potentials[steps].freeEnergy(temperature: temperature) - start
  }

  /// W = Σ U_{k+1}(x_k) − U_k(x_k).
  public var protocolWork: GaussianPath {
    path { index, _ in .current(jump(index)) }
  }

  /// W = U_n(x_n) − U_0(x_0) + T Σ ln K(x_{k+1}|x_k)/K(x_k|x_{k+1}), for which E e^{−W/T} = e^{−ΔF/T} exactly.
  ///
  /// It is the protocol work plus the shadow work.
  public var exactWork: GaussianPath {
    path { index, kernel in .current(jump(index)) + shadow(index, kernel) }
  }

  /// Σ [U_{k+1}(x_{k+1}) − U_{k+1}(x_k) + T ln K/K reversed]: what the step size does that is no work of the protocol.
  ///
  /// It vanishes in the shadow convention, up to rounding.
  public var shadowWork: GaussianPath {
    path { index, kernel in shadow(index, kernel) }
  }

  /// Σ U_{k+1}(x_{k+1}) − U_{k+1}(x_k), the heat as differences of energy.
  public var energyHeat: GaussianPath {
    path { index, _ in energyStep(index) }
  }

  /// −T Σ ln K(x_{k+1}|x_k)/K(x_k|x_{k+1}), the heat as the path measure has it, absorbed from the bath.
  public var actionHeat: GaussianPath {
    path { _, kernel in -temperature * kernel.logRatio }
  }

  /// U_{k+1} − U_k.
  private func jump(_ index: Int) -> QuadraticForm { potentials[index + 1].form - potentials[index].form }

  /// U_{k+1}(x′) − U_{k+1}(x).
  private func energyStep(_ index: Int) -> StepForm {
    let energy = potentials[index + 1].form
    return StepForm.next(energy) - .current(energy)
  }

  private func shadow(_ index: Int, _ kernel: GaussianStep) -> StepForm {
    energyStep(index) + temperature * kernel.logRatio
  }

  private func path(_ form: (Int, GaussianStep) -> StepForm) -> GaussianPath {
    let segments = kernels.enumerated().map { index, kernel in
      GaussianPath.Segment(step: kernel, form: form(index, kernel))
    }
    return GaussianPath(initial: initial, segments: segments)
  }
}
