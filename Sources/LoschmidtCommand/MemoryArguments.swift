import ArgumentParser
import Loschmidt

/// The argument that limits memory.
struct MemoryArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "How much memory a run may take, such as 8GB or 500MiB; a run that would need more is refused before it begins. "
        + "By default three quarters of the machine's, or of its control group's.",
      valueName: "size"))
  var maxMemory: String?

  /// The limit.
  var limit: MemoryLimit { maxMemory.flatMap { MemoryLimit($0) } ?? .ofThisMachine }

  func validate() throws {
    if let maxMemory, MemoryLimit(maxMemory) == nil {
      throw ValidationError(
        "--max-memory needs a number with a unit, kB, MB, GB, TB or KiB, MiB, GiB, TiB, such as 8GB, and got "
          + "'\(maxMemory)'.")
    }
  }
}
