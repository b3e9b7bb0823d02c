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
}
