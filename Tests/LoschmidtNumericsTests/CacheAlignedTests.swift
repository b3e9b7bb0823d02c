import Testing

@testable import LoschmidtNumerics

@Suite struct CacheAlignedTests {
  @Test(arguments: [0, 1, 7, 64, 1001]) func placesAreAlignedAndSet(count: Int) {
    let doubles = UnsafeMutablePointer.cacheAligned(repeating: 2.5, count: count)
    let whole = UnsafeMutablePointer.cacheAligned(repeating: Int32(-3), count: count)
    defer {
      doubles.deallocate()
      whole.deallocate()
    }
    #expect(UInt(bitPattern: doubles) % 64 == 0 && UInt(bitPattern: whole) % 64 == 0)
    #expect((0..<count).allSatisfy { doubles[$0] == 2.5 && whole[$0] == -3 })
  }
}
