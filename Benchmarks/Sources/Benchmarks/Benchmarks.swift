import CKernels
import LoschmidtNumerics

/// Prints how fast the kernels, the tapes and the ensembles are on this machine; with the argument `ensembles` these alone, with
/// `minibatches` only those of stochastic gradient descent.
@main struct Benchmarks {
  static func main() throws {
    let stopwatch = Stopwatch(rounds: 201, turn: .microseconds(300))
    print("One thread, \(lk_backend() == 1 ? "AVX2 with FMA" : "baseline instructions"), ", terminator: "")
    print("blocks of \(LossComparison.lanes) lanes, medians of \(stopwatch.rounds) turns.\n")
    let slow = Stopwatch(rounds: 201, turn: .milliseconds(4))
    let minibatches = try MinibatchTimings(stopwatch: slow).run()
    print(minibatches.text, "\n")
    if CommandLine.arguments.contains("minibatches") { return }
    let ensembles = try EnsembleTimings(stopwatch: slow).run()
    print(ensembles.text, "\n")
    print(try EnsembleMemory().run(), "\n")
    var failures = ensembles.failures + minibatches.failures
    if !CommandLine.arguments.contains("ensembles") { failures += try kernels(stopwatch) }
    if !failures.isEmpty { print("\nBeyond the limit: \(failures.joined(separator: "; ")).") }
  }

  /// Prints the tables of kernels and tapes; the names of the cases beyond their limits.
  private static func kernels(_ stopwatch: Stopwatch) throws -> [String] {
    let (text, failures) = try LossComparison(stopwatch: stopwatch).run()
    print(text, "\n")
    let others = OtherTimings(stopwatch: stopwatch)
    print(try others.jets(), "\n")
    print(try others.regression(), "\n")
    print(others.functions(), "\n")
    print(try RandomTimings(stopwatch: stopwatch).run())
    return failures
  }
}
