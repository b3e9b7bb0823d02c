import Synchronization
import Testing

@testable import LoschmidtNumerics

@Suite struct StopRequestTests {
  /// Says "stop" from its n-th question on.
  private final class Patience: Sendable {
    private let left: Atomic<Int>
    init(_ questions: Int) { left = Atomic(questions) }
    func isOver() -> Bool { left.subtract(1, ordering: .relaxed).newValue < 0 }
  }

  @Test func nobodyListensByDefault() throws {
    #expect(!StopRequest.isMade)
    try StopRequest.check()
    StopRequest.listening(to: { true }) {
      #expect(StopRequest.isMade)
      #expect(throws: Stopped()) { try StopRequest.check() }
      // The innermost listener counts.
      StopRequest.listening(to: { false }) { #expect(!StopRequest.isMade) }
    }
    #expect(!StopRequest.isMade)
  }

  /// The pieces before the stop are consumed, in order; the others are not begun.
  @Test(arguments: [1, 3]) func piecesOfParallelWorkAreNotBegun(threads: Int) {
    let patience = Patience(20)
    var consumed: [Int] = []
    #expect(throws: Stopped()) {
      try StopRequest.listening(to: patience.isOver) {
        try OrderedMap.run(
          count: 1000, threads: threads, makeWorker: {}, work: { _, piece in piece },
          consume: { piece, _ in consumed.append(piece) })
      }
    }
    #expect(consumed.count <= 20)
    #expect(consumed == Array(0..<consumed.count))
    #expect(threads > 1 || consumed.count == 20)
  }

  /// A flow of 10⁶ and more steps ends after a few of them.
  @Test func aFlowIsBrokenOff() throws {
    var state = [1.0]
    var evaluations = 0
    let error = #expect(throws: GSLError.self) {
      try StopRequest.listening(to: { true }) {
        try ODEFlow.integrate(
          dimension: 1, from: 0, to: 1e9, state: &state, absoluteTolerance: 1e-12, relativeTolerance: 0,
          initialStep: 1e-3, maximumSteps: 10_000_000
        ) { time, state, slope in
          evaluations += 1
          slope[0] = -state[0]
          return true
        }
      }
    }
    #expect(error?.name == "GSL_EMAXITER")
    #expect(evaluations < 1000)
  }
}
