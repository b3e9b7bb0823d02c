import Synchronization

/// Answers to a question about an integer that are found once.
final class RememberedAnswers: Sendable {
  private let answers = Mutex<[Int: Bool]>([:])

  /// The answer, found by `find` where it is not known; two threads that ask at once may both find it.
  func answer(_ question: Int, _ find: () -> Bool) -> Bool {
    if let known = answers.withLock({ $0[question] }) { return known }
    let found = find()
    answers.withLock { $0[question] = found }
    return found
  }
}
