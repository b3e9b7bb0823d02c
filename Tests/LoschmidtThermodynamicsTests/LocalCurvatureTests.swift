import LoschmidtNumerics
import LoschmidtTestSupport
import LoschmidtThermodynamics
import Testing

@Suite struct LocalCurvatureTests {
  static let potentials = ReferenceEntry.expansions(ofKind: "potentials")

  @Test(arguments: potentials.indices) func agreesWithTheReferenceHessians(index: Int) throws {
    let entry = Self.potentials[index]
    let field = try #require(HandwrittenField.named(entry["loss"], lanes: 2))
    let theta = entry["theta"].doubles
    let hessian = entry["hessian"].rows
    let oracle = QuadraticOracle(hessian: hessian, linear: [Double](repeating: 0, count: theta.count), point: theta)
    let curvature = LocalCurvature(of: field, at: Block(broadcasting: theta, lanes: 2))
    let norm = oracle.eigenvalues.map(abs).max() ?? 0
    for lane in 0..<2 {
      // Raised by 8 ε‖H‖ on purpose; Lanczos adds a few units in the last place.
      #expect(abs(curvature.largestEigenvalues[lane] - (oracle.eigenvalues.max() ?? 0)) < 1e-13 * norm)
      #expect(abs(curvature.operatorNorms[lane] - norm) < 1e-13 * norm)
    }
  }
}
