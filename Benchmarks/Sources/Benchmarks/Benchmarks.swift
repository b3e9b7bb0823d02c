import CKernels
import LoschmidtNumerics

/// Prints how fast the kernels and the tapes are on this machine.
@main struct Benchmarks {
  static func main() throws {
    let stopwatch = Stopwatch(rounds: 201, turn: .microseconds(300))
    print("One thread, \(lk_backend() == 1 ? "AVX2 with FMA" : "baseline instructions"), ", terminator: "")
    print("blocks of \(LossComparison.lanes) lanes, medians of \(stopwatch.rounds) turns.\n")
    let (text, failures) = try LossComparison(stopwatch: stopwatch).run()
    print(text, "\n")
    let others = OtherTimings(stopwatch: stopwatch)
    print(try others.jets(), "\n")
    print(try others.regression(), "\n")
    print(others.functions(), "\n")
    print(try RandomTimings(stopwatch: stopwatch).run())
    if !failures.isEmpty { print("\nBeyond the limit: \(failures.joined(separator: "; ")).") }
  }
}
