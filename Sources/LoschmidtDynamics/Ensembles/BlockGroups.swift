/// The blocks of an ensemble in groups of consecutive ones.
///
/// What observers keep is added up block by block in a group, and group by group at the end, always in order. The groups
/// follow from the number of all blocks alone, so that one can be simulated elsewhere, or later, and gives the same bits.
struct BlockGroups: Sendable, Equatable {
  /// At most so many groups: what is kept of each must fit into memory, and into files.
  static let most = 1024

  /// The number of blocks.
  let blocks: Int
  /// The number of blocks in a group; the last one may have fewer.
  let size: Int

  /// The groups of so many blocks.
  init(blocks: Int) {
    self.blocks = blocks
    size = max(1, (blocks + Self.most - 1) / Self.most)
  }

  /// The number of groups.
  var count: Int { (blocks + size - 1) / size }

  /// The blocks of a group.
  subscript(group: Int) -> Range<Int> { group * size..<min(blocks, (group + 1) * size) }

  /// Whether a group ends with this block.
  func endsGroup(_ block: Int) -> Bool { (block + 1) % size == 0 || block + 1 == blocks }
}
