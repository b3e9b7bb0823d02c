import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtTestSupport
import Testing

@Suite struct QuadraticProcessTests {
  private func read(_ text: ProcessText, time: Double = 0) throws -> QuadraticProcess? {
    QuadraticProcess(try text.landscape(), try text.force(), text.layout, time: time)
  }

  /// Many samples are read side by side; each has the bits that it has alone, in whole and in broken blocks.
  @Test(arguments: [63, 64, 65, 200])
  func manySamplesHaveTheBitsOfOne(count: Int) throws {
    let columns: [[Double]] = [1.7, 0.6, 2.9].map { (width: Double) in
      (0..<count).map { (index: Int) -> Double in Double((index * 37 + 11) % 101) * width / 7 - 3 }
    }
    func samples(_ rows: Range<Int>) -> SampleTable {
      SampleTable(
        count: rows.count, columns: zip(["a", "b", "y"], columns).map { .init(name: $0, values: Array($1[rows])) })
    }
    let loss = "0.5*(w*a + v*b - y)^2 + 0.3*w*v*a"
    let all = try #require(try read(ProcessText(["w", "v"], loss: loss, samples: samples(0..<count))))
    for i in [0, 1, 62, 63, count - 1] where i < count {
      let one = try #require(try read(ProcessText(["w", "v"], loss: loss, samples: samples(i..<i + 1))))
      #expect(all.hessians[i] == one.hessians[0] && all.linearTerms[i] == one.linearTerms[0])
    }
    #expect(all.hessians.count == count)
  }

  // ½(wa + b − y)² by hand: H = (a², a; a, 1), h = (ay, y), c = y²/2. All numbers are small fractions, so exact.
  @Test func regressionByHand() throws {
    let (a, y) = ([0.5, -2, 3], [1.0, 0.25, -4])
    let samples = SampleTable(count: 3, columns: [.init(name: "a", values: a), .init(name: "y", values: y)])
    let process = try #require(
      try read(ProcessText(["w", "b"], loss: "0.5*(w*a + b - y)^2", samples: samples)))
    #expect(process.dimension == 2)
    for i in 0..<3 {
      #expect(process.hessians[i] == [a[i] * a[i], a[i], a[i], 1])
      #expect(process.linearTerms[i] == [a[i] * y[i], y[i]])
      #expect(process.constants[i] == 0.5 * y[i] * y[i])
    }
    let mean = process.meanLoss
    let expected = [13.25 / 3, 0.5, 0.5, 1]
    // Three products and sums.
    #expect(zip(mean.hessian, expected).allSatisfy { abs($0 - $1) <= 4 * $1.ulp })
    #expect(abs(mean.linear[0] - (0.5 - 0.5 - 12) / 3) <= 4 * 4.0.ulp)
    let field = process.meanGradient
    #expect(zip(field.matrix, expected).allSatisfy { abs($0 - $1) <= 4 * $1.ulp })
    #expect(abs(field.constant[1] - 2.75 / 3) <= 4 * 1.0.ulp)
  }

  @Test func aForceIsRead() throws {
    let text = ProcessText(["x", "y"], loss: "x^2 + 3*x*y", forces: [("y", "2*x - 5*y + 7")])
    let process = try #require(try read(text))
    #expect(process.negativeForce == AffineMap(matrix: [0, 0, -2, 5], constant: [0, -7]))
    #expect(process.meanGradient == AffineMap(matrix: [2, 3, 1, 5], constant: [0, -7]))
    let forceOnly = try #require(try read(ProcessText(["x"], loss: nil, forces: [("x", "1 - 4*x")])))
    #expect(forceOnly.hessians.isEmpty && forceOnly.meanGradient == AffineMap(matrix: [4], constant: [-1]))
  }

  @Test func coefficientsAreTakenAtTheTime() throws {
    let text = ProcessText(["x"], loss: "0.5*k*(x - t)^2", protocols: [("k", "2 + t")])
    let process = try #require(try read(text, time: 2))
    #expect(process.hessians == [[4]] && process.linearTerms == [[8]] && process.constants == [8])
  }

  @Test(arguments: ["x^3", "x^2*y", "exp(x)", "relu(x)*x", "abs(x - y)", "x^2/0"])
  func otherLossesAreRefused(loss: String) throws {
    #expect(try read(ProcessText(["x", "y"], loss: loss)) == nil)
  }

  @Test func otherForcesAndLargeDimensionsAreRefused() throws {
    #expect(try read(ProcessText(["x"], loss: "x^2", forces: [("x", "-x^3")])) == nil)
    #expect(try read(ProcessText(["x"], loss: "x^2", forces: [("x", "tanh(x)")])) == nil)
    var text = ProcessText([], loss: "sum(w^2)")
    text.parameters = [("w", .vector(QuadraticProcess.largestDimension))]
    #expect(try read(text) != nil)
    text.parameters = [("w", .vector(QuadraticProcess.largestDimension + 1))]
    #expect(try read(text) == nil)
  }
}
