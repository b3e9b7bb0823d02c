/// What is accumulated along the trajectories of an ensemble, beside the trajectories themselves.
public struct PathOptions: Sendable, Equatable {
  /// In which order the steps are made.
  public enum Direction: Sendable, Equatable {
    /// Step k: what names `t` jumps from t_k to t_{k+1} at fixed θ, then the kernel acts at t_{k+1}.
    case forward
    /// The reversed process: step k = n − 1 … 0 applies its kernel at t_{k+1} first, then what names `t` jumps back to t_k.
    case reverse
  }

  /// The direction of time.
  public var direction = Direction.forward
  /// Whether Σ ln K/K reversed of the kernel given the batch is accumulated: the extended path.
  public var extended = false
  /// The models of the kernel that sums over the batches, the marginal path, for which the same is accumulated.
  ///
  /// One model for each factor c, whose noise covariance is multiplied by c: `[1]` is the right model alone, empty for none.
  public var marginalNoiseFactors: [Double] = []
  /// Whether the work of the jumps, Σ L(θ_k, t_{k+1}) − L(θ_k, t_k), is accumulated.
  public var work = false
  /// Whether the squared residuals of the steps are accumulated, which tell whether the noise is that of the density.
  public var residuals = false

  /// Whether trajectories count whose θ is finite while Σ ln K/K reversed is not: then that sum alone is missing.
  public var keepsPathsWithoutRatio = false

  /// Nothing but trajectories, forward in time.
  public init() {}

  /// What is accumulated.
  public init(
    direction: Direction = .forward, extended: Bool = false, marginalNoiseFactors: [Double] = [], work: Bool = false,
    residuals: Bool = false, keepsPathsWithoutRatio: Bool = false
  ) {
    self.keepsPathsWithoutRatio = keepsPathsWithoutRatio
    self.direction = direction
    self.extended = extended
    self.marginalNoiseFactors = marginalNoiseFactors
    self.work = work
    self.residuals = residuals
  }
}
