import LoschmidtNumerics
import LoschmidtTestSupport
import Testing

/// Compares a function with a table of rows: arguments, then the value of a computation with 50 digits.
func compare(
  _ name: String, in file: String = "special-functions.json", relative: Double,
  sourceLocation: SourceLocation = #_sourceLocation, _ function: ([Double]) throws -> Double
) throws {
  let rows = try #require(ReferenceNumbers.load(file)[name]?.rows, sourceLocation: sourceLocation)
  #expect(!rows.isEmpty, sourceLocation: sourceLocation)
  for row in rows {
    let expected = try #require(row.last, sourceLocation: sourceLocation)
    let value = try function(Array(row.dropLast()))
    #expect(
      abs(value - expected) <= relative * abs(expected), "\(name)\(row.dropLast()) = \(value), not \(expected)",
      sourceLocation: sourceLocation)
  }
}

@Suite("Special functions")
struct SpecialFunctionsTests {
  /// Series and fits in double precision: each of some 40 operations may lose half an ulp of 2.2e-16.
  static let fewOperations = 20 * Double.ulpOfOne
  /// Powers such as xᵃ exp(−x) with exponents of some hundreds multiply the rounding of logarithms by as much.
  static let largeExponents = 500 * Double.ulpOfOne

  @Test("error functions against 50 digits")
  func errorFunctions() throws {
    try compare("erf", relative: Self.fewOperations) { try SpecialFunctions.erf($0[0]) }
    try compare("erfc", relative: Self.fewOperations) { try SpecialFunctions.erfc($0[0]) }
    try compare("logErfc", relative: Self.fewOperations) { try SpecialFunctions.logErfc($0[0]) }
    #expect(try SpecialFunctions.erf(-.infinity) == -1)
    #expect(try SpecialFunctions.erfc(.infinity) == 0)
    #expect(try SpecialFunctions.erfc(40) == 0)  // exp(−1600) is below the least double: underflow is no error
  }

  @Test("gamma functions against 50 digits")
  func gammaFunctions() throws {
    try compare("logGamma", relative: Self.fewOperations) { try SpecialFunctions.logGamma($0[0]) }
    try compare("gamma", relative: Self.fewOperations) { try SpecialFunctions.gamma($0[0]) }
    try compare("digamma", relative: Self.fewOperations) { try SpecialFunctions.digamma($0[0]) }
    try compare("polygamma", relative: Self.fewOperations) {
      try SpecialFunctions.polygamma(order: Int($0[0]), $0[1])
    }
    try compare("lowerIncompleteGamma", relative: Self.largeExponents) {
      try SpecialFunctions.lowerIncompleteGamma($0[0], $0[1])
    }
    try compare("upperIncompleteGamma", relative: Self.largeExponents) {
      try SpecialFunctions.upperIncompleteGamma($0[0], $0[1])
    }
    #expect(try SpecialFunctions.lowerIncompleteGamma(2, .infinity) == 1)
    #expect(try SpecialFunctions.upperIncompleteGamma(2, .infinity) == 0)
  }

  @Test("beta functions against 50 digits")
  func betaFunctions() throws {
    try compare("logBeta", relative: Self.fewOperations) { try SpecialFunctions.logBeta($0[0], $0[1]) }
    try compare("incompleteBeta", relative: Self.largeExponents) {
      try SpecialFunctions.incompleteBeta($0[0], $0[1], $0[2])
    }
  }

  @Test("Bessel functions against 50 digits")
  func besselFunctions() throws {
    // The logarithm of a sum of some hundred terms: absolute where the logarithm is small.
    let rows = try #require(ReferenceNumbers.load("special-functions.json")["logBesselK"]?.rows)
    #expect(!rows.isEmpty)
    for row in rows {
      let value = try SpecialFunctions.logBesselK(order: row[0], row[1])
      #expect(abs(value - row[2]) <= Self.fewOperations * max(1, abs(row[2])), "logBesselK\(row) = \(value)")
    }
  }

  @Test("arguments outside the domain are errors, not the end of the process")
  func domains() {
    expectError("GSL_EDOM") { try SpecialFunctions.erf(.nan) }
    expectError("GSL_EDOM") { try SpecialFunctions.erfc(.nan) }
    expectError("GSL_EDOM") { try SpecialFunctions.logErfc(.infinity) }
    for pole in [0.0, -1, -7, -.infinity, .infinity, .nan] {
      expectError("GSL_EDOM") { try SpecialFunctions.logGamma(pole) }
      expectError("GSL_EDOM") { try SpecialFunctions.gamma(pole) }
      expectError("GSL_EDOM") { try SpecialFunctions.digamma(pole) }
    }
    expectError("GSL_EDOM") { try SpecialFunctions.polygamma(order: -1, 1) }
    expectError("GSL_EDOM") { try SpecialFunctions.polygamma(order: 1 << 40, 1) }
    expectError("GSL_EDOM") { try SpecialFunctions.polygamma(order: 2, 0) }
    expectError("GSL_EDOM") { try SpecialFunctions.lowerIncompleteGamma(0, 1) }
    expectError("GSL_EDOM") { try SpecialFunctions.upperIncompleteGamma(1, -1) }
    expectError("GSL_EDOM") { try SpecialFunctions.logBeta(-1, 1) }
    expectError("GSL_EDOM") { try SpecialFunctions.logBesselK(order: -0.5, 1) }
    expectError("GSL_EDOM") { try SpecialFunctions.logBesselK(order: 1, 0) }
    expectError("GSL_EDOM") { try SpecialFunctions.incompleteBeta(1, 1, 1.5) }
  }

  @Test("overflow is an error that names the argument")
  func overflow() throws {
    let error = try #require(throws: GSLError.self) { try SpecialFunctions.gamma(172) }
    #expect(error.name == "GSL_EOVRFLW")
    #expect(error.function == "gsl_sf_gamma_e")
    #expect(error.message.contains("172"))
    expectError("GSL_EOVRFLW") { try SpecialFunctions.logGamma(1e308) }
  }
}
