import CKernels
import LoschmidtTestSupport
import Testing

/// The builds of the kernels; the choice between them is global, so that these tests take turns.
@Suite(.serialized) struct DispatchTests {
  static let baseline: Int32 = 0
  static let best = lk_backend()

  /// Ordinary arguments, arguments with random bits (also subnormal numbers, infinities and NaN), and special ones.
  static let arguments: [Double] = {
    var random = TestRandom(seed: 11)
    let ordinary = random.vector(600, in: -4...4) + random.vector(300, in: -750...750)
    let wild = (0..<600).map { _ in Double(bitPattern: random.next()) }
    return ordinary + wild + [0, -0.0, 1, 2, -1, 0.5, 5e-324, -5e-324, .infinity, -.infinity, .nan, 0x1p28, 0x1p60]
  }()

  private func expectSameBits(_ name: String, _ compute: () -> [Double]) {
    #expect(lk_set_backend(Self.baseline) == Self.baseline)
    let expected = compute()
    #expect(lk_set_backend(Self.best) == Self.best)
    let actual = compute()
    #expect(zip(expected, actual).allSatisfy(areIdentical), "\(name)")
  }

  @Test func theBitsDoNotDependOnTheProcessor() {
    for kernel in unaryKernels { expectSameBits(kernel.name) { apply(kernel.function, to: Self.arguments) } }
    for order in 0...8 { expectSameBits("polygamma \(order)") { polygamma(order, of: Self.arguments) } }
    let exponents = Array(Self.arguments.reversed())
    expectSameBits("pow") { power(Self.arguments, exponents) }
  }

  @Test func refusesWhatTheProcessorLacks() {
    #expect(lk_set_backend(2) == Self.best)
    #expect(lk_set_backend(-1) == Self.best)
  }

  /// The last values of an array that is no multiple of the vector, at places of any alignment.
  @Test func everyLengthAndPlace() {
    let x = (0..<24).map { 0.3 + Double($0) / 7 }
    let whole = apply(LK_EXP, to: x)
    for count in 0...17 {
      for offset in 0..<4 {
        var y = [Double](repeating: -7, count: 24)
        x.withUnsafeBufferPointer { from in
          y.withUnsafeMutableBufferPointer { to in
            guard let source = from.baseAddress, let destination = to.baseAddress else { return }
            lk_apply(LK_EXP, source + offset, destination + 1, count)
          }
        }
        #expect(y[0] == -7 && y[(count + 1)...].allSatisfy { $0 == -7 })
        #expect(Array(y[1..<(count + 1)]) == Array(whole[offset..<(offset + count)]))
        #expect(power(Array(x[..<count]), Array(x[..<count])).count == count)
      }
    }
  }

  /// A result may overwrite its argument.
  @Test func inPlace() {
    var x = Self.arguments
    let count = x.count
    x.withUnsafeMutableBufferPointer { lk_apply(LK_TANH, $0.baseAddress, $0.baseAddress, count) }
    #expect(zip(x, apply(LK_TANH, to: Self.arguments)).allSatisfy(areIdentical))
  }
}
