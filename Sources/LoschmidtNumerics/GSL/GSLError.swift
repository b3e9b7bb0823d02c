import CGSL

/// A failure that the GNU Scientific Library reports, or an argument that it would not survive.
///
/// GSL's default error handler, which aborts the process, is switched off before the first call of the library.
/// Every status other than success becomes a value of this type.
public struct GSLError: Error, Sendable, Equatable {
  /// GSL's status code, such as 1 for `GSL_EDOM`.
  public let status: Int
  /// GSL's name of the status, such as `GSL_EDOM`.
  public let name: String
  /// GSL's own message and, after a colon, what is known about the cause.
  public let message: String
  /// The C function that reported the failure, or that the argument was kept from.
  public let function: String

  /// Describes `status` in GSL's words.
  ///
  /// - Parameters:
  ///   - status: One of GSL's codes.
  ///   - function: The name of the C function.
  ///   - detail: What is known about the cause, such as a name, the value got and what is allowed.
  init(status: Int, function: String, detail: String? = nil) {
    let text = gsl_strerror(Int32(truncatingIfNeeded: status)).map { String(cString: $0) } ?? "unknown error code"
    self.status = status
    self.name = Self.names[status] ?? "status \(status)"
    self.message = detail.map { "\(text): \($0)" } ?? text
    self.function = function
  }

  /// An argument outside the domain of a function.
  static func domain(_ function: String, _ detail: String) -> GSLError {
    GSLError(status: GSL_EDOM, function: function, detail: detail)
  }

  /// A computation that is refused, because it would take too long or too much memory.
  public static func beyondReach(_ function: String, _ detail: String) -> GSLError {
    GSLError(status: GSL_EMAXITER, function: function, detail: detail)
  }

  /// Whether a computation was given up because it would take too many steps.
  public var isOutOfSteps: Bool { status == GSL_EMAXITER }

  private static let names: [Int: String] = [
    GSL_FAILURE: "GSL_FAILURE", GSL_CONTINUE: "GSL_CONTINUE", GSL_SUCCESS: "GSL_SUCCESS", GSL_EDOM: "GSL_EDOM",
    GSL_ERANGE: "GSL_ERANGE", GSL_EFAULT: "GSL_EFAULT", GSL_EINVAL: "GSL_EINVAL", GSL_EFAILED: "GSL_EFAILED",
    GSL_EFACTOR: "GSL_EFACTOR", GSL_ESANITY: "GSL_ESANITY", GSL_ENOMEM: "GSL_ENOMEM",
    GSL_EBADFUNC: "GSL_EBADFUNC", GSL_ERUNAWAY: "GSL_ERUNAWAY", GSL_EMAXITER: "GSL_EMAXITER",
    GSL_EZERODIV: "GSL_EZERODIV", GSL_EBADTOL: "GSL_EBADTOL", GSL_ETOL: "GSL_ETOL", GSL_EUNDRFLW: "GSL_EUNDRFLW",
    GSL_EOVRFLW: "GSL_EOVRFLW", GSL_ELOSS: "GSL_ELOSS", GSL_EROUND: "GSL_EROUND", GSL_EBADLEN: "GSL_EBADLEN",
    GSL_ENOTSQR: "GSL_ENOTSQR", GSL_ESING: "GSL_ESING", GSL_EDIVERGE: "GSL_EDIVERGE", GSL_EUNSUP: "GSL_EUNSUP",
    GSL_EUNIMPL: "GSL_EUNIMPL", GSL_ECACHE: "GSL_ECACHE", GSL_ETABLE: "GSL_ETABLE", GSL_ENOPROG: "GSL_ENOPROG",
    GSL_ENOPROGJ: "GSL_ENOPROGJ", GSL_ETOLF: "GSL_ETOLF", GSL_ETOLX: "GSL_ETOLX", GSL_ETOLG: "GSL_ETOLG",
    GSL_EOF: "GSL_EOF",
  ]
}

/// The state of the C library that the whole process shares.
enum GSLLibrary {
  private static let errorHandlerIsOff: Void = cgsl_switch_error_handler_off()

  /// Switches the aborting error handler off, once in a process; every file that calls GSL goes through here first.
  @inline(__always)
  static func prepare() { _ = errorHandlerIsOff }

  /// Turns a status into an error unless it is success.
  @inline(__always)
  static func check(_ status: Int32, _ function: String, detail: String? = nil) throws(GSLError) {
    if status != 0 { throw GSLError(status: Int(status), function: function, detail: detail) }
  }

  /// Turns a failed allocation into an error.
  static func allocated<Pointer>(_ pointer: Pointer?, _ function: String) throws(GSLError) -> Pointer {
    guard let pointer else { throw GSLError(status: GSL_ENOMEM, function: function) }
    return pointer
  }
}
