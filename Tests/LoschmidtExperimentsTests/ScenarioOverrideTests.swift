import LoschmidtDynamics
import Testing

@testable import LoschmidtExperiments

@Suite struct ScenarioOverrideTests {
  private func read(_ settings: String..., text: String = scenario()) throws -> Scenario {
    try good(text, overrides: settings.compactMap { ScenarioOverride($0) })
  }

  private func problems(_ settings: String..., text: String = scenario()) -> String {
    report(text, overrides: settings.compactMap { ScenarioOverride($0) })
  }

  @Test func keyAndValue() {
    #expect(ScenarioOverride("a.b=c=d") == ScenarioOverride(key: "a.b", value: "c=d"))
    #expect(ScenarioOverride("a.b") == nil && ScenarioOverride("=1") == nil)
    #expect(ScenarioOverride("a=")?.value == "")
  }

  @Test func replacesValues() throws {
    #expect(try read("process.temperature=0.1").process.temperature == .uniform(.constant(0.1)))
    #expect(try read("process.gradient={minibatch: {size: 2}}").process.gradient as? Minibatch == Minibatch(size: 2))
    #expect(try read("process.gradient.minibatch.size=2").process.gradient as? Minibatch == Minibatch(size: 2))
    #expect(try read("process.data.x.1=9").process.landscape?.samples.columns[0].values == [1, 9])
    #expect(try read("process.loss=u*w*x").process.landscape?.loss.text == "u*w*x")
    #expect(try read("title=new", "title=newer").title == "newer")
  }

  @Test func theNameOfAnExperimentMayBeLeftOut() throws {
    func points(_ scenario: Scenario) -> [[Double]]? {
      (scenario.experiments[0].settings as? PotentialsSettings)?.points
    }
    #expect(points(try read("experiments.0.at.u=1")) == [[1, 0.4]])
    #expect(points(try read("experiments.0.potentials.at.u=1")) == [[1, 0.4]])
    let bare = scenario().replacing("- potentials:\n      learning-rates: [0.1]", with: "- potentials")
    #expect(points(try read("experiments.0.learning-rates=[0.1]", text: bare)) == [[1.3, 0.4]])
  }

  @Test func theWordOfAChoiceMayBeLeftOut() throws {
    func rate(_ scenario: Scenario) -> Double? { scenario.process.algorithm.learningRate.constant }
    #expect(try rate(read("process.algorithm.learning-rate=0.25")) == 0.25)
    #expect(try rate(read("process.algorithm.gradient-descent.learning-rate=0.25")) == 0.25)
    let batches = scenario(process: goodProcess + "\ngradient: minibatch")
    #expect(try read("process.gradient.size=2", text: batches).process.gradient as? Minibatch == Minibatch(size: 2))
    #expect(problems("process.algorithm.rate=1").contains("unknown key 'rate' in 'gradient-descent'"))
  }

  /// Elements of arrays are named as they are printed, with blanks or without.
  @Test func elementsOfArrays() throws {
    let text = scenario(
      process: "parameters: {W: [[1, 2], [3, 4]], \"W[0,1]\": 5}\nloss: sum(W^2)\n"
        + "algorithm: {gradient-descent: {learning-rate: 0.1}}")
    func start(_ setting: String) throws -> [InitialLaw.Coordinate] {
      try read("process.parameters." + setting, text: text).process.initialLaw.coordinates
    }
    #expect(try start("W[0, 1]=7") == [.point(1), .point(7), .point(3), .point(4)])
    #expect(try start("W[1,0]=7") == [.point(1), .point(5), .point(7), .point(4)])
    let wrong = problems("process.parameters.W[1.5]=7", text: text)
    #expect(
      wrong == "--set process.parameters.W[1.5]: error: there is no element 'W[1.5]'; "
        + "indices of 'W' are 0 … 1 and 0 … 1",
      "\(wrong)")
  }

  @Test func seeds() throws {
    #expect(try good(scenario(), overrides: [.seed("18446744073709551615")]).seed == .max)
    #expect(
      report(scenario(), overrides: [.seed("-1")])
        == "--seed: error: 'seed' must be a whole number, 0 … 18446744073709551615, got '-1'")
  }

  @Test(arguments: [
    (
      "process.temperature=-1",
      "--set process.temperature: error: 'temperature' must be a number >= 0 or an expression of 't' and 'step' that is "
        + ">= 0, got '-1'"
    ),
    (
      "process.temprature=1",
      "--set process.temprature: error: unknown key 'temprature' in 'process'; did you mean 'temperature'?"
    ),
    (
      "process.loss=u*yy",
      "--set process.loss: error: in 'loss', character 3: 'yy' is not a known name; did you mean 'y'?"
    ),
    ("experiments.1.at.u=1", "--set experiments.1.at.u: error: 'experiments' has no entry '1'; indices are 0 … 0"),
    (
      "experiments.first.at.u=1",
      "--set experiments.first.at.u: error: 'experiments' has no entry 'first'; indices are 0 … 0"
    ),
    ("seed.x=1", "--set seed.x: error: 'seed' is '1', which has no keys; set 'seed' itself"),
    (
      "process..loss=1",
      "--set process..loss: error: the path 'process..loss' has an empty part; allowed are keys with dots between"
    ),
    (
      "title=\u{1}",
      "--set title: error: the character U+0001 is not allowed in YAML; take it out, or write it as an escape in double quotes"
    ),
    (
      "experiments.0.order=1",
      "--set experiments.0.order: error: unknown key 'order' in 'potentials'; did you mean 'orders'?"
    ),
  ])
  func problems(setting: String, message: String) { #expect(problems(setting) == message) }

  @Test func valuesThatAreNotYAML() {
    #expect(
      problems("title=[1, 2").hasPrefix("--set title: error: the value '[1, 2' is not readable as YAML: did not find"))
  }

  @Test func problemsOfTheFileAreStillReported() {
    #expect(
      problems("process.temprature=1", text: scenario().replacing("loss:", with: "los:")) == """
        --set process.temprature: error: unknown key 'temprature' in 'process'; did you mean 'temperature'?
        s.yaml:5:3: error: unknown key 'los' in 'process'; did you mean 'loss'?
        """)
  }
}
