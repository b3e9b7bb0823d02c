import LoschmidtDynamics
import LoschmidtNumerics
import Testing

@Suite struct GeneratorNameTests {
  @Test func theClassicalOnesAreThoseOfGSL() {
    #expect(GeneratorName.allCases.first == .philox)
    #expect(
      GeneratorName.allCases.dropFirst().map(\.rawValue) == ClassicalGenerator.Algorithm.allCases.map(\.rawValue))
  }
}
