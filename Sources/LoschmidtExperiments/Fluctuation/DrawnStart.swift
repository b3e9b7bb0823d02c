import LoschmidtDynamics
import LoschmidtReports
import LoschmidtThermodynamics

extension FluctuationTheoremExperiment {
  /// The law from which trajectories start in words, where it is not the initial law of the process: the equilibrium, or
  /// the stationary law.
  var drawnStart: String? {
    if settings.startsInEquilibrium, let temperature = plan.singleTemperature {
      let law = try? Equilibrium(plan, time: plan.clock.time(0), temperature: temperature).gaussian
      return "the equilibrium e^(−U/T)/Z at t = 0" + (law.map { ", \(text($0))" } ?? "")
    }
    guard case .stationary = settings.reverseInitial else { return nil }
    return "the stationary law" + (LinearProcess(plan)?.chain(0).map { ", \(text($0.stationary))" } ?? "")
  }

  /// The remark that the law of the start is not that of the process; none where it is.
  var remarksOnStart: [String] {
    drawnStart.map { ["Trajectories start from \($0), and not from the initial law of the process."] } ?? []
  }

  /// Mean and standard deviation of every coordinate, of a few.
  private func text(_ law: GaussianLaw) -> String {
    let names = plan.process.parameters.coordinateNames
    guard law.dimension <= 8 else { return "normal in \(law.dimension) coordinates" }
    let texts = names.enumerated().map { i, name in
      "\(name) = normal(\(NumberText.rounded(law.mean[i])), \(NumberText.rounded(law.covariance[i, i].squareRoot())))"
    }
    let isDiagonal = names.indices.allSatisfy { i in
      names.indices.allSatisfy { i == $0 || law.covariance[i, $0] == 0 }
    }
    return texts.joined(separator: ", ") + (isDiagonal ? "" : ", correlated")
  }
}
