import Foundation
import LoschmidtReports
import Testing

@testable import LoschmidtExperiments

@Suite struct PotentialsTablesTests {
  private func tables(_ settings: String, process: String = goodProcess) throws -> [String: Table] {
    let result = try potentialsExperiment(settings, process: process).run(RunContext(seed: 1))
    return Dictionary(uniqueKeysWithValues: result.tables.map { ($0.name, $0.table) })
  }

  @Test func rowsAreTidy() throws {
    let tables = try tables("learning-rates: [0.01, 0.001]\npoints: [{}, {u: 0.5}]\norders: 3")
    let forces = try #require(tables["forces"])
    #expect(
      forces.columns.map(\.name) == [
        "point", "eta", "coordinate", "leading", "DE", "DE.series", "TR2", "TRinf", "TA", "ST", "DE_error",
      ])
    #expect(forces.rows.count == 2 * 2 * 2)
    #expect(forces.rows[0].prefix(3) == [.integer(0), .real(0.01), .text("u")])
    #expect(forces.rows[7].prefix(3) == [.integer(1), .real(0.001), .text("w")])
    // 2 points, 5 potentials, 3 powers, 2 coordinates; and one pair of coordinates in the curl.
    #expect(tables["series"]?.rows.count == 60 && tables["curl"]?.rows.count == 10)
    #expect(tables["potentials"]?.rows.count == 4)
  }

  private func forceOfDE(_ row: [Cell]) -> (force: Double, error: Double)? {
    guard case .real(let error)? = row.last, case .real(let force) = row[4] else { return nil }
    return (force, error)
  }

  /// ½x² at 1.7: F_DE = x(1 + ln(1 − η)/η).
  @Test func theErrorOfDEIsABoundOfAQuadratic() throws {
    let rates = [0.1, 0.5, 0.8, 0.95, 0.999]
    let process = "parameters: {x: 1.7}\nloss: 0.5*x^2\nalgorithm: {gradient-descent: {learning-rate: 0.1}}"
    let forces = try #require(try tables("learning-rates: \(rates)", process: process)["forces"])
    for (row, eta) in zip(forces.rows, rates) {
      let found = try #require(forceOfDE(row))
      let off = abs(found.force - 1.7 * (1 + log1p(-eta) / eta))
      // Rounding of the differences, amplified by Σ 2^{k−2}/k = 400 at K = 12.
      #expect(off <= found.error + 1e-12, "\(eta): \(off) beyond \(found.error)")
      // A bound that is useful: the first difference left out over the smaller of the last two k(1 − η).
      #expect(found.error < 1.7 * pow(eta, 12) / (11 * (1 - eta)) * 1.001 + 1e-12)
    }
  }

  /// The loss of which a step of 0.1 is the flow θ̇ = −θ² for the time 0.1, θ′ = θ/(1 + 0.1 θ): F_DE = ∇ℓ − θ².
  @Test(arguments: [1.0, 2, 4, 8, 12]) func theErrorOfDEIsABoundOfAFlowInClosedForm(x: Double) throws {
    let process = """
      parameters: {x: \(x)}
      loss: 5*x^2 - 100*x + 1000*log(1 + 0.1*x)
      algorithm: {gradient-descent: {learning-rate: 0.1}}
      """
    let forces = try #require(try tables("learning-rates: [0.1]", process: process)["forces"])
    let found = try #require(forceOfDE(forces.rows[0]))
    let off = abs(found.force - (10 * x - 100 + 100 / (1 + 0.1 * x) - x * x))
    // Differences of gradients of the size 100, amplified by 400.
    #expect(off <= found.error + 1e-10, "\(off) beyond \(found.error)")
    #expect(found.error < 3 * off + 1e-10, "\(found.error) for \(off)")
  }

  /// ℓ = x² has F_DE = (ln(1 − 2η)/(2η) + 1)·2x in closed form, and terms −(2x)(2η)^{k−1}/k, of which K = 12 is the last
  /// kept: the error is the thirteenth difference over 11(1 − 2η), of the last two k(1 − 2η) the smaller one.
  @Test func theErrorOfDEIsMadeOfTheFirstTermLeftOut() throws {
    let process = "parameters: {x: 3}\nloss: x^2\nalgorithm: {gradient-descent: {learning-rate: 0.1}}"
    let forces = try #require(try tables("learning-rates: [0.5, 0.125, 0.1]", process: process)["forces"])
    let place = forces.columns.count - 1
    #expect(forces.columns[place].name == "DE_error")
    guard case .missing(let reason) = forces.rows[0][place], case .missing(let same) = forces.rows[0][4] else {
      Issue.record("\(forces.rows[0])")
      return
    }
    #expect(reason == same)
    for (row, eta) in [(1, 0.125), (2, 0.1)] {
      guard case .real(let error) = forces.rows[row][place], case .real(let force) = forces.rows[row][4] else {
        Issue.record("\(forces.rows[row])")
        continue
      }
      // Rounding of ten differences of gradients, 1e-12 at most, on a term of 1e-8.
      #expect(abs(error / (6 * pow(2 * eta, 12) / (11 * (1 - 2 * eta))) - 1) < 1e-3)
      let exact = (log1p(-2 * eta) / (2 * eta) + 1) * 6
      #expect(abs(force - exact) <= error && abs(force - exact) >= 0.5 * error)
    }
  }

  /// A norm of Λ⁻¹ bounds a coordinate by √Λ_ii: twice as large a step in x, the error in each coordinate by its own scale.
  @Test func theErrorOfDEIsScaledByThePreconditioner() throws {
    let process = """
      parameters: {x: 1, y: 0.5}
      loss: cosh(x) + x*y^2
      algorithm: {gradient-descent: {learning-rate: 0.1, preconditioner: [[4, 1], [1, 1]]}}
      """
    let tables = try tables("learning-rates: [0.02]", process: process)
    let forces = try #require(tables["forces"]).rows.map(\.last)
    let errors = try #require(tables["errors"]).rows
    guard case .real(let x)? = forces[0], case .real(let y)? = forces[1], case .real(let norm) = errors[0][3] else {
      Issue.record("\(forces), \(errors)")
      return
    }
    // √4 and √1, to a rounding.
    #expect(norm > 0 && abs(x / norm - 2) < 1e-15 && abs(y / norm - 1) < 1e-15)
  }

  /// ℓ = x²: leading −(η/2)·2·2x; DE does not exist for 2η ≥ 1 and says why in its cell; drift and noise add up.
  @Test func valuesOfAQuadratic() throws {
    let process = "parameters: {x: 3}\nloss: x^2\nalgorithm: {gradient-descent: {learning-rate: 0.1}}"
    let tables = try tables("learning-rates: [0.5, 0.125]", process: process)
    let forces = try #require(tables["forces"]).rows
    #expect(forces[0][3] == .real(-3) && forces[1][3] == .real(-0.75))
    guard case .missing(let reason) = forces[0][4] else {
      Issue.record("\(forces[0])")
      return
    }
    #expect(reason.contains("is not below 1"))
    // (η/4) g² = (1/8) 36, all of it drift; ST = (η/16)(g + g′)², where g′ = 0 at η = 1/2.
    #expect(tables["potentials"]?.rows[0] == [.integer(0), .real(0.5), .real(4.5), .real(4.5), .real(0), .real(1.125)])
    #expect(tables["curl"]?.rows == [])
  }
}
