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

  /// ℓ = x² has F_DE = (ln(1 − 2η)/(2η) + 1)·2x in closed form, and terms −(2x)(2η)^{k−1}/k, of which K = 12 is the last
  /// kept: the error is the thirteenth.
  @Test func theErrorOfDEIsTheFirstTermLeftOut() throws {
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
      #expect(abs(error / (6 * pow(2 * eta, 12) / 13) - 1) < 1e-3)
      let exact = (log1p(-2 * eta) / (2 * eta) + 1) * 6
      // The terms left out fall at least as fast as powers of 2η = 1/4.
      #expect(abs(force - exact) >= error * 0.99 && abs(force - exact) <= error / (1 - 2 * eta))
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
