import CKernels

/// Turns the needed part of a graph into instructions and places the values in slots.
struct TapeCompiler {
  private let graph: Graph
  private let outputs: [Tape.Output]
  private(set) var program: [lk_instruction] = []
  private(set) var slots: [Tape.Slot] = []
  private(set) var scratchCount = 0

  /// The instruction of every value that has one of its own.
  private var patterns: [Int: TapePattern] = [:]
  /// The second value of a pair, by its first.
  private var partners: [Int: Graph.Value] = [:]
  /// The program position after which a value is no longer read.
  private var lastReads: [Int: Int] = [:]
  private var slotOfValue: [Int: Int] = [:]
  private var slotOfConstant: [UInt64: Int] = [:]
  private var free: [Int: [Int]] = [:]

  init(_ graph: Graph, outputs: [Tape.Output]) {
    self.graph = graph
    self.outputs = outputs
  }

  mutating func compile() {
    choosePatterns()
    let order = patterns.keys.sorted()
    choosePairs(order)
    let made = Set(partners.values.map(\.index))
    let emitted = order.filter { !made.contains($0) }
    findLastReads(emitted)
    placeOutputs()
    for (position, index) in emitted.enumerated() { emit(Graph.Value(index: index), at: position) }
    copyRemainingOutputs()
  }

  // MARK: What is computed

  /// Chooses instructions from the outputs backwards, so that a reader can absorb what only it reads.
  private mutating func choosePatterns() {
    let top = outputs.map(\.value.index).max() ?? -1
    guard top >= 0 else { return }
    let uses = readCounts(upTo: top)
    var wanted = [Bool](repeating: false, count: top + 1)
    for output in outputs { wanted[output.value.index] = true }
    for index in stride(from: top, through: 0, by: -1) where wanted[index] {
      let value = Graph.Value(index: index)
      switch graph.node(value).operation {
      case .input, .constant: continue
      default: break
      }
      let pattern = graph.pattern(for: value) { uses[$0.index] == 1 }
      patterns[index] = pattern
      for operand in pattern.operands { wanted[operand.index] = true }
    }
  }

  /// How often each value is read by needed values, an output counting twice, so that it is never absorbed.
  private func readCounts(upTo top: Int) -> [Int] {
    var uses = [Int](repeating: 0, count: top + 1)
    for output in outputs { uses[output.value.index] += 2 }
    for index in stride(from: top, through: 0, by: -1) where uses[index] > 0 {
      for operand in graph.node(Graph.Value(index: index)).operands { uses[operand.index] += 1 }
    }
    return uses
  }

  private mutating func choosePairs(_ order: [Int]) {
    var byFunction: [UnaryFunction: [Graph.Value: Graph.Value]] = [:]
    for index in order {
      let node = graph.node(Graph.Value(index: index))
      if case .unary(let function) = node.operation {
        byFunction[function, default: [:]][node.operands[0]] = Graph.Value(index: index)
      }
    }
    for (function, values) in byFunction {
      guard let pair = function.pair, let seconds = byFunction[pair.second] else { continue }
      for (operand, first) in values {
        guard let second = seconds[operand] else { continue }
        // The earlier of the two makes both.
        let (maker, made) = first.index < second.index ? (first, second) : (second, first)
        patterns[maker.index] = TapePattern(operation: pair.operation, operands: [operand])
        partners[maker.index] = made
      }
    }
    for index in order { joinScaledProduct(Graph.Value(index: index)) }
  }

  /// Lets the instruction of a product make its multiple as well: k (a b) along with a b.
  private mutating func joinScaledProduct(_ scaled: Graph.Value) {
    guard let multiple = patterns[scaled.index], multiple.operation == LK_OP_MUL_K else { return }
    let product = multiple.operands[0]
    guard var pattern = patterns[product.index], pattern.operation == LK_OP_MUL else { return }
    (pattern.operation, pattern.k) = (LK_OP_MUL_AND_K, multiple.k)
    patterns[product.index] = pattern
    partners[product.index] = scaled
  }

  private mutating func findLastReads(_ emitted: [Int]) {
    for (position, index) in emitted.enumerated() {
      for operand in patterns[index]?.operands ?? [] { lastReads[operand.index] = position }
    }
  }

  // MARK: Where it lives

  private mutating func newSlot(_ slot: Tape.Slot) -> Int {
    slots.append(slot)
    return slots.count - 1
  }

  private mutating func placeOutputs() {
    for output in outputs where patterns[output.value.index] != nil && slotOfValue[output.value.index] == nil {
      slotOfValue[output.value.index] = newSlot(.output(block: output.block, offset: output.offset))
    }
  }

  private mutating func slot(reading value: Graph.Value) -> Int {
    if let slot = slotOfValue[value.index] { return slot }
    switch graph.node(value).operation {
    case .input(let block, let offset):
      let slot = newSlot(.input(block: block, offset: offset))
      slotOfValue[value.index] = slot
      return slot
    case .constant(let number):
      if let slot = slotOfConstant[number.bitPattern] { return slot }
      let slot = newSlot(.constant(number))
      slotOfConstant[number.bitPattern] = slot
      return slot
    default: preconditionFailure("a value is computed before it is read")
    }
  }

  private mutating func slot(writing value: Graph.Value) -> Int {
    if let slot = slotOfValue[value.index] { return slot }
    let count = graph.shape(of: value).count
    let slot: Int
    if let reused = free[count]?.popLast() {
      slot = reused
    } else {
      slot = newSlot(.scratch(offset: scratchCount))
      scratchCount += count
    }
    slotOfValue[value.index] = slot
    return slot
  }

  private mutating func release(_ value: Graph.Value) {
    guard let slot = slotOfValue[value.index], case .scratch = slots[slot] else { return }
    free[graph.shape(of: value).count, default: []].append(slot)
    lastReads[value.index] = nil
  }

  // MARK: Instructions

  private mutating func emit(_ value: Graph.Value, at position: Int) {
    guard let pattern = patterns[value.index] else { return }
    let shape = graph.shape(of: value)
    var instruction = lk_instruction()
    instruction.operation = pattern.operation.rawValue
    let (rows, columns) = extents(pattern, value)
    instruction.rows = UInt32(rows)
    instruction.columns = UInt32(columns)
    instruction.inner = UInt32(pattern.inner)
    instruction.k = pattern.k
    instruction.m = pattern.m
    let operands = layout(pattern, value)
    for (number, operand) in operands.enumerated() {
      switch number {
      case 0: instruction.a = operand
      case 1: instruction.b = operand
      default: instruction.c = operand
      }
    }
    let elementwise = pattern.isElementwise
    let contiguous = zip(operands, pattern.operands).map { operand, source in
      elementwise && graph.shape(of: source).count == shape.count
        && (shape.count == 1 || (operand.column_step == 1 && operand.row_step == UInt32(shape.columns)))
    }
    instruction.flat = elementwise && contiguous.allSatisfy { $0 } ? 1 : 0
    let dying = Set(pattern.operands.filter { lastReads[$0.index] == position })
    let early = dying.filter { operand in
      zip(pattern.operands, contiguous).allSatisfy { $0.0 != operand || $0.1 }
    }
    for operand in early.sorted(by: { $0.index < $1.index }) { release(operand) }
    instruction.destination = UInt32(slot(writing: value))
    if let partner = partners[value.index] { emitPartner(partner, of: value, &instruction) }
    program.append(instruction)
    for operand in dying.subtracting(early).sorted(by: { $0.index < $1.index }) { release(operand) }
  }

  /// The first function of the pair goes to the first destination, whichever of the two came first in the graph.
  private mutating func emitPartner(
    _ partner: Graph.Value, of value: Graph.Value, _ instruction: inout lk_instruction
  ) {
    let second = UInt32(slot(writing: partner))
    let isFirst: Bool
    switch graph.node(value).operation {
    case .unary(let function): isFirst = function.pair != nil
    default: isFirst = true
    }
    if isFirst {
      instruction.second_destination = second
    } else {
      instruction.second_destination = instruction.destination
      instruction.destination = second
    }
  }

  /// The loops of an instruction; a product with a vector has one row or one column whatever the rank of the result.
  private func extents(_ pattern: TapePattern, _ value: Graph.Value) -> (rows: Int, columns: Int) {
    let shape = graph.shape(of: value)
    switch graph.node(pattern.absorbed.first ?? value).operation {
    case .contract(let rows, let columns, _, _, _): return (rows, columns)
    case .sum: return (shape.count, 1)
    default: return (shape.rows, shape.columns)
    }
  }

  /// The slots and steps of the operands of an instruction.
  private mutating func layout(_ pattern: TapePattern, _ value: Graph.Value) -> [lk_operand] {
    let shape = graph.shape(of: value)
    switch pattern.operation {
    case LK_OP_CONTRACT, LK_OP_CONTRACT_ADD: return contractLayout(pattern, value)
    case LK_OP_SUM: return [sumLayout(pattern.operands[0], value)]
    case LK_OP_COPY where graph.node(value).isTranspose:
      let step = UInt32(graph.shape(of: pattern.operands[0]).columns)
      return [lk_operand(slot: UInt32(slot(reading: pattern.operands[0])), row_step: 1, column_step: step)]
    case LK_OP_COPY where graph.node(value).sliceOffset != nil:
      return [sliceLayout(pattern.operands[0], from: graph.node(value).sliceOffset ?? 0)]
    default: return pattern.operands.map { elementwise($0, in: shape) }
    }
  }

  /// Where a slice of an array lies: in the place of the array, some elements on.
  private mutating func sliceLayout(_ array: Graph.Value, from first: Int) -> lk_operand {
    let place: Tape.Slot =
      switch slots[slot(reading: array)] {
      case .input(let block, let offset): .input(block: block, offset: offset + first)
      case .output(let block, let offset): .output(block: block, offset: offset + first)
      case .scratch(let offset): .scratch(offset: offset + first)
      case .constant(let number): .constant(number)
      }
    return lk_operand(slot: UInt32(newSlot(place)), row_step: 0, column_step: 1)
  }

  private mutating func elementwise(_ operand: Graph.Value, in shape: Shape) -> lk_operand {
    let own = graph.shape(of: operand)
    return lk_operand(
      slot: UInt32(slot(reading: operand)), row_step: own.rows == 1 ? 0 : UInt32(own.columns),
      column_step: own.columns == 1 ? 0 : 1
    ).filling(shape, own)
  }

  private mutating func sumLayout(_ operand: Graph.Value, _ value: Graph.Value) -> lk_operand {
    guard case .sum(let overRows, let overColumns) = graph.node(value).operation else {
      preconditionFailure("only sums are laid out as sums")
    }
    let own = graph.shape(of: operand)
    let slot = UInt32(slot(reading: operand))
    if overRows && overColumns || own.rows == 1 || own.columns == 1 {
      return lk_operand(slot: slot, row_step: 0, column_step: 1)
    }
    return overColumns
      ? lk_operand(slot: slot, row_step: UInt32(own.columns), column_step: 1)
      : lk_operand(slot: slot, row_step: 1, column_step: UInt32(own.columns))
  }

  private mutating func contractLayout(_ pattern: TapePattern, _ value: Graph.Value) -> [lk_operand] {
    let product = pattern.absorbed.first ?? value
    guard case .contract(let rows, let columns, let inner, let leftT, let rightT) = graph.node(product).operation else {
      preconditionFailure("only contractions are laid out as contractions")
    }
    var operands = [
      lk_operand(
        slot: UInt32(slot(reading: pattern.operands[0])), row_step: leftT ? 1 : UInt32(inner),
        column_step: leftT ? UInt32(rows) : 1),
      lk_operand(
        slot: UInt32(slot(reading: pattern.operands[1])), row_step: rightT ? 1 : UInt32(columns),
        column_step: rightT ? UInt32(inner) : 1),
    ]
    if pattern.operands.count == 3 {
      operands.append(
        lk_operand(slot: UInt32(slot(reading: pattern.operands[2])), row_step: UInt32(columns), column_step: 1))
    }
    return operands
  }

  /// Outputs that are inputs, constants, or were placed elsewhere already.
  private mutating func copyRemainingOutputs() {
    for output in outputs {
      let own = graph.shape(of: output.value)
      let place = Tape.Slot.output(block: output.block, offset: output.offset)
      if let slot = slotOfValue[output.value.index], slots[slot] == place { continue }
      var instruction = lk_instruction()
      instruction.operation = LK_OP_COPY.rawValue
      instruction.rows = UInt32(own.rows)
      instruction.columns = UInt32(own.columns)
      instruction.flat = 1
      instruction.a = elementwise(output.value, in: own)
      instruction.destination = UInt32(newSlot(place))
      program.append(instruction)
    }
  }
}

extension TapePattern {
  /// Whether each element of the result depends on the same element of the operands only.
  var isElementwise: Bool {
    switch operation {
    case LK_OP_CONTRACT, LK_OP_CONTRACT_ADD, LK_OP_SUM: false
    default: true
    }
  }
}

extension Graph.Node {
  var isTranspose: Bool { operation == .transpose }

  /// The first element of a slice; `nil` for other nodes.
  var sliceOffset: Int? {
    if case .slice(let offset) = operation { return offset }
    return nil
  }
}

extension lk_operand {
  /// The steps of an operand that has a whole row or column of the result, in the form that flat instructions test for.
  fileprivate func filling(_ shape: Shape, _ own: Shape) -> lk_operand {
    guard own.rows == shape.rows, own.columns == shape.columns else { return self }
    return lk_operand(slot: slot, row_step: UInt32(shape.columns), column_step: 1)
  }
}
