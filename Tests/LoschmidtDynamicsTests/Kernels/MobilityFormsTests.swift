import LoschmidtNumerics
import Testing

@testable import LoschmidtDynamics

@Suite struct MobilityFormsTests {
  private let lanes = 4

  private func form(_ law: StepLaw, _ vectors: [[Double]], scale: Double) -> [Double] {
    let g = LaneStorage(dimension: law.dimension, lanes: lanes)
    let result = LaneStorage(dimension: 1, lanes: lanes)
    result.fill(10)
    for (lane, vector) in vectors.enumerated() {
      for (i, value) in vector.enumerated() { g[i, lane] = value }
    }
    law.addMobilityForm(scale, of: g.pointer, lanes: lanes, to: result.pointer)
    return result.vector(lane: 0) + (1..<lanes).flatMap { result.vector(lane: $0) }
  }

  @Test func aFullMobilityByHand() throws {
    let law = try StepLaw(
      mobility: DenseMatrix([[2, 0.5], [0.5, 1]]), covariance: DenseMatrix([[1, 0.2], [0.2, 0.8]]))
    // gᵀMg = 2 g₁² + g₁g₂ + g₂²: 4 for (1, −2), 2 for (1, 0), 1 for (0, 1), 4 for (1, 1); whole numbers are exact.
    #expect(form(law, [[1, -2], [1, 0], [0, 1], [1, 1]], scale: 3) == [22, 16, 13, 22])
    // M⁻¹ = [[1, −0.5], [−0.5, 2]]/1.75, so that tr(M⁻¹Σ) = (1 − 0.2 + 1.6)/1.75; a dozen roundings of numbers up to 2.
    #expect(abs(law.noiseOverMobility - 2.4 / 1.75) < 1e-14)
    #expect(law.mobilityTrace(with: DenseMatrix([[1, 3], [5, 7]])) == 2 + 0.5 * 3 + 0.5 * 5 + 7)
  }

  @Test func aDiagonalMobilityAgreesWithTheSameAsAMatrix() throws {
    let (rates, variances) = ([0.5, 0.25, 2], [0.1, 0.3, 0.2])
    let diagonal = StepLaw(rates: rates, variances: variances)
    let full = try StepLaw(mobility: .diagonal(rates), covariance: .diagonal(variances))
    let vectors = [[1.0, 2, 3], [-1, 0.5, 0.25], [0, 0, 1], [3, -2, 1]]
    for (left, right) in zip(form(diagonal, vectors, scale: 0.7), form(full, vectors, scale: 0.7)) {
      // Three terms of up to 20, rounded in another order.
      #expect(abs(left - right) < 1e-13)
    }
    #expect(abs(diagonal.noiseOverMobility - full.noiseOverMobility) < 1e-14)
    #expect(abs(diagonal.noiseOverMobility - (0.1 / 0.5 + 0.3 / 0.25 + 0.2 / 2)) < 1e-14)
    let matrix = DenseMatrix([[1, 2, 3], [4, 5, 6], [7, 8, 9]])
    #expect(diagonal.mobilityTrace(with: matrix) == full.mobilityTrace(with: matrix))
  }
}
