import Foundation

/// The three standard streams are there, whatever they were when the command was started.
enum StandardStreams {
  /// Opens those that are closed on the null device: what is read there is empty, what is written is thrown away.
  ///
  /// Otherwise the next file that is opened, a file of results for one, would take the number of the stream, and messages
  /// would be written into it. Called before anything is opened.
  static func open() {
    for (stream, mode) in [(Int32(0), O_RDONLY), (1, O_WRONLY), (2, O_WRONLY)]
    where fcntl(stream, F_GETFD) < 0 && errno == EBADF {
      // The lowest free number is the stream's own, since those below it are open.
      let descriptor = Foundation.open("/dev/null", mode)
      if descriptor >= 0, descriptor != stream {
        dup2(descriptor, stream)
        close(descriptor)
      }
    }
  }

  /// A file that grows beyond a limit of the system is an error of writing, not the end of the command.
  static func reportFullFiles() { signal(SIGXFSZ, SIG_IGN) }
}
