import LoschmidtReports
import LoschmidtThermodynamics

extension AveragedForce {
  /// Why there is no force, as a sentence without a full stop.
  var undefinedSentence: String { absence?.sentence ?? "the force is not finite" }
}

extension UndefinedAverage {
  /// η‖ΛH‖ up to which the gradient flow over one step is integrated: ten thousand steps of about five over ‖ΛH‖.
  static let stiffReach = 5e4

  /// Why the average does not exist, as a sentence without a full stop.
  var sentence: String {
    let (several, isEveryone) = (draws > 1, affectedDraws == draws)
    let whom = several ? (isEveryone ? " for all \(draws) draws" : " for \(affectedDraws) of \(draws) draws") : ""
    switch cause {
    case .gradientNotFinite: return "the gradient is not finite along the iterates of the step\(whom)"
    case .flowNotFinite: return "the gradient flow is not finite within one step\(whom)"
    case .flowNotIntegrated(let message):
      return "the gradient flow cannot be integrated over one step\(whom): \(message)"
    case .flowTooStiff(let product):
      let which = several ? "the largest " : ""
      return "the gradient flow over one step is too stiff to be integrated\(whom): \(which)η‖ΛH‖ is "
        + "\(NumberText.rounded(product, digits: 6)), and explicit steps reach about \(NumberText.rounded(Self.stiffReach))"
    case .curvatureNotFinite: return "the second derivatives are not finite at the point\(whom)"
    case .stepIsNoFlow(let product):
      let number = NumberText.rounded(product, digits: 6)
      return several
        ? "the largest η λ_max(ΛH) is \(number), and it is not below 1\(whom), whose steps are not the flow of any real field"
        : "η λ_max(ΛH) = \(number) is not below 1: the step is not the flow of any real field"
    }
  }
}
