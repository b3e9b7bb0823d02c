import Foundation

/// The monomials t₁^{k₁}⋯t_r^{k_r} with k_i ≤ m_i, and which products of two of them stay among them.
struct MonomialTable: Sendable {
  let degrees: [Int]
  let count: Int
  let products: [(left: Int, right: Int, result: Int)]

  init(degrees: [Int]) {
    self.degrees = degrees
    let count = degrees.reduce(1) { $0 * ($1 + 1) }
    func digits(_ index: Int) -> [Int] {
      var rest = index
      return degrees.map { degree in
        defer { rest /= degree + 1 }
        return rest % (degree + 1)
      }
    }
    let all = (0..<count).map(digits)
    var products: [(left: Int, right: Int, result: Int)] = []
    for left in 0..<count {
      for right in 0..<count
      where degrees.indices.allSatisfy({ all[left][$0] + all[right][$0] <= degrees[$0] }) {
        // Without a carry the mixed-radix numbers of two monomials add up to that of their product.
        products.append((left, right, left + right))
      }
    }
    self.count = count
    self.products = products
  }

  /// The index of t_i.
  func index(of variable: Int) -> Int { degrees[..<variable].reduce(1) { $0 * ($1 + 1) } }
}

/// A polynomial in a few small numbers t_i, cut off beyond given powers: the derivatives of a test loss come from here.
///
/// It shares no code with the calculus that it tests.
public struct TruncatedPolynomial: Sendable {
  let table: MonomialTable
  var coefficients: [Double]

  init(_ constant: Double, table: MonomialTable) {
    self.table = table
    coefficients = [Double](repeating: 0, count: table.count)
    coefficients[0] = constant
  }

  /// The sum of two polynomials.
  public static func + (left: Self, right: Self) -> Self {
    var sum = left
    for k in sum.coefficients.indices { sum.coefficients[k] += right.coefficients[k] }
    return sum
  }

  /// The difference of two polynomials.
  public static func - (left: Self, right: Self) -> Self {
    var difference = left
    for k in difference.coefficients.indices { difference.coefficients[k] -= right.coefficients[k] }
    return difference
  }

  /// The product, cut off.
  public static func * (left: Self, right: Self) -> Self {
    var product = Self(0, table: left.table)
    for (i, j, k) in left.table.products { product.coefficients[k] += left.coefficients[i] * right.coefficients[j] }
    return product
  }

  /// A number plus a polynomial.
  public static func + (left: Double, right: Self) -> Self {
    var sum = right
    sum.coefficients[0] += left
    return sum
  }

  /// A number times a polynomial.
  public static func * (left: Double, right: Self) -> Self {
    var product = right
    for k in product.coefficients.indices { product.coefficients[k] *= left }
    return product
  }

  /// A polynomial minus a number.
  public static func - (left: Self, right: Double) -> Self { -right + left }

  /// tanh of the polynomial, by Taylor's formula about its constant term and y′ = 1 − y².
  public var hyperbolicTangent: Self {
    var taylor = [tanh(coefficients[0])]
    for k in 0..<table.degrees.reduce(0, +) {
      let square = (0...k).reduce(0.0) { $0 + taylor[$1] * taylor[k - $1] }
      taylor.append(((k == 0 ? 1 : 0) - square) / Double(k + 1))
    }
    var remainder = self
    remainder.coefficients[0] = 0
    return taylor.dropLast().reversed().reduce(Self(taylor[taylor.count - 1], table: table)) { $1 + remainder * $0 }
  }
}
