import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtTestSupport
import LoschmidtThermodynamics
import Testing

@Suite struct NoetherChargeTests {
  private func steps(
    _ charge: NoetherCharge, from points: [[Double]], gradients: [[Double]], eta: Double
  ) -> [NoetherCharge.Step] {
    let (before, slopes) = (LaneStorage(columns: points), LaneStorage(columns: gradients))
    let after = LaneStorage(columns: zip(points, gradients).map { Vectors.sum($0, $1, times: -eta) })
    return charge.steps(
      from: before.pointer, to: after.pointer, gradient: slopes.pointer, learningRate: eta, lanes: before.lanes)
  }

  @Test(arguments: EmergentForceTests.entries.indices) func theReferenceNumbers(index: Int) throws {
    let entry = EmergentForceTests.entries[index]
    let test = SymmetryCase.reference(entry)
    let charge = try NoetherCharge(of: test.group())
    #expect(charge.value(at: test.point) == entry["Q"].double)
    let gradients = entry["per_draw_gradients"].rows
    for row in entry["per_eta"].list {
      let eta = row["eta"].double
      let found = steps(charge, from: gradients.map { _ in test.point }, gradients: gradients, eta: eta)
      var mean = 0.0
      for (draw, expected) in row["Q_after"].doubles.enumerated() {
        let after = charge.value(at: Vectors.sum(test.point, gradients[draw], times: -eta))
        // Three squares of order one.
        #expect(abs(after - expected) < 1e-15 * 8)
        #expect(found[draw].violation < NoetherCharge.roundingBound)
        mean += entry["p"].doubles[draw] * found[draw].predicted
      }
      #expect(abs(mean / row["E_dQ"].double - 1) < 1e-13)
      // E ΔQ = −2η dφ/ds.
      #expect(abs(mean / (-2 * eta * row["dphi_ds"].double) - 1) < 1e-13)
    }
  }

  /// Every batch, ReLU included: gradients of random batches at random points.
  @Test(arguments: 1...4) func everyStepOfANetworkObeysTheIdentity(seed: Int) throws {
    let test = SymmetryCase.network
    let (charge, landscape) = (try NoetherCharge(of: test.group()), try test.landscape())
    var random = TestRandom(seed: UInt64(seed))
    let draws = (0..<40).map { _ in Draw(batch: (0..<(1 + random.below(4))).map { _ in random.below(12) }) }
    let points = draws.map { _ in random.vector(12, in: -2...2) }
    var block = Block(dimension: 12, lanes: 40)
    for (lane, point) in points.enumerated() {
      for i in 0..<12 { block[i, lane] = point[i] }
    }
    let gradients = DrawField(landscape, draws: draws).gradient(at: block)
    for eta in [0.3, 0.01, 1e-5] {
      let found = steps(charge, from: points, gradients: (0..<40).map { gradients.vector(lane: $0) }, eta: eta)
      #expect(found.allSatisfy { $0.violation < NoetherCharge.roundingBound && $0.scale > 0 })
      #expect(found.contains { abs($0.predicted) > 1e-3 * eta * eta })
    }
  }

  /// Control: another gradient than that of an invariant loss.
  @Test func otherGradientsAreFoundOut() throws {
    let test = SymmetryCase.network
    let charge = try NoetherCharge(of: test.group())
    var random = TestRandom(seed: 8)
    let found = steps(charge, from: [test.point], gradients: [random.vector(12)], eta: 1e-3)
    #expect(found[0].violation > 1e6 * NoetherCharge.roundingBound)
  }

  @Test func onlySymmetricLinearGroupsHaveCharges() throws {
    #expect(throws: NoetherCharge.Absence.notSymmetric) { try NoetherCharge(of: SymmetryCase.circle.group()) }
    let text = ProcessText(["x", "y"], loss: "y")
    #expect(throws: NoetherCharge.Absence.notLinear) {
      try NoetherCharge(of: SymmetryCase(text, [("x", "x + s")], at: [0, 0]).group())
    }
    #expect(throws: NoetherCharge.Absence.notSymmetric) {
      try NoetherCharge(of: SymmetryCase(text, [("x", "x + s*y")], at: [0, 0]).group())
    }
    let mixing = SymmetryCase(text, [("x", "cosh(s)*x + sinh(s)*y"), ("y", "sinh(s)*x + cosh(s)*y")], at: [0, 0])
    // Q = 2 x y.
    #expect(try NoetherCharge(of: mixing.group()).value(at: [3, 5]) == 30)
  }

  @Test func aStepThatMovesNothingViolatesNothing() throws {
    let charge = NoetherCharge(
      name: "q", matrix: GeneratorMatrix(dimension: 1, entries: [.init(row: 0, column: 0, value: 1)]))
    #expect(steps(charge, from: [[0]], gradients: [[0]], eta: 0.1)[0].violation == 0)
  }
}
