import LoschmidtExperiments
import Testing

@Suite struct CheckTextTests {
  @Test func showsProcessAndExperimentsAsUnderstood() throws {
    let text = """
      loschmidt: 1
      seed: 3
      process:
        parameters: {x: 1.0}
        loss: 0.5*x^2
        algorithm: {gradient-descent: {learning-rate: 0.1}}
      experiments:
        - potentials: {learning-rates: [0.01, 0.005]}
      """
    let reading = Scenario.read(bytes: Array(text.utf8), path: "well.yaml")
    let check = try CheckText(try #require(reading.scenario))
    #expect(
      check.document.hasPrefix(
        """
        well

        process
          parameters   x = 1 (1 coordinate)
          loss         0.5*x^2
          data         none
          gradient     full-batch
          algorithm    gradient-descent: {learning-rate: 0.1, preconditioner: identity}
          temperature  0
          generator    philox
          seed         3

        experiment 0: potentials

        """))
    #expect(check.document.contains("\n  cost"))
  }
}
