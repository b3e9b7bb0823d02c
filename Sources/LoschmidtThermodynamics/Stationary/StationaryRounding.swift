import LoschmidtDynamics
import LoschmidtNumerics

extension StationaryMoments {
  /// The same, where a covariance that is nothing but rounding is 0.
  ///
  /// Where all samples have one minimum, their gradients at it differ by rounding alone, and so the covariance that is
  /// made of them. That is so where the standard deviation of every coordinate is at most 16 ulps of its mean, and no heat
  /// bath or noise of a given size acts: at 1, a deviation of 16 ulps is 3.6e-15.
  public func withoutRounding(of plan: SimulationPlan, step: Int) -> StationaryMoments {
    guard plan.process.gradient.additiveCovariance(dimension: mean.count) == nil,
      let law = try? plan.law(plan.clock.setting(step)), law.covariance.largestEntry == 0
    else { return self }
    let isRounding = mean.indices.allSatisfy { i in
      covariance[i, i] <= (16 * Double.ulpOfOne * mean[i]) * (16 * Double.ulpOfOne * mean[i])
    }
    guard isRounding else { return self }
    return StationaryMoments(
      mean: mean, covariance: .zero(mean.count), isNormal: isNormal,
      isEpochEnd: isEpochEnd, period: period)
  }
}
