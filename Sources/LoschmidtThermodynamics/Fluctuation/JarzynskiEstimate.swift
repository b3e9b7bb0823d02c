import LoschmidtNumerics

/// The free energy difference by Jarzynski's equality, ΔF = −T ln ⟨e^{−W/T}⟩, in the units of W.
public struct JarzynskiEstimate: Sendable, Equatable {
  /// ΔF; biased upwards at finite n, by about T/2 × the squared relative error.
  public let freeEnergy: Double
  /// T × the relative error of the average, to first order; worthless where the average's own doubts say so.
  public let standardError: Double
  /// The average of e^{−W/T}.
  public let average: ExponentialAverage

  /// Estimates ΔF.
  ///
  /// - Parameters:
  ///   - work: W of each independent trajectory, from equilibrium.
  ///   - temperature: T, positive, in the units of W.
  ///   - divergence: The largest k with E e^{−kW/T} finite, where it is known exactly.
  ///   - reversed: −W of independent reversed paths; empty where there are none.
  /// - Throws: `FluctuationInputError` for no values or NaN.
  public init(
    work: [Double], temperature: Double, divergence: Double? = nil, reversed: [Double] = []
  ) throws(FluctuationInputError) {
    precondition(temperature > 0 && temperature.isFinite, "work is measured against a positive temperature")
    average = try ExponentialAverage(
      work.map { $0 / temperature }, divergence: divergence, reversed: reversed.map { $0 / temperature })
    freeEnergy = -temperature * average.logMean
    standardError = temperature * average.relativeError
  }
}
