import LoschmidtNumerics

extension SimulationPlan {
  /// The temperature, where there is one heat bath whose temperature never changes.
  public var singleTemperature: Double? {
    guard case .uniform(.constant(let value)) = process.temperature, value > 0 else { return nil }
    return value
  }

  /// Whether the kernels of steps first … first + count − 1 are the same read backwards.
  ///
  /// What names `t` itself has to be given by protocols for that, whose values are compared to rounding; a loss or force that
  /// names `t` directly is taken as different at every time.
  public func isReversalSymmetric(first: Int, count: Int) -> Bool {
    if isHomogeneous { return true }
    let names = (process.landscape.map { [$0.loss] } ?? []) + (process.force?.components.map(\.expression) ?? [])
    if names.contains(where: { $0.names().contains { $0.name == "t" } }) { return false }
    for j in 0..<(count / 2) {
      let (early, late) = (clock.setting(first + j), clock.setting(first + count - 1 - j))
      let (before, after) = (numbers(early), numbers(late))
      // Times are sums of learning rates: their rounding reaches the protocols.
      if zip(before, after).contains(where: { abs($0 - $1) > 1e-12 * max(abs($0), abs($1)) }) { return false }
    }
    return true
  }

  /// What a kernel depends on, but for the time itself.
  private func numbers(_ setting: StepSetting) -> [Double] {
    program.common.values(at: setting.time).dropFirst() + setting.temperatures + [setting.learningRate]
  }
}
