import LoschmidtNumerics

/// How often a test passes, fails and leaves undecided, over repetitions on a model that is known to be true or wrong.
public struct VerdictCalibration: Sendable, Equatable {
  /// The number of passes.
  public private(set) var passes = 0
  /// The number of failures.
  public private(set) var failures = 0
  /// The number of times that it did not decide.
  public private(set) var undecided = 0

  /// No repetitions.
  public init() {}

  /// The counts over samples that exist already.
  ///
  /// - Parameters:
  ///   - samples: One array of values for each repetition.
  ///   - threads: How many may run at once; the counts do not depend on it.
  ///   - decide: The test, which also gets the number of the repetition, for its seed.
  /// - Throws: What the test throws for the first repetition that it cannot decide about.
  public init(
    samples: [[Double]], threads: Int = 1, decide: ([Double], Int) throws -> VerdictStatus
  ) throws {
    try self.init(repetitions: samples.count, threads: threads, sample: { samples[$0] }, decide: decide)
  }

  /// The counts over samples that are made one by one.
  ///
  /// - Parameters:
  ///   - repetitions: Their number.
  ///   - threads: How many may run at once; the counts do not depend on it.
  ///   - sample: Makes the sample of the repetition with this number; called from several threads.
  ///   - decide: The test, which also gets the number of the repetition, for its seed; called from several threads.
  /// - Throws: What `sample` or `decide` throws for the first repetition that fails.
  public init(
    repetitions: Int, threads: Int = 1, sample: (Int) throws -> [Double],
    decide: ([Double], Int) throws -> VerdictStatus
  ) throws {
    try OrderedMap.run(
      count: repetitions, threads: threads, makeWorker: {}, work: { _, index in try decide(sample(index), index) },
      consume: { _, status in add(status) })
  }

  /// Counts one more outcome.
  public mutating func add(_ status: VerdictStatus) {
    switch status {
    case .pass: passes += 1
    case .fail: failures += 1
    case .undecided: undecided += 1
    }
  }

  /// The number of repetitions.
  public var repetitions: Int { passes + failures + undecided }

  /// The share of one outcome; NaN of no repetitions.
  public func share(of status: VerdictStatus) -> Double { Double(count(of: status)) / Double(repetitions) }

  /// √(p (1 − p)/n) of the share of one outcome.
  public func standardError(of status: VerdictStatus) -> Double {
    let share = share(of: status)
    return (share * (1 - share) / Double(repetitions)).squareRoot()
  }

  /// The number of repetitions with one outcome.
  public func count(of status: VerdictStatus) -> Int {
    switch status {
    case .pass: passes
    case .fail: failures
    case .undecided: undecided
    }
  }

  /// P(at least as many of this outcome) if its probability were `rate`: small where the rate is exceeded.
  public func pValue(of status: VerdictStatus, atMost rate: Double) throws(GSLError) -> Double {
    try DiscreteTails.binomialAtLeast(count(of: status), trials: repetitions, probability: rate)
  }
}
