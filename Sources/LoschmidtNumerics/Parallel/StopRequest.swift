import Foundation

/// How work of many stages hears that it is to stop.
///
/// Who starts the work says once whom it listens to. Ensembles, pieces of parallel work, flows and whatever else may take
/// seconds ask, on whatever thread they run, and throw ``Stopped`` or end with what they have. A request is never taken
/// back, so that the stage above knows by asking again that what it was handed is not whole.
public enum StopRequest {
  private final class Listener {
    let isStopped: @Sendable () -> Bool
    init(_ isStopped: @escaping @Sendable () -> Bool) { self.isStopped = isStopped }
  }

  /// Each thread has its own listener: task-local values need a task.
  private static let key: pthread_key_t = {
    var key = pthread_key_t()
    precondition(pthread_key_create(&key, nil) == 0, "the system has keys for values of threads")
    return key
  }()

  /// Does work that stops where `isStopped` says so; it is asked often, by any thread.
  public static func listening<Value>(
    to isStopped: @escaping @Sendable () -> Bool, _ work: () throws -> Value
  ) rethrows -> Value {
    let (listener, outer) = (Listener(isStopped), pthread_getspecific(key))
    pthread_setspecific(key, Unmanaged.passUnretained(listener).toOpaque())
    defer { pthread_setspecific(key, outer) }
    return try withExtendedLifetime(listener) { try work() }
  }

  /// Whether the work is to stop; `false` where nobody listens.
  public static var isMade: Bool { listener?.isStopped() ?? false }

  /// Goes on unless the work is to stop.
  ///
  /// - Throws: ``Stopped`` where it is.
  public static func check() throws(Stopped) {
    if isMade { throw Stopped() }
  }

  /// The listener of this thread, to be passed on to another one.
  static var current: @Sendable () -> Bool {
    guard let listener else { return { false } }
    return listener.isStopped
  }

  private static var listener: Listener? {
    pthread_getspecific(key).map { Unmanaged<Listener>.fromOpaque($0).takeUnretainedValue() }
  }
}

/// The work was asked to stop, and there is nothing whole to hand on.
public struct Stopped: Error, Sendable, Equatable {
  /// The only value.
  public init() {}
}
