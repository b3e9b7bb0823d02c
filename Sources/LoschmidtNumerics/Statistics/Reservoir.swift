/// A sample of k items from a stream, the ones with the smallest priorities; mergeable.
///
/// With priorities that are hashes of the items' numbers this is a uniform sample without replacement that depends
/// neither on the order of arrival nor on how the stream was divided (priority sampling, bottom-k).
public struct Reservoir<Element: Sendable>: Sendable {
  private struct Entry: Sendable {
    let priority: UInt64
    let index: Int
    let element: Element

    func precedes(_ other: Entry) -> Bool {
      priority != other.priority ? priority < other.priority : index < other.index
    }
  }

  /// The largest number of items that are kept.
  public let capacity: Int
  /// How many items were offered.
  public private(set) var offered = 0
  private var entries: [Entry] = []
  /// The last entry that survived a cut; what does not precede it cannot be among the first k.
  private var last: Entry?

  /// An empty reservoir of at least one place.
  public init(capacity: Int) {
    precondition(capacity > 0, "a reservoir keeps at least one item")
    self.capacity = capacity
  }

  /// Offers an item.
  ///
  /// - Parameters:
  ///   - element: The item.
  ///   - priority: Small is kept; usually a hash of the seed and the index.
  ///   - index: The item's own number, which decides between equal priorities.
  public mutating func offer(_ element: @autoclosure () -> Element, priority: UInt64, index: Int) {
    offered += 1
    if let last, (priority, index) >= (last.priority, last.index) { return }
    insert(Entry(priority: priority, index: index, element: element()))
  }

  /// Takes over what another reservoir of the same capacity has seen.
  public mutating func merge(_ other: Reservoir) {
    precondition(other.capacity == capacity, "reservoirs of different capacities cannot be merged")
    offered += other.offered
    for entry in other.entries { insert(entry) }
  }

  /// The items kept, in the order of their indices.
  public var elements: [Element] {
    entries.sorted { $0.precedes($1) }.prefix(capacity).sorted { $0.index < $1.index }.map(\.element)
  }

  /// Cuts only when twice the capacity has gathered: O(log k) for each item.
  private mutating func insert(_ entry: Entry) {
    entries.append(entry)
    guard entries.count >= 2 * capacity else { return }
    entries.sort { $0.precedes($1) }
    entries.removeLast(entries.count - capacity)
    last = entries[capacity - 1]
  }
}
