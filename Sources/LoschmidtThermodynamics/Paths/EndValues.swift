/// The values of some quantities at the last step, one list for each, of the first trajectories; mergeable.
///
/// The tails of their laws tell which averages have errors. More than ``limit`` trajectories tell no more of a tail for which
/// nothing is known, and would take memory.
public struct EndValues: Sendable, Equatable {
  /// At most so many trajectories are kept.
  public static let limit = 16_384

  /// Quantity by quantity, trajectory by trajectory.
  public private(set) var rows: [[Double]]

  /// No trajectories yet.
  public init(quantities: Int = 0) { rows = [[Double]](repeating: [], count: quantities) }

  /// Adds one trajectory.
  public mutating func add(_ values: [Double]) {
    precondition(values.count == rows.count, "a trajectory has one value of each quantity")
    guard let first = rows.first, first.count < Self.limit else { return }
    for index in rows.indices { rows[index].append(values[index]) }
  }

  /// Adds the trajectories of a block that comes later.
  public mutating func merge(_ other: EndValues) {
    guard !rows.isEmpty else {
      self = other
      return
    }
    for index in rows.indices where index < other.rows.count {
      rows[index] += other.rows[index].prefix(Self.limit - rows[index].count)
    }
  }
}
