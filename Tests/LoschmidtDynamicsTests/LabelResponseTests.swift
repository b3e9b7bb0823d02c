import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtTestSupport
import Testing

@Suite struct LabelResponseTests {
  private func landscape(_ loss: String) throws -> ExpressionLandscape {
    try ExpressionLandscape(
      loss: Expression(parsing: loss), parameters: ParameterLayout([("u", .scalar), ("w", .vector(2))]),
      samples: SampleTable(
        count: 3,
        columns: [
          SampleTable.Column(name: "a", values: [1, -2, 0.5]),
          SampleTable.Column(name: "y", shape: .vector(2), values: [1, 2, 3, 4, 5, 6]),
        ]),
      constants: ["k": 3])
  }

  private func response(_ loss: String, column: String = "y") throws -> LabelResponse? {
    LabelResponse(try landscape(loss), column: column)
  }

  /// ℓ = ½|uw − y|²: ∂∇ℓ/∂y_c = −(w_c, u e_c).
  @Test func aResponseThatDependsOnTheta() throws {
    let response = try #require(try response("0.5*sum((u*w - y)^2)"))
    #expect(response.isAffine && !response.isJointlyAffine && response.entryCount == 2)
    let covariance = response.covariance(at: [2, 3, 5], time: 0)
    // Sums of products of small whole numbers, averaged over three equal samples.
    #expect(agrees(covariance.entries, with: [34, 6, 10, 6, 4, 0, 10, 0, 4], relative: 1e-15))
    let field = LabelResponseField(response, lanes: 4)
    let (theta, result) = (field.storage, field.storage)
    for lane in 0..<4 { (theta[0, lane], theta[1, lane], theta[2, lane]) = (Double(lane), 3, 5) }
    field.evaluate(sample: 1, entry: 1, at: theta.pointer, into: result.pointer)
    #expect(result.vector(lane: 3) == [-5, 0, -3] && result.vector(lane: 1) == [-5, 0, -1])
  }

  @Test func samplesAndTimeCount() throws {
    let response = try #require(try response("0.5*(k*a*t*u - sum(y))^2"))
    #expect(response.isJointlyAffine)
    // v = −kat for both entries: 2 × 9 × 4 × mean a² at t = 2.
    #expect(agrees(response.covariance(at: [7, 0, 0], time: 2)[0, 0], with: 2 * 9 * 4 * 5.25 / 3, relative: 1e-15))
    #expect(response.covariance(at: [7, 0, 0], time: 0).largestEntry == 0)
  }

  @Test func whatIsAffine() throws {
    #expect(try response("0.5*(u - a)^2", column: "b") == nil)
    let square = try #require(try response("0.5*(u - a)^2*a", column: "a"))
    #expect(!square.isAffine && !square.isJointlyAffine)
    let fourth = try #require(try response("u^4 - u*a", column: "a"))
    #expect(fourth.isAffine && !fourth.isJointlyAffine)
    #expect(try #require(try response("u*abs(a) + u^2", column: "a")).isAffine == false)
  }
}
