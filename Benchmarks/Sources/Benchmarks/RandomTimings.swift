import CHandwritten
import CKernels
import LoschmidtNumerics

/// Times of random numbers: bits and normals beside hand-written C, then what a source of the engine delivers.
struct RandomTimings {
  let stopwatch: Stopwatch
  static let lanes = 256

  private typealias Piece = (name: String, units: Double, run: () -> Void)

  func run() throws -> String {
    let limits = limits()
    let pieces = try limits.map(\.kernel) + limits.map(\.hand) + sources()
    let times = stopwatch.measure(pieces.map { ($0.units, $0.run) })
    var table = TextTable(["random numbers", "ns each", "C by hand", "ratio"])
    for (k, limit) in limits.enumerated() {
      let (own, hand) = (times[k], times[limits.count + k])
      let ratio = zip(own, hand).map { $0 / $1 }.median
      table.append([limit.kernel.name, own.median.cell, hand.median.cell, ratio.cell])
    }
    for k in (2 * limits.count)..<pieces.count { table.append([pieces[k].name, times[k].median.cell, "", ""]) }
    return table.text
  }

  /// Kernels with their counterpart in C; each call takes another pair of steps.
  private func limits() -> [(kernel: Piece, hand: Piece)] {
    let lanes = Self.lanes
    let (first, second) = (alignedStorage(lanes), alignedStorage(lanes))
    let buffer = UnsafeMutableRawPointer(alignedStorage(2 * lanes)).bindMemory(to: UInt64.self, capacity: 2 * lanes)
    let counter = Counter()
    func place() -> lk_philox_place { lk_philox_place(key: 42, trajectory: 0, pair: counter.next(), stream: 0) }
    let units = Double(2 * lanes)
    return [
      (
        ("words of 64 bits", units, { lk_philox_words(place(), 1, lanes, buffer, buffer + lanes) }),
        ("", units, { handwritten_words(42, 0, counter.next(), 0, buffer) })
      ),
      (
        ("normal numbers", units, { lk_philox_normals(place(), 1, lanes, first, second) }),
        ("", units, { handwritten_normals(42, 0, counter.next(), 0, buffer, first, second) })
      ),
    ]
  }

  /// What a worker calls, through the protocol, step after step.
  private func sources() throws -> [Piece] {
    let lanes = Self.lanes
    let values = alignedStorage(2 * lanes)
    let step = Counter()
    var pieces: [Piece] = []
    for algorithm in RandomGenerator.Algorithm.allCases {
      let source = try algorithm.source(key: StreamKey(seed: 42), lanes: lanes)
      pieces.append(
        (
          "normal numbers, source \(algorithm.rawValue)", Double(2 * lanes),
          { source.normals(.thermal, step: Int(step.next()), into: values, dimension: 2) }
        ))
      guard algorithm == .philox else { continue }
      pieces += [
        (
          "uniform numbers, source philox", Double(2 * lanes),
          { source.uniforms(.thermal, step: Int(step.next()), into: values, dimension: 2) }
        ),
        (
          "indices below 64, source philox", Double(4 * lanes),
          { _ = source.indices(below: 64, count: 4, step: Int(step.next())) }
        ),
        (
          "generator put to a lane, one ziggurat normal", Double(lanes),
          {
            let now = Int(step.next())
            for lane in 0..<lanes { values[lane] = source.generator(lane: lane, .auxiliary, step: now).normal() }
          }
        ),
      ]
    }
    return pieces
  }
}

/// Counts calls.
private final class Counter {
  private var value: UInt32 = 0

  func next() -> UInt32 {
    value &+= 1
    return value
  }
}
