/// Aligned numbers that a worker writes over and over: blocks without copies, reference counts or bounds checks.
///
/// Coordinate-major like ``Block``: coordinate i of lane l at `i * lanes + l`. Owned by one worker, never shared.
public final class LaneStorage {
  /// The number of coordinates.
  public let dimension: Int
  /// The number of lanes, a multiple of 4.
  public let lanes: Int
  /// The entries, aligned to 64 bytes.
  public let pointer: UnsafeMutablePointer<Double>

  /// The number of entries.
  public var count: Int { dimension * lanes }

  /// Storage of zeros.
  public init(dimension: Int, lanes: Int) {
    precondition(dimension >= 0 && lanes > 0 && lanes % 4 == 0, "lanes are a positive multiple of 4")
    self.dimension = dimension
    self.lanes = lanes
    pointer = .cacheAligned(repeating: 0, count: dimension * lanes)
  }

  deinit { UnsafeMutableRawPointer(pointer).deallocate() }

  /// The lanes of one coordinate.
  public func row(_ i: Int) -> UnsafeMutablePointer<Double> { pointer + i * lanes }

  /// Entry i of the vector in `lane`.
  public subscript(i: Int, lane: Int) -> Double {
    get { pointer[i * lanes + lane] }
    set { pointer[i * lanes + lane] = newValue }
  }

  /// The vector in `lane`.
  public func vector(lane: Int) -> [Double] { (0..<dimension).map { pointer[$0 * lanes + lane] } }

  /// Sets every entry.
  public func fill(_ value: Double) { pointer.update(repeating: value, count: count) }

  /// Sets every lane to the same vector.
  public func broadcast(_ vector: [Double]) {
    precondition(vector.count == dimension, "a vector has one entry a coordinate")
    for (i, value) in vector.enumerated() { row(i).update(repeating: value, count: lanes) }
  }

  /// Takes the entries of storage of the same shape.
  public func copy(_ other: LaneStorage) {
    precondition(other.dimension == dimension && other.lanes == lanes, "storage of different shapes")
    pointer.update(from: other.pointer, count: count)
  }

  /// Takes the entries of a block of the same shape.
  public func copy(_ block: Block) {
    precondition(block.dimension == dimension && block.lanes == lanes, "storage of different shapes")
    block.entries.withUnsafeBufferPointer { source in
      if let base = source.baseAddress { pointer.update(from: base, count: count) }
    }
  }

  /// A copy as a value.
  public var block: Block {
    Block(dimension: dimension, lanes: lanes) { target in
      for k in target.indices { target[k] = pointer[k] }
    }
  }
}
