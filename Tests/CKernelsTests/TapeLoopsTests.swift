import CKernels
import LoschmidtTestSupport
import Testing

// The choice of the build is global: within DispatchTests they take turns.
extension DispatchTests {
  /// Contractions and sums of a lane are the same bits in a block of any size, on any processor: replays rest on it.
  @Suite struct TapeLoopsTests {
    /// Rows, the number of terms, columns.
    struct Shape: Sendable {
      let rows, inner, columns: Int
    }

    static let shapes = [
      Shape(rows: 1, inner: 7, columns: 1), Shape(rows: 5, inner: 9, columns: 1), Shape(rows: 1, inner: 6, columns: 5),
      Shape(rows: 3, inner: 8, columns: 4), Shape(rows: 2, inner: 2, columns: 1), Shape(rows: 3, inner: 1, columns: 2),
      Shape(rows: 7, inner: 13, columns: 3),
    ]
    static let lanes = [4, 8, 12, 16, 20, 24, 28, 32, 44]

    /// The number of a slot, an element and a lane, of which none is told by the number of lanes.
    private func number(_ slot: Int, _ element: Int, _ lane: Int) -> Double {
      var bits = UInt64(slot * 1_000_000 + element * 1000 + lane + 1) &* 0x9E37_79B9_7F4A_7C15
      bits = (bits ^ (bits >> 29)) &* 0xBF58_476D_1CE4_E5B9
      return Double(bits >> 11) * 0x1p-50 - 4
    }

    private func run(
      _ operation: lk_operation, _ shape: Shape, _ operands: [lk_operand], sizes: [Int], lanes: Int
    ) -> [Double] {
      var instruction = lk_instruction()
      instruction.operation = operation.rawValue
      (instruction.rows, instruction.columns, instruction.inner) = (
        UInt32(shape.rows), UInt32(shape.columns), UInt32(shape.inner)
      )
      (instruction.a, instruction.b, instruction.c, instruction.destination) = (
        operands[0], operands[1], operands[2], 3
      )
      let slots = sizes.enumerated().map { slot, size in
        let place = UnsafeMutablePointer<Double>.allocate(capacity: size * lanes)
        for element in 0..<size {
          for lane in 0..<lanes { place[element * lanes + lane] = number(slot, element, lane) }
        }
        return Optional(place)
      }
      defer { for slot in slots { slot?.deallocate() } }
      lk_tape_run(&instruction, 1, slots, lanes)
      return Array(UnsafeBufferPointer(start: slots[3], count: sizes[3] * lanes))
    }

    private func operand(_ slot: Int, _ rows: Int, _ columns: Int) -> lk_operand {
      lk_operand(slot: UInt32(slot), row_step: UInt32(rows), column_step: UInt32(columns))
    }

    @Test(arguments: shapes.indices, lanes) func contractionsAddInTheOrderOfTheTerms(index: Int, lanes: Int) {
      let shape = Self.shapes[index]
      let (rows, inner, columns) = (shape.rows, shape.inner, shape.columns)
      let sizes = [rows * inner, inner * columns, rows * columns, rows * columns]
      for isTransposed in [false, true] {
        let a = isTransposed ? operand(0, 1, rows) : operand(0, inner, 1)
        let b = isTransposed ? operand(1, 1, inner) : operand(1, columns, 1)
        let operands = [a, b, operand(2, columns, 1)]
        func value(_ operand: lk_operand, _ row: Int, _ column: Int, _ lane: Int) -> Double {
          number(Int(operand.slot), row * Int(operand.row_step) + column * Int(operand.column_step), lane)
        }
        for operation in [LK_OP_CONTRACT, LK_OP_CONTRACT_ADD] {
          let expected = (0..<rows * columns).flatMap { element in
            (0..<lanes).map { lane -> Double in
              let (i, j) = (element / columns, element % columns)
              let start = operation == LK_OP_CONTRACT ? 0 : number(2, element, lane)
              return (0..<inner).reduce(start) { $0.addingProduct(value(a, i, $1, lane), value(b, $1, j, lane)) }
            }
          }
          for backend in [0, best] {
            #expect(lk_set_backend(backend) == backend)
            let found = run(operation, shape, operands, sizes: sizes, lanes: lanes)
            #expect(zip(found, expected).allSatisfy(areIdentical), "\(shape), \(lanes) lanes, build \(backend)")
          }
        }
      }
    }

    @Test(arguments: lanes) func sumsAddInTheOrderOfTheTerms(lanes: Int) {
      let shape = Shape(rows: 3, inner: 9, columns: 1)
      let operands = [operand(0, 9, 1), operand(1, 0, 0), operand(2, 0, 0)]
      let expected = (0..<3).flatMap { row in
        (0..<lanes).map { lane in (1..<9).reduce(number(0, 9 * row, lane)) { $0 + number(0, 9 * row + $1, lane) } }
      }
      for backend in [0, best] {
        #expect(lk_set_backend(backend) == backend)
        let found = run(LK_OP_SUM, shape, operands, sizes: [27, 1, 1, 3], lanes: lanes)
        #expect(zip(found, expected).allSatisfy(areIdentical), "\(lanes) lanes, build \(backend)")
      }
    }
  }
}
