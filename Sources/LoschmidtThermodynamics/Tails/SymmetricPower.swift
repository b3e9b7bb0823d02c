import LoschmidtNumerics

/// The moments of one order k of a vector as coordinates, and what a linear map makes of them.
///
/// E x_α over the monomials α of degree k in d variables, C(d + k − 1, k) of them. Under x′ = mx they move by the
/// symmetric power of m: its row α holds the coefficients of Π_j (mx)_{α_j} as a polynomial of x.
struct SymmetricPower: Sendable {
  /// d.
  let dimension: Int
  /// k.
  let order: Int
  /// The number of monomials of degree 0, 1, …, k.
  let sizes: [Int]
  /// successors[j][a d + v]: the number of the monomial a of degree j times x_v, among those of degree j + 1.
  private let successors: [[Int]]

  /// The monomials of an order.
  init(dimension: Int, order: Int) {
    self.dimension = dimension
    self.order = order
    var monomials: [[Int]] = [[]]
    var (sizes, successors): ([Int], [[Int]]) = ([1], [])
    for _ in 0..<order {
      var next: [[Int]] = []
      var places: [[Int]: Int] = [:]
      for monomial in monomials {
        for variable in (monomial.last ?? 0)..<dimension {
          places[monomial + [variable]] = next.count
          next.append(monomial + [variable])
        }
      }
      successors.append(
        monomials.flatMap { monomial in
          (0..<dimension).map { variable in
            guard let place = places[(monomial + [variable]).sorted()] else {
              preconditionFailure("all monomials of a degree are listed")
            }
            return place
          }
        })
      monomials = next
      sizes.append(next.count)
    }
    (self.sizes, self.successors) = (sizes, successors)
  }

  /// The number of moments.
  var size: Int { sizes[order] }

  /// About how many products the symmetric power of one map takes.
  var work: Double { Double(size) * Double(sizes[max(0, order - 1)]) * Double(dimension) }

  /// The same number without listing the monomials, for any dimension.
  static func work(dimension: Int, order: Int) -> Double {
    func count(_ degree: Int) -> Double {
      (0..<degree).reduce(1) { $0 * Double(dimension + $1) / Double($1 + 1) }
    }
    return count(order) * count(order - 1) * Double(dimension)
  }

  /// Adds the symmetric power of a map, times a weight, to an operator on moments.
  func add(_ map: DenseMatrix, weight: Double, to sum: inout DenseMatrix) {
    var row = 0
    extend([weight], degree: 0, from: 0, map, &row, &sum)
  }

  /// Rows come in the order of the monomials, which is that of the recursion.
  private func extend(
    _ polynomial: [Double], degree: Int, from first: Int, _ map: DenseMatrix, _ row: inout Int, _ sum: inout DenseMatrix
  ) {
    if degree == order {
      for (column, value) in polynomial.enumerated() { sum[row, column] += value }
      row += 1
      return
    }
    let table = successors[degree]
    for factor in first..<dimension {
      var product = [Double](repeating: 0, count: sizes[degree + 1])
      for (place, value) in polynomial.enumerated() where value != 0 {
        for variable in 0..<dimension { product[table[place * dimension + variable]] += value * map[factor, variable] }
      }
      extend(product, degree: degree + 1, from: factor, map, &row, &sum)
    }
  }

  /// The number of a monomial of any degree up to k, from its variables in any order.
  func place(_ variables: [Int]) -> Int {
    variables.enumerated().reduce(0) { successors[$1.offset][$0 * dimension + $1.element] }
  }

  /// The coefficients of (x·x)^{k/2} for an even order.
  var norm: [Double] {
    var polynomial = [1.0]
    for degree in stride(from: 0, to: order, by: 2) {
      var next = [Double](repeating: 0, count: sizes[degree + 2])
      for (monomial, value) in polynomial.enumerated() {
        for variable in 0..<dimension {
          let once = successors[degree][monomial * dimension + variable]
          next[successors[degree + 1][once * dimension + variable]] += value
        }
      }
      polynomial = next
    }
    return polynomial
  }

  /// The sum of the coefficients of x_1^k, …, x_d^k.
  func diagonalSum(_ coefficients: [Double]) -> Double {
    (0..<dimension).reduce(0) { $0 + coefficients[place([Int](repeating: $1, count: order))] }
  }
}
