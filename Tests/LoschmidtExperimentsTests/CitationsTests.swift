import LoschmidtReports
import Testing

@testable import LoschmidtExperiments

@Suite struct CitationsTests {
  private func keys(_ text: String) throws -> [String] { try good(text).citations.map(\.key) }

  @Test func thePaperFirstAndTheProgramLast() throws {
    let keys = try keys(scenario())
    #expect(keys == ["ziyin2026", "hairer2006", "barrett2021", "salmon2011", "gsl2009", "loschmidt"])
  }

  @Test func noiseTemperatureAndGenerator() throws {
    let text = """
      loschmidt: 1
      seed: 1
      process:
        parameters: {u: 1.3, w: 0.4}
        loss: 0.5*(u*w*x - y)^2
        data: {x: [1, 2], y: [3, 4]}
        algorithm: {gradient-descent: {learning-rate: 0.05}}
        gradient: {label-noise: {column: y, standard-deviation: 0.1}}
        temperature: 0.1
        generator: taus2
      experiments:
        - relaxation: {trajectories: 10, steps: 2}

      """
    let keys = try keys(text)
    for key in ["blanc2020", "roberts1996", "lecuyer1996", "gsl2009", "barrett2021"] {
      #expect(keys.contains(key), "\(key)")
    }
    #expect(!keys.contains("salmon2011") && !keys.contains("robbins1951"))
    #expect(Set(keys).count == keys.count)
  }

  @Test func theoremsAreKnownBeforeTheRun() throws {
    let text = """
      loschmidt: 1
      seed: 1
      process:
        parameters: {x: "normal(0, 1)"}
        loss: 0.5*x^2
        algorithm: {gradient-descent: {learning-rate: 0.1}}
        temperature: 1
      experiments:
        - fluctuation-theorem: {trajectories: 10, steps: 2, theorems: [integral]}
        - entropy-production: {trajectories: 10, steps: 2}

      """
    let keys = try keys(text)
    for key in ["seifert2005", "vovk2021", "vehtari2024", "hatano2001", "proesmans2017", "schuirmann1987"] {
      #expect(keys.contains(key), "\(key)")
    }
    #expect(!keys.contains("crooks1999") && !keys.contains("jarzynski1997"))
  }
}
