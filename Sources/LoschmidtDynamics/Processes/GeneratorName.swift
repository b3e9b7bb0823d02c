import LoschmidtNumerics

/// The random generators that a scenario may name.
public enum GeneratorName: String, Sendable, CaseIterable {
  /// Counter-based: a pure function of seed, trajectory and step.
  case philox
  /// Mersenne twister of Matsumoto and Nishimura.
  case mt19937
  /// Combined Tausworthe generator of L'Ecuyer.
  case taus2
  /// RANLUX of Lüscher in double precision, second luxury level.
  case ranlxd2
  /// Four-tap generalised feedback shift register of Ziff.
  case gfsr4

  /// The algorithm of this name.
  public var algorithm: RandomGenerator.Algorithm {
    switch self {
    case .philox: .philox
    case .mt19937: .mt19937
    case .taus2: .taus2
    case .ranlxd2: .ranlxd2
    case .gfsr4: .gfsr4
    }
  }
}
