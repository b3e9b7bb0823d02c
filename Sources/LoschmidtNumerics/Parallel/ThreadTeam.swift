import Foundation

/// Several threads that do one piece of work together.
///
/// They are made for it and end with it. Where the system makes no more threads, because of a limit on processes or for want
/// of memory, those that there are do all of the work, and in the worst case the calling thread alone.
enum ThreadTeam {
  private final class Member {
    let work: () -> Void
    init(_ work: @escaping () -> Void) { self.work = work }
  }

  /// Runs the body once in each of up to `width` threads, one of them the calling one, with a number of its own from 0 on.
  ///
  /// The body takes its share of the work where it finds some, so that any number of threads does all of it.
  ///
  /// - Returns: How many threads took part.
  @discardableResult
  static func run(_ width: Int, _ body: (Int) -> Void) -> Int {
    let listener = StopRequest.current
    var threads: [pthread_t] = []
    withoutActuallyEscaping(body) { body in
      for number in 1..<max(1, width) {
        let member = Unmanaged.passRetained(Member { StopRequest.listening(to: listener) { body(number) } })
        var thread = pthread_t()
        let status = pthread_create(
          &thread, nil,
          { member in
            if let member { Unmanaged<Member>.fromOpaque(member).takeRetainedValue().work() }
            return nil
          }, member.toOpaque())
        guard status == 0 else {
          member.release()
          break
        }
        threads.append(thread)
      }
      body(0)
      for thread in threads { pthread_join(thread, nil) }
    }
    return threads.count + 1
  }
}
