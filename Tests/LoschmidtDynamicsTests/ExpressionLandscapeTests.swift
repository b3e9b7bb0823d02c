import LoschmidtDynamics
import LoschmidtNumerics
import Testing

@Suite struct ExpressionLandscapeTests {
  private let samples = SampleTable(
    count: 3,
    columns: [
      SampleTable.Column(name: "x", shape: .vector(2), values: [1, 2, 3, 4, 5, 6]),
      SampleTable.Column(name: "y", values: [0.5, 1, -1]),
    ])

  @Test func lossesAreThoseOfTheSamples() throws {
    let landscape = try ExpressionLandscape(
      loss: Expression(parsing: "dot(w, x) - a*y + k*t"), parameters: ParameterLayout([("w", .vector(2))]),
      samples: samples, constants: ["a": 2], protocols: [("k", Expression(parsing: "1 + a*t"))])
    // Small whole numbers: every operation is exact.
    #expect(landscape.sampleLosses(at: [1, -1]) == [-2, -3, 1])
    #expect(landscape.sampleLosses(at: [1, -1], time: 1) == [1, 0, 4])
    #expect(landscape.dimension == 2)
  }

  @Test func mistakesHavePositions() throws {
    let layout = ParameterLayout([("w", .vector(2))])
    func error(_ text: String) -> ExpressionError? {
      do throws(ExpressionError) {
        _ = try ExpressionLandscape(loss: Expression(parsing: text), parameters: layout, samples: samples)
        return nil
      } catch { return error }
    }
    #expect(error("dot(w, x)") == nil)
    #expect(error("dot(w, z)")?.position == 7)
    #expect(error("1 + w @ y")?.position == 6)
    #expect(error("w*x")?.message.contains("must be a number") == true)
  }

  /// Lanes are a multiple of 4, and fewer where one lane is large.
  @Test func lanesFitTheCaches() throws {
    let small = try ExpressionLandscape(
      loss: Expression(parsing: "u^2"), parameters: ParameterLayout([("u", .scalar)]))
    #expect(small.suggestedLanes == 256)
    let large = try ExpressionLandscape(
      loss: Expression(parsing: "sum(W^2)"), parameters: ParameterLayout([("W", .matrix(100, 100))]))
    #expect(large.suggestedLanes == 8)
  }
}
