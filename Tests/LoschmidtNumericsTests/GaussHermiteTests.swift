import Foundation
import LoschmidtNumerics
import Testing

@Suite struct GaussHermiteTests {
  /// E Z^{2k} = (2k − 1)!!, exactly up to degree 2n − 1.
  @Test(arguments: [1, 3, 8, 20]) func integratesMoments(count: Int) {
    let rule = GaussHermite(count: count)
    var moment = 1.0
    for k in 0..<count {
      if k > 0 { moment *= Double(2 * k - 1) }
      // The sum has positive terms; nodes are good to a few units in the last place, powers multiply that by 2k.
      #expect(abs(rule.expectation { pow($0, Double(2 * k)) } / moment - 1) < 1e-14 * Double(10 + 10 * k))
      #expect(abs(rule.expectation { pow($0, Double(2 * k + 1)) }) < 1e-13 * moment * Double(10 + 10 * k))
    }
  }

  @Test func integratesAnEntireFunction() {
    // E e^Z = e^{1/2}; 20 nodes leave less than 1e-16.
    #expect(abs(GaussHermite(count: 20).expectation(of: exp) / exp(0.5) - 1) < 1e-13)
  }
}
