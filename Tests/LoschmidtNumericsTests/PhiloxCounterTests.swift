import Testing

@testable import LoschmidtNumerics

@Suite("Counters of Philox")
struct PhiloxCounterTests {
  static let trajectories: [UInt64] = [0, 1, 255, 1 << 32 - 1, 1 << 32, .max]
  static let steps = [0, 1, 2, 3, 1 << 32 - 1, 1 << 32, PhiloxCounter.stepLimit - 2, PhiloxCounter.stepLimit - 1]
  static let indices = [0, 1, 2, 1 << 16, PhiloxCounter.indexLimit - 1]

  /// Every part is read back from the bits, which proves that different uses have different counters.
  @Test("all parts come back from the bits", arguments: RandomPurpose.allCases, PhiloxCounter.Form.allCases)
  func injective(purpose: RandomPurpose, form: PhiloxCounter.Form) {
    for trajectory in Self.trajectories {
      for step in Self.steps {
        for index in Self.indices {
          let counter = PhiloxCounter(trajectory: trajectory, purpose, form, step: step, index: index)
          let code = counter.stream >> 29
          #expect(counter.trajectory == trajectory && Int(counter.stream & 0xff_ffff) == index)
          #expect(counter.stream >> 24 & 31 == UInt32(purpose.rawValue))
          if form != .sequence {
            // The word within the counter, first or second, is the parity of the step.
            #expect(code == form.rawValue && Int(counter.pair) == step / 2)
          } else {
            #expect(code & 6 == form.rawValue && Int(counter.pair) << 1 | Int(code & 1) == step)
          }
        }
      }
    }
  }

  @Test("sequences without a trajectory have a code of their own")
  func freestanding() {
    let codes = PhiloxCounter.Form.allCases.flatMap { form in
      (0...1).map { PhiloxCounter(trajectory: 3, .thermal, form, step: $0).stream >> 29 }
    }
    #expect(codes == [0, 0, 1, 1, 2, 2, 4, 5])
    let counter = PhiloxCounter(freestanding: 3)
    #expect(!codes.contains(counter.stream >> 29) && counter.trajectory == 3 && counter.stream & 0x1fff_ffff == 0)
  }

  @Test("steps and indices beyond their bits stop the program")
  func bounds() async {
    await #expect(processExitsWith: .failure) {
      _ = PhiloxCounter(trajectory: 0, .thermal, .normals, step: PhiloxCounter.stepLimit)
    }
    await #expect(processExitsWith: .failure) {
      _ = PhiloxCounter(trajectory: 0, .thermal, .normals, step: -1)
    }
    await #expect(processExitsWith: .failure) {
      _ = PhiloxCounter(trajectory: 0, .thermal, .normals, step: 0, index: PhiloxCounter.indexLimit)
    }
  }
}
