/// How work of many stages hears that it is to stop.
///
/// Who starts the work says once whom it listens to. Ensembles, pieces of parallel work, flows and whatever else may take
/// seconds ask, on whatever thread they run, and throw ``Stopped`` or end with what they have. A request is never taken
/// back, so that the stage above knows by asking again that what it was handed is not whole.
public enum StopRequest {
  @TaskLocal private static var listener: @Sendable () -> Bool = { false }

  /// Does work that stops where `isStopped` says so; it is asked often, by any thread.
  public static func listening<Value>(
    to isStopped: @escaping @Sendable () -> Bool, _ work: () throws -> Value
  ) rethrows -> Value {
    try $listener.withValue(isStopped, operation: work)
  }

  /// Whether the work is to stop; `false` where nobody listens.
  public static var isMade: Bool { listener() }

  /// Goes on unless the work is to stop.
  ///
  /// - Throws: ``Stopped`` where it is.
  public static func check() throws(Stopped) {
    if isMade { throw Stopped() }
  }

  /// The listener of this thread, to be passed on to another one.
  static var current: @Sendable () -> Bool { listener }
}

/// The work was asked to stop, and there is nothing whole to hand on.
public struct Stopped: Error, Sendable, Equatable {
  /// The only value.
  public init() {}
}
