import LoschmidtNumerics

/// K, the linear part of an infinitesimal generator, as the list of its entries that are not zero.
///
/// Rescalings and rotations of parameters have about one entry a row, whatever the number d of coordinates is.
public struct GeneratorMatrix: Sendable, Equatable {
  /// One entry.
  public struct Entry: Sendable, Equatable {
    /// The row i.
    public let row: Int
    /// The column j.
    public let column: Int
    /// K_ij, not zero.
    public let value: Double

    /// An entry.
    public init(row: Int, column: Int, value: Double) {
      self.row = row
      self.column = column
      self.value = value
    }
  }

  /// The number of rows and of columns.
  public let dimension: Int
  /// The entries, row by row, in each row by column.
  public let entries: [Entry]

  /// A matrix from entries in any order; those at one place are added, zeros are left out.
  public init(dimension: Int, entries: [Entry]) {
    precondition(
      entries.allSatisfy { 0..<dimension ~= $0.row && 0..<dimension ~= $0.column }, "an entry lies in the matrix")
    let ordered = entries.sorted { ($0.row, $0.column) < ($1.row, $1.column) }
    var merged: [Entry] = []
    for entry in ordered {
      if let last = merged.last, last.row == entry.row, last.column == entry.column {
        merged[merged.count - 1] = Entry(row: last.row, column: last.column, value: last.value + entry.value)
      } else {
        merged.append(entry)
      }
    }
    self.dimension = dimension
    self.entries = merged.filter { $0.value != 0 }
  }

  /// Kᵀ.
  public var transposed: GeneratorMatrix {
    GeneratorMatrix(
      dimension: dimension, entries: entries.map { Entry(row: $0.column, column: $0.row, value: $0.value) })
  }

  /// (K + Kᵀ)/2, which changes lengths.
  public var symmetricPart: GeneratorMatrix { combined(0.5, 0.5) }

  /// (K − Kᵀ)/2, which rotates.
  public var antisymmetricPart: GeneratorMatrix { combined(0.5, -0.5) }

  /// The Frobenius norm (Σ K_ij²)^½.
  public var norm: Double { entries.reduce(0) { $0 + $1.value * $1.value }.squareRoot() }

  /// ‖K + Kᵀ‖ (Frobenius): how far the group is from preserving lengths.
  public var isometryDefect: Double { combined(1, 1).norm }

  /// Whether K = Kᵀ to rounding: the entries come from a few operations each.
  public var isSymmetric: Bool { combined(1, -1).norm <= Self.rounding * norm }

  /// Whether K = −Kᵀ to rounding: the group preserves lengths, and so the irreversibility potential.
  public var isAntisymmetric: Bool { isometryDefect <= Self.rounding * norm }

  /// Entries are right to some ulps of the largest term in them.
  private static let rounding = 32 * Double.ulpOfOne

  /// a K + b Kᵀ.
  private func combined(_ a: Double, _ b: Double) -> GeneratorMatrix {
    GeneratorMatrix(
      dimension: dimension,
      entries: entries.flatMap { entry in
        [
          Entry(row: entry.row, column: entry.column, value: a * entry.value),
          Entry(row: entry.column, column: entry.row, value: b * entry.value),
        ]
      })
  }

  /// xᵀKy.
  public func form(_ x: [Double], _ y: [Double]) -> Double {
    precondition(x.count == dimension && y.count == dimension, "vectors have one entry a coordinate")
    return entries.reduce(0) { $0 + x[$1.row] * $1.value * y[$1.column] }
  }

  /// gᵀKg in every lane.
  public func forms(_ block: Block) -> [Double] {
    precondition(block.dimension == dimension, "vectors have one entry a coordinate")
    var sums = [Double](repeating: 0, count: block.lanes)
    for entry in entries {
      let (left, right) = (entry.row * block.lanes, entry.column * block.lanes)
      for lane in 0..<block.lanes {
        sums[lane] += block.entries[left + lane] * entry.value * block.entries[right + lane]
      }
    }
    return sums
  }
}
