import Foundation
import Testing

@testable import LoschmidtExperiments

@Suite struct PotentialsDecodingTests {
  private func settings(_ text: String) throws -> PotentialsSettings {
    try #require(try good(scenario(potentials: text)).experiments[0].settings as? PotentialsSettings)
  }

  @Test func defaults() throws {
    let settings = try settings("learning-rates: [0.1, 0.01]")
    #expect(settings == PotentialsSettings(points: [[1.3, 0.4]], learningRates: [0.1, 0.01]))
    #expect(settings.orders == 4 && settings.margin == 1e-3)
    #expect(settings.renormalisationSteps == [.finite(2), .infinite])
  }

  @Test func everythingSet() throws {
    let settings = try settings(
      "title: first\nclaim: 'they agree'\nat: {w: 2}\nlearning-rates: [1/10]\norders: 3\n"
        .replacing("1/10", with: "0.1") + "renormalisation-steps: [2, 16, \"inf\"]\nmargin: 0.01")
    #expect(
      settings
        == PotentialsSettings(
          title: "first", claim: "they agree", points: [[1.3, 2]], learningRates: [0.1], orders: 3,
          renormalisationSteps: [.finite(2), .finite(16), .infinite], margin: 0.01))
  }

  @Test(arguments: ["inf", "\"inf\"", ".inf", "[inf]", "[.inf]"])
  func spellingsOfInfinity(text: String) throws {
    #expect(try settings("learning-rates: [0.1]\nrenormalisation-steps: " + text).renormalisationSteps == [.infinite])
  }

  @Test func logSpacedLearningRatesIncludeBothEnds() throws {
    let rates = try settings("learning-rates: {from: 0.1, to: 0.001, count: 9}").learningRates
    #expect(rates.count == 9 && rates.first == 0.1 && rates.last == 0.001)
    for (k, rate) in rates.enumerated() {
      // Two logarithms, a product and an exponential, each of relative error 1e-16 on values up to 7.
      #expect(abs(rate / (0.1 * pow(10, -Double(k) / 4)) - 1) < 1e-14)
    }
    #expect(try settings("learning-rates: {from: 0.1, to: 0.1, count: 1}").learningRates == [0.1])
  }

  /// The settings begin in line 10, column 7.
  @Test(arguments: [
    ("orders: 2", "9:5", "'potentials' needs the key 'learning-rates', which is missing"),
    (
      "learning-rates: []", "10:23",
      "'learning-rates' must be a list of numbers > 0 or {from, to, count}, got an empty list"
    ),
    ("learning-rates: 0.1", "10:23", "'learning-rates' must be a list of numbers > 0 or {from, to, count}, got '0.1'"),
    ("learning-rates: [0.1, 0]", "10:29", "'learning-rates' must be a number > 0, got '0'"),
    ("learning-rates: [0.1, -1]", "10:29", "'learning-rates' must be a number > 0, got '-1'"),
    ("learning-rates: {from: 0.1, to: 0, count: 3}", "10:39", "'to' must be a number > 0, got '0'"),
    ("learning-rates: {from: 0.1, to: 1}", "10:23", "'learning-rates' needs the key 'count', which is missing"),
    (
      "learning-rates: {from: 0.1, to: 1, count: 1}", "10:49",
      "'count' must be at least 2 where 'from' and 'to' differ, got 1"
    ),
    ("learning-rates: [0.1]\norders: 5", "11:15", "'orders' must be a whole number, 1 … 4, got '5'"),
    ("learning-rates: [0.1]\norders: [1]", "11:15", "'orders' must be a whole number, 1 … 4, got a list of 1"),
    (
      "learning-rates: [0.1]\nrenormalisation-steps: [1]", "11:31",
      "'renormalisation-steps' must be a whole number, at least 2, got '1'"
    ),
    (
      "learning-rates: [0.1]\nrenormalisation-steps: [two]", "11:31",
      "'renormalisation-steps' must hold whole numbers >= 2 and inf, got 'two'"
    ),
    (
      "learning-rates: [0.1]\nrenormalisation-steps: [2, inf, .inf]", "11:39",
      "'renormalisation-steps' has inf twice; the entries must be distinct"
    ),
    ("learning-rates: [0.1]\nmargin: 0", "11:15", "'margin' must be a number > 0, got '0'"),
    (
      "learning-rates: [0.1]\nat: {u: 1}\npoints: [{u: 2}]", "11:7",
      "'at' and 'points' exclude each other; one point goes into 'at', several into 'points'"
    ),
    (
      "learning-rates: [0.1]\ntrajectories: 3", "11:7",
      "unknown key 'trajectories' in 'potentials'; allowed are title, claim, at, points, learning-rates, orders, renormalisation-steps, margin"
    ),
  ])
  func problems(settings: String, place: String, message: String) {
    #expect(report(scenario(potentials: settings)) == "s.yaml:\(place): error: \(message)")
  }
}
