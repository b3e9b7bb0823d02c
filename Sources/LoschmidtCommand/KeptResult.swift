import Loschmidt
import Synchronization

/// What a run has found so far: written should the run not come to its end by itself.
final class KeptResult: Sendable {
  private let result = Mutex<RunResult?>(nil)

  /// Takes a result in place of the one before.
  func take(_ new: RunResult) { result.withLock { $0 = new } }

  /// Writes it without pictures, and says where it is; for a command that ends thereafter.
  func write(to folder: ResultFolder, _ file: String) {
    guard let kept = result.withLock({ $0 }) else {
      return Terminal.complain("loschmidt: stopped before anything was done; nothing was written.")
    }
    do {
      let documents = try RunDocuments(
        undrawn: kept.repaired().result, complaints: ["The run did not come to its end; the figures were not drawn."])
      let path = try Interruption.waits { try folder.write(documents.files) }
      Terminal.complain("\(file): warning: what was done before is in \(path)")
    } catch {
      Terminal.complain((error as? ResultFolderError)?.description ?? "\(file): error: \(error)")
    }
  }
}
