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
  /// Whether it is accumulated for the kernel that sums over the batches: the marginal path.
  public var marginal = false
  /// A factor on the noise covariance in both densities of a wrong model, accumulated beside the marginal path.
  public var marginalControl: Double?
  /// Whether the work of the jumps, Σ L(θ_k, t_{k+1}) − L(θ_k, t_k), is accumulated.
  public var work = false

  /// Nothing but trajectories, forward in time.
  public init() {}

  /// What is accumulated.
  public init(
    direction: Direction = .forward, extended: Bool = false, marginal: Bool = false, marginalControl: Double? = nil,
    work: Bool = false
  ) {
    self.direction = direction
    self.extended = extended
    self.marginal = marginal
    self.marginalControl = marginalControl
    self.work = work
  }
}
