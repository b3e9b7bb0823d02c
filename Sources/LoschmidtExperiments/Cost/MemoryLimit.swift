import Foundation
import LoschmidtReports

/// How much memory a run may take, and amounts of memory as people write them.
public struct MemoryLimit: Sendable, Equatable {
  /// The number of bytes.
  public let bytes: Double

  /// A limit of so many bytes.
  public init(bytes: Double) { self.bytes = bytes }

  /// A number with a unit: B, kB, MB, GB, TB in powers of 1000, or KiB, MiB, GiB, TiB in powers of 1024; `nil` for anything
  /// else, and for what is not positive.
  public init?(_ text: String) {
    let units: [(String, Double)] = [
      ("KiB", 1024), ("MiB", 1_048_576), ("GiB", 1_073_741_824), ("TiB", 1_099_511_627_776), ("kB", 1e3), ("KB", 1e3),
      ("MB", 1e6), ("GB", 1e9), ("TB", 1e12), ("B", 1),
    ]
    guard let (unit, factor) = units.first(where: { text.hasSuffix($0.0) }),
      let number = Double(text.dropLast(unit.count).trimmingCharacters(in: .whitespaces)), number > 0, number.isFinite
    else { return nil }
    bytes = number * factor
  }

  /// Three quarters of the memory that this process may have: that of the machine, or of its control group where that is
  /// less.
  public static var ofThisMachine: MemoryLimit {
    let files = ["/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"]
    let groups = files.compactMap { path in
      (try? String(contentsOfFile: path, encoding: .utf8)).flatMap {
        Double($0.trimmingCharacters(in: .whitespacesAndNewlines))
      }
    }
    let machine = Double(ProcessInfo.processInfo.physicalMemory)
    return MemoryLimit(bytes: 0.75 * groups.filter { $0 > 0 }.reduce(machine, min))
  }

  /// What this process occupies now, in bytes; 0 where the system does not say.
  static var occupied: Double {
    guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else { return 0 }
    let fields = text.split(separator: " ")
    return fields.count > 1 ? (Double(fields[1]) ?? 0) * Double(sysconf(Int32(_SC_PAGESIZE))) : 0
  }

  /// A number of bytes for people, such as 1.2 GB.
  public static func text(_ bytes: Double) -> String {
    for (unit, size) in [("EB", 1e18), ("PB", 1e15), ("TB", 1e12), ("GB", 1e9), ("MB", 1e6)] where bytes >= size {
      return NumberText.rounded(bytes / size, digits: 2) + " " + unit
    }
    return "\(Int((max(0, bytes) / 1e3).rounded())) kB"
  }
}
