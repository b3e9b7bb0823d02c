import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtReports
import LoschmidtThermodynamics

/// The exact stationary entropy production of a process, for the processes where it is known.
enum ExactProduction {
  /// A Gaussian chain: quadratic losses and linear forces with Gaussian noise.
  case gaussian(GaussianChain)
  /// One coordinate, a quadratic loss, and a noise with a heavy tail that does not depend on θ.
  case heavyTailed(HeavyTailedChain)
  /// One coordinate, a quadratic loss, minibatches and a temperature.
  case mixture(MinibatchMixture1D)
  /// One coordinate, any loss, the full gradient and a temperature.
  case line(LineChain)

  /// Why it is not known.
  struct Unknown: Error, Equatable {
    /// The reason, without a full stop.
    let sentence: String
  }

  /// Below this, in nats, an entropy production is the rounding of its sums, and counts as 0.
  static let rounding = 1e-13
  /// At most so many batches, counted with their order, are listed one by one.
  static let largestBatchCount = 4096

  /// What is known about the process; what takes long is left for later.
  init(_ plan: SimulationPlan) throws(Unknown) {
    guard plan.isHomogeneous, let law = plan.constantLaw else {
      throw Unknown(sentence: "the process changes in time, so that it has no stationary state")
    }
    guard plan.descent != nil else {
      throw Unknown(sentence: "the exact value is known for the steps of 'gradient-descent' only")
    }
    let unstable = Unknown(sentence: StationaryMoments.Missing.unstable.sentence)
    if let process = LinearProcess(plan) {
      guard let chain = process.chain(0) else {
        throw process.isConfinedBySmallSteps(0)
          ? unstable : Unknown(sentence: StationaryMoments.Missing.unconfined.sentence)
      }
      self = .gaussian(chain)
      return
    }
    if let process = AdditiveNoiseProcess(plan, step: 0) {
      guard process.isStable else { throw unstable }
      if let chain = Self.chain(process) {
        self = chain
        return
      }
    }
    let known =
      "known are Gaussian chains, and with one coordinate quadratic losses with at most "
      + "\(Self.largestBatchCount) batches or additive Student-t or stable noise, and any loss with the full gradient"
    let randomness = plan.process.gradient.randomness
    guard plan.program.dimension == 1, randomness == .partOfStep || randomness == .batches else {
      throw Unknown(sentence: known)
    }
    let rate = law.mobility[0, 0]
    let temperature = law.covariance[0, 0] / (2 * rate)
    if plan.process.gradient.batchLaw(sampleCount: plan.program.sampleCount, limit: 0) != nil {
      guard let coefficients = Self.batches(plan) else { throw Unknown(sentence: known) }
      guard
        let mixture = try? MinibatchMixture1D(
          curvatures: coefficients.curvatures, pulls: coefficients.pulls, learningRate: rate,
          temperature: temperature)
      else {
        guard let steps = StepMoments(plan, step: 0), steps.law != .missing else { throw unstable }
        throw Unknown(sentence: "the entropy production is infinite: \(steps.reason(order: 2))")
      }
      self = .mixture(mixture)
      return
    }
    self = .line(try LineChain(plan.program, learningRate: rate, temperature: temperature))
  }

  /// The chain of noise that has the same law at every θ; `nil` where its production is not known.
  private static func chain(_ process: AdditiveNoiseProcess) -> ExactProduction? {
    if let chain = process.gaussianChain { return .gaussian(chain) }
    return process.heavyTailedChain.map { .heavyTailed($0) }
  }

  /// h_B and c_B of every batch, each as often as it is drawn, so that all have the same probability.
  private static func batches(_ plan: SimulationPlan) -> (curvatures: [Double], pulls: [Double])? {
    guard
      let quadratic = QuadraticProcess(
        plan.process.landscape, plan.process.force, plan.process.parameters, time: 0),
      let minibatch = plan.process.gradient as? Minibatch, !minibatch.sampling.usesEpochs,
      let outcomes = minibatch.batchLaw(sampleCount: quadratic.hessians.count, limit: largestBatchCount)?.outcomes,
      let least = outcomes.map(\.probability).min()
    else { return nil }
    var (curvatures, pulls): ([Double], [Double]) = ([], [])
    for (draw, probability) in outcomes {
      var (curvature, pull) = (quadratic.negativeForce.matrix[0], -quadratic.negativeForce.constant[0])
      for member in draw.members {
        curvature += member.weight * quadratic.hessians[member.sample][0]
        pull += member.weight * quadratic.linearTerms[member.sample][0]
      }
      // The rarest batch is one of equal samples, which has one order; the others have a whole number of them.
      let copies = Int((probability / least).rounded())
      guard curvatures.count + copies <= largestBatchCount else { return nil }
      curvatures += [Double](repeating: curvature, count: copies)
      pulls += [Double](repeating: pull, count: copies)
    }
    return (curvatures, pulls)
  }
}
