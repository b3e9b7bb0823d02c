import Testing

@testable import LoschmidtExperiments

@Suite struct MemoryLimitTests {
  @Test(arguments: [
    ("8GB", 8e9), ("500 MB", 5e8), ("1.5GiB", 1.5 * 1_073_741_824), ("64kB", 64e3), ("2TB", 2e12), ("100B", 100),
  ]) func readsAmounts(text: String, bytes: Double) {
    #expect(MemoryLimit(text)?.bytes == bytes)
  }

  @Test(arguments: ["8", "GB", "-1GB", "0GB", "nanGB", "infGB", "8 XB", ""]) func refusesOthers(text: String) {
    #expect(MemoryLimit(text) == nil)
  }

  /// This machine has memory, and the process occupies some of it.
  @Test func knowsTheMachine() {
    #expect(MemoryLimit.ofThisMachine.bytes > 1e8)
    #expect(MemoryLimit.occupied > 1e6 && MemoryLimit.occupied < MemoryLimit.ofThisMachine.bytes * 4 / 3)
  }

  @Test(arguments: [(1.23e9, "1.2 GB"), (5e12, "5 TB"), (2.5e6, "2.5 MB"), (1000, "1 kB")])
  func writesAmounts(bytes: Double, text: String) {
    #expect(MemoryLimit.text(bytes) == text)
  }
}
