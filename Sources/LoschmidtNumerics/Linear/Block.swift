/// A block of column vectors, one per lane, stored as a structure of arrays.
///
/// Shape: `dimension` × `lanes`, coordinate-major: the lanes of one coordinate are contiguous. A lane is whatever is
/// computed side by side: a trajectory, a draw of the minibatch, a direction of a Hessian.
public struct Block: Sendable, Equatable {
  /// The number of coordinates of each vector.
  public let dimension: Int
  /// The number of vectors.
  public let lanes: Int
  /// The entries, entry (i, lane) at `i * lanes + lane`.
  public var entries: [Double]

  /// A block with every entry equal to `value`.
  public init(dimension: Int, lanes: Int, repeating value: Double = 0) {
    precondition(dimension >= 0 && lanes >= 0, "a block needs a dimension and a number of lanes that are not negative")
    self.dimension = dimension
    self.lanes = lanes
    entries = [Double](repeating: value, count: dimension * lanes)
  }

  /// A block whose entries are written by a function, all of them.
  public init(dimension: Int, lanes: Int, writing: (UnsafeMutableBufferPointer<Double>) -> Void) {
    self.dimension = dimension
    self.lanes = lanes
    entries = [Double](unsafeUninitializedCapacity: dimension * lanes) { buffer, count in
      writing(UnsafeMutableBufferPointer(rebasing: buffer[..<(dimension * lanes)]))
      count = dimension * lanes
    }
  }

  /// A block that holds the same vector in every lane.
  public init(broadcasting vector: [Double], lanes: Int) {
    self.init(dimension: vector.count, lanes: lanes)
    for (i, value) in vector.enumerated() {
      for lane in 0..<lanes { entries[i * lanes + lane] = value }
    }
  }

  /// Entry i of the vector in `lane`.
  public subscript(i: Int, lane: Int) -> Double {
    get { entries[i * lanes + lane] }
    set { entries[i * lanes + lane] = newValue }
  }

  /// The vector in `lane`.
  public func vector(lane: Int) -> [Double] {
    (0..<dimension).map { entries[$0 * lanes + lane] }
  }

  /// Adds `factor` × `other`, entry by entry.
  public mutating func add(_ other: Block, times factor: Double = 1) {
    precondition(other.dimension == dimension && other.lanes == lanes, "blocks of different shapes cannot be added")
    entries.withUnsafeMutableBufferPointer { mine in
      other.entries.withUnsafeBufferPointer { theirs in
        for k in mine.indices { mine[k] += factor * theirs[k] }
      }
    }
  }

  /// Multiplies every entry by `factor`.
  public mutating func scale(by factor: Double) {
    entries.withUnsafeMutableBufferPointer { mine in
      for k in mine.indices { mine[k] *= factor }
    }
  }

  /// The sum of two blocks of one shape.
  public static func + (left: Block, right: Block) -> Block {
    var sum = left
    sum.add(right)
    return sum
  }

  /// The difference of two blocks of one shape.
  public static func - (left: Block, right: Block) -> Block {
    precondition(left.dimension == right.dimension && left.lanes == right.lanes, "blocks of different shapes")
    return Block(dimension: left.dimension, lanes: left.lanes) { result in
      left.entries.withUnsafeBufferPointer { left in
        right.entries.withUnsafeBufferPointer { right in
          for k in result.indices { result[k] = left[k] - right[k] }
        }
      }
    }
  }

  /// Every entry times a factor.
  public static func * (factor: Double, block: Block) -> Block {
    var scaled = block
    scaled.scale(by: factor)
    return scaled
  }

  /// The Euclidean inner product of the two vectors of every lane.
  public func innerProducts(with other: Block) -> [Double] {
    precondition(
      other.dimension == dimension && other.lanes == lanes, "blocks of different shapes have no inner product")
    var sums = [Double](repeating: 0, count: lanes)
    sums.withUnsafeMutableBufferPointer { sums in
      entries.withUnsafeBufferPointer { mine in
        other.entries.withUnsafeBufferPointer { theirs in
          for i in 0..<dimension {
            for lane in 0..<lanes { sums[lane] += mine[i * lanes + lane] * theirs[i * lanes + lane] }
          }
        }
      }
    }
    return sums
  }

  /// Whether no entry is infinite or NaN.
  public var isFinite: Bool { entries.allSatisfy(\.isFinite) }
}
