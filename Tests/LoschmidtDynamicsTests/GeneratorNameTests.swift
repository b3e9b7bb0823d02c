import LoschmidtDynamics
import LoschmidtNumerics
import Testing

@Suite struct GeneratorNameTests {
  @Test func everyAlgorithmHasItsName() {
    #expect(GeneratorName.allCases.map(\.algorithm) == RandomGenerator.Algorithm.allCases)
    for name in GeneratorName.allCases { #expect(name.rawValue == name.algorithm.rawValue) }
  }
}
