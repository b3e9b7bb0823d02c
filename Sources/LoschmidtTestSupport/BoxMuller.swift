import Foundation

extension TestRandom {
  /// A standard normal number, by Box and Muller's transform.
  public mutating func boxMullerNormal() -> Double {
    let radius = (-2 * log(Double((next() >> 11) + 1) * 0x1p-53)).squareRoot()
    return radius * cos(2 * Double.pi * (Double(next() >> 11) * 0x1p-53))
  }
}
