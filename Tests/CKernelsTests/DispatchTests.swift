import CKernels
import LoschmidtTestSupport
import Testing

/// The builds of the kernels; the choice between them is global, so that these tests take turns.
@Suite(.serialized) struct DispatchTests {
  static let baseline: Int32 = 0
  static let best = lk_backend()

  /// Ordinary arguments, arguments with random bits (also subnormal numbers, infinities and NaN), and special ones.
  static let arguments: [Double] = {
    var random = TestRandom(seed: 11)
    let ordinary = random.vector(600, in: -4...4) + random.vector(300, in: -750...750)
    let wild = (0..<600).map { _ in Double(bitPattern: random.next()) }
    return ordinary + wild + [0, -0.0, 1, 2, -1, 0.5, 5e-324, -5e-324, .infinity, -.infinity, .nan, 0x1p28, 0x1p60]
  }()

  private func expectSameBits(_ name: String, _ compute: () -> [Double]) {
    #expect(lk_set_backend(Self.baseline) == Self.baseline)
    let expected = compute()
    #expect(lk_set_backend(Self.best) == Self.best)
    let actual = compute()
    #expect(zip(expected, actual).allSatisfy(areIdentical), "\(name)")
  }

  @Test func theBitsDoNotDependOnTheProcessor() {
    for kernel in unaryKernels { expectSameBits(kernel.name) { apply(kernel.function, to: Self.arguments) } }
    for order in 0...8 { expectSameBits("polygamma \(order)") { polygamma(order, of: Self.arguments) } }
    let exponents = Array(Self.arguments.reversed())
    expectSameBits("pow") { power(Self.arguments, exponents) }
  }

  @Test func refusesWhatTheProcessorLacks() {
    #expect(lk_set_backend(2) == Self.best)
    #expect(lk_set_backend(-1) == Self.best)
  }

  /// The last values of an array that is no multiple of the vector, at places of any alignment.
  @Test func everyLengthAndPlace() {
    let x = (0..<24).map { 0.3 + Double($0) / 7 }
    let whole = apply(LK_EXP, to: x)
    for count in 0...17 {
      for offset in 0..<4 {
        var y = [Double](repeating: -7, count: 24)
        x.withUnsafeBufferPointer { from in
          y.withUnsafeMutableBufferPointer { to in
            guard let source = from.baseAddress, let destination = to.baseAddress else { return }
            lk_apply(LK_EXP, source + offset, destination + 1, count)
          }
        }
        #expect(y[0] == -7 && y[(count + 1)...].allSatisfy { $0 == -7 })
        #expect(Array(y[1..<(count + 1)]) == Array(whole[offset..<(offset + count)]))
        #expect(power(Array(x[..<count]), Array(x[..<count])).count == count)
      }
    }
  }

  /// A result may overwrite its argument.
  @Test func inPlace() {
    var x = Self.arguments
    let count = x.count
    x.withUnsafeMutableBufferPointer { lk_apply(LK_TANH, $0.baseAddress, $0.baseAddress, count) }
    #expect(zip(x, apply(LK_TANH, to: Self.arguments)).allSatisfy(areIdentical))
  }

  /// One instruction on the arguments, on their reverse and on their shift, its result over operand `place` or apart.
  private func run(_ operation: lk_operation, over place: Int?, second: Bool = false) -> [Double] {
    let x = Array(Self.arguments[..<1512])
    let zeros = [Double](repeating: 0, count: x.count)
    var columns = [x, x.reversed(), Array(x[700...] + x[..<700]), zeros, zeros]
    var instruction = lk_instruction()
    instruction.operation = operation.rawValue
    (instruction.rows, instruction.columns, instruction.flat) = (1, 1, 1)
    (instruction.a.slot, instruction.b.slot, instruction.c.slot) = (0, 1, 2)
    instruction.destination = UInt32(place ?? 3)
    instruction.second_destination = 4
    (instruction.k, instruction.m) = (Self.k, Self.m)
    let slots = columns.map { column in
      let slot = UnsafeMutablePointer<Double>.allocate(capacity: x.count)
      slot.initialize(from: column, count: x.count)
      return Optional(slot)
    }
    lk_tape_run(&instruction, 1, slots, x.count)
    for (index, slot) in slots.enumerated() {
      columns[index] = Array(UnsafeBufferPointer(start: slot, count: x.count))
      slot?.deallocate()
    }
    return columns[second ? 4 : place ?? 3]
  }

  static let k = 1.1
  static let m = -0.7

  /// An instruction on 2 x 3 elements of 12 lanes: its operands are a matrix, a row and a column, in one of six orders.
  private func runBroadcasting(_ operation: lk_operation, _ order: [Int]) -> [Double] {
    var instruction = lk_instruction()
    instruction.operation = operation.rawValue
    (instruction.rows, instruction.columns) = (2, 3)
    let layouts = Self.broadcasts.enumerated().map {
      lk_operand(slot: UInt32($0), row_step: UInt32($1.rows), column_step: UInt32($1.columns))
    }
    (instruction.a, instruction.b, instruction.c) = (layouts[order[0]], layouts[order[1]], layouts[order[2]])
    instruction.destination = 3
    (instruction.k, instruction.m) = (Self.k, Self.m)
    var blocks = Self.blocks
    return blocks.withUnsafeMutableBufferPointer { blocks in
      let slots = (0..<4).map { slot in blocks.baseAddress.map { $0 + 72 * slot } }
      lk_tape_run(&instruction, 1, slots, 12)
      return Array(blocks[(3 * 72)...])
    }
  }

  /// The steps in elements from row to row and from column to column of a matrix, of a repeated row and of a repeated column.
  static let broadcasts: [(rows: Int, columns: Int)] = [(3, 1), (0, 1), (1, 0)]
  /// Four slots of 6 elements of 12 lanes.
  static let blocks: [Double] = {
    var random = TestRandom(seed: 12)
    return random.vector(4 * 72, in: -4...4)
  }()

  /// Fused instructions and the same operations one by one.
  private static let fused: [(lk_operation, @Sendable (Double, Double, Double) -> Double)] = [
    (LK_OP_FMA_ADD_K, { a, b, c in c.addingProduct(a, b) + k }),
    (LK_OP_MUL_FMA_KK, { a, b, c in (m * c).addingProduct(k, a * b) }),
    (LK_OP_FMA_K_MUL_K, { a, b, c in (b * c * m).addingProduct(a, k) }),
    (LK_OP_SQUARES, { a, b, _ in (b * b * k).addingProduct(a, a) }),
    (LK_OP_K_SQUARES, { a, b, _ in (b * b).addingProduct(a * a, k) }),
    (LK_OP_ADD_K_MUL_K, { a, b, _ in (a + m) * b * k }),
  ]

  @Test func fusedInstructions() {
    let x = Array(Self.arguments[..<1512])
    for (operation, plain) in Self.fused {
      let expected = x.indices.map { plain(x[$0], x[x.count - 1 - $0], x[($0 + 700) % x.count]) }
      for place in [nil, 0, 1, 2] as [Int?] {
        expectSameBits("\(operation)") { run(operation, over: place) }
        #expect(zip(run(operation, over: place), expected).allSatisfy(areIdentical), "\(operation) over \(place ?? 3)")
      }
    }
  }

  @Test func productsWithTheirMultiples() {
    let x = Array(Self.arguments[..<1512])
    let product = zip(x, x.reversed()).map { $0 * $1 }
    for place in [nil, 0, 1] as [Int?] {
      for second in [false, true] {
        expectSameBits("multiple") { run(LK_OP_MUL_AND_K, over: place, second: second) }
        let expected = second ? product.map { $0 * Self.k } : product
        #expect(zip(run(LK_OP_MUL_AND_K, over: place, second: second), expected).allSatisfy(areIdentical))
      }
    }
  }

  /// Two results of one instruction are those of two functions, also where a row does not end with a piece of 128 lanes.
  @Test func pairsAreTheirFunctions() {
    let x = Array(Self.arguments[..<1512])
    let pairs = [
      (LK_OP_TANH_SECH2, LK_TANH, LK_SECH2), (LK_OP_SIN_COS, LK_SIN, LK_COS),
      (LK_OP_SIGMOID_SLOPE, LK_SIGMOID, LK_DSIGMOID),
    ]
    for (operation, first, second) in pairs {
      for place in [nil, 0] as [Int?] {
        for (isSecond, function) in [(false, first), (true, second)] {
          expectSameBits("\(operation)") { run(operation, over: place, second: isSecond) }
          let found = run(operation, over: place, second: isSecond)
          #expect(zip(found, apply(function, to: x)).allSatisfy(areIdentical), "\(operation) over \(place ?? 3)")
        }
      }
    }
  }

  @Test func fusedInstructionsRepeatRowsAndColumns() {
    for (operation, plain) in Self.fused {
      for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        let expected = (0..<72).map { place in
          let (row, column, lane) = (place / 36, place / 12 % 3, place % 12)
          let operands = order.map { slot in
            let step = Self.broadcasts[slot]
            return Self.blocks[72 * slot + 12 * (row * step.rows + column * step.columns) + lane]
          }
          return plain(operands[0], operands[1], operands[2])
        }
        expectSameBits("\(operation)") { runBroadcasting(operation, order) }
        #expect(runBroadcasting(operation, order) == expected, "\(operation) \(order)")
      }
    }
  }
}
