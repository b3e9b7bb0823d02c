import Foundation
import Testing

/// Runs whose numbers leave the range of numbers, and systems that give little: each ends with a result or a sentence.
@Suite struct EdgeOfNumbersTests {
  private static let gradientDescent = "algorithm: {gradient-descent: {learning-rate: 3}}"

  private static func scenario(_ process: [String], _ experiment: String, seed: Int = 1) -> String {
    (["loschmidt: 1", "seed: \(seed)", "process:"] + process.map { "  \($0)" } + ["experiments:", "  - \(experiment)"])
      .joined(separator: "\n") + "\n"
  }

  /// A learning rate beyond stability, and coordinates beyond 10¹⁵⁰.
  static let scenarios: [(name: String, text: String)] = [
    (
      "a portrait of paths that diverge",
      scenario(
        ["parameters: {x: \"normal(0, 1)\", y: 1}", "loss: 0.5*x^2 + 0.5*y^2", gradientDescent],
        "relaxation: {trajectories: 60, steps: 1100}")
    ),
    (
      "a portrait around the largest number",
      scenario(
        ["parameters: {x: 1, y: 0}", "loss: x^2*y", "algorithm: {gradient-descent: {learning-rate: 0.05}}"],
        "potentials: {at: {x: 1, y: 1.7e308}, learning-rates: [0.1, 0.01]}")
    ),
    (
      "a portrait of overflowing samples",
      scenario(
        [
          "parameters: {x: \"normal(1e120, 1e150)\", y: 1e155}", "loss: x^2*y", "gradient: {minibatch: {size: 1}}",
          "data: {p: [1, 1e-100, -1], q: [0.3, 1, 2], z: [1, 0, 1]}",
          "algorithm: {gradient-descent: {learning-rate: 1e3}}", "temperature: 1e-100",
        ], "relaxation: {trajectories: 60, steps: 30, every: 3, observables: {s: x^2, c: x + y}}", seed: 603)
    ),
    (
      "an exact moment that overflows",
      scenario(
        [
          "parameters: {x: \"normal(1e80, 1e150)\", y: 0.3}", "loss: 1e-300*0.5*(x^2 + 2*(y)^2)",
          "data: {p: [1, 0.5, -1], q: [0.3, 1, 2], z: [1, 0, 0.5]}", "force: {x: -x}",
          "gradient: {student-t: {size: 1, degrees-of-freedom: 5}}",
          "algorithm: {modified-sde: {learning-rate: 1e-100, order: 2}}", "temperature: 1e100",
        ], "stationary: {trajectories: 60, steps: 30, burn-in: 30, observables: {s: x^2, c: x + y}}", seed: 148)
    ),
    (
      "a force at the end of the numbers",
      scenario(
        [
          "parameters: {u: \"normal(1, 0.1)\", w: \"normal(0.3, 0.1)\"}", "loss: 0.5*(u*a + w*b - y)^2",
          "data: {a: [1.0, -0.8, 0.3], b: [0.5, 1.2, -1.0], y: [1.1, -0.3, 0.4]}",
          "gradient: {minibatch: {size: 2}}", "force: {w: 1e308}",
          "algorithm: {modified-sde: {learning-rate: 0.1, order: 2, interpretation: stratonovich}}",
        ], "stationary: {burn-in: 32, steps: 64, trajectories: 40, observables: {sum: u + w, difference: u - w}}")
    ),
    (
      "a histogram of paths that diverge",
      scenario(
        ["parameters: {x: \"normal(0, 1)\"}", "loss: 0.5*x^2", gradientDescent, "temperature: 1"],
        "fluctuation-theorem: {trajectories: 60, steps: 512}")
    ),
    (
      "a time beyond the range of numbers",
      scenario(
        [
          "parameters: {x: \"normal(0, 1)\"}", "loss: 0.5*x^2",
          "algorithm: {gradient-descent: {learning-rate: 1.7e308}}",
        ], "relaxation: {trajectories: 4, steps: 3}")
    ),
    (
      "Student's noise with tiny steps",
      scenario(
        [
          "parameters: {x: \"normal(0, 1)\"}", "loss: 0.5*(x - z)^2", "data: {z: [-1, 1]}",
          "gradient: {student-t: {size: 1, degrees-of-freedom: 5}}",
          "algorithm: {gradient-descent: {learning-rate: 1e-12}}",
        ], "entropy-production: {trajectories: 40, steps: 40, burn-in: 3}")
    ),
    (
      "a calibration in which every path diverges",
      scenario(
        [
          "parameters: {x: \"normal(0, 1)\"}", "loss: 0.5*x^2", "algorithm: {gradient-descent: {learning-rate: 10}}",
          "temperature: 0.1",
        ], "fluctuation-theorem: {trajectories: 20, steps: 512, calibration: {repetitions: 2, noise: [1, 0.3]}}")
    ),
  ]

  @Test(arguments: scenarios.indices) func theRunEndsWithAResult(index: Int) throws {
    try Program.inScratch { (program: Program) throws in
      try program.put(Self.scenarios[index].text, at: "a.yaml")
      let outcome = try program.run("run", "a.yaml", "--output", "out", "--quiet")
      let name = Self.scenarios[index].name
      #expect([0, 1].contains(outcome.status), "\(name): \(outcome.errors)")
      #expect(!outcome.errors.contains("fault"), "\(name): \(outcome.errors)")
      let results = try program.read("out/results.json")
      #expect(!results.contains("a fault of the program"), "\(name)")
      #expect(try JSONSerialization.jsonObject(with: Data(results.utf8)) is [String: Any])
    }
  }

  /// Which places are empty, and why.
  @Test func whatCannotBeSaysWhy() throws {
    try Program.inScratch { (program: Program) throws in
      try program.put(Self.scenarios[0].text, at: "portrait.yaml")
      try program.put(Self.scenarios[3].text, at: "exact.yaml")
      try program.put(Self.scenarios[6].text, at: "time.yaml")
      for file in ["portrait", "exact", "time"] {
        _ = try program.run("run", "\(file).yaml", "--output", file, "--quiet")
      }
      #expect(
        try program.read("portrait/results.json")
          .contains("The phase portrait is left out: a grid around the paths would exceed the range of numbers."))
      #expect(!program.entries("portrait").contains("0-relaxation-portrait.csv"))
      #expect(try program.read("exact/results.json").contains("the exact value is not finite"))
      #expect(try program.read("time/results.json").contains("the time exceeds the range of numbers"))
    }
  }

  @Test func aCovarianceThatOverflowsIsRefused() throws {
    let text = Self.scenario(
      [
        "parameters: {u: 1, w: 1}", "loss: 1e155*(u*a - w)^2", "data: {a: [1, -1]}",
        "gradient: {constant-covariance: {size: 1, at: {u: 1, w: 0.3}}}", Self.gradientDescent,
      ], "relaxation: {trajectories: 4, steps: 3}")
    try Program.inScratch { (program: Program) throws in
      try program.put(text, at: "a.yaml")
      let outcome = try program.run("check", "a.yaml")
      #expect(outcome.status == 65)
      #expect(outcome.errors.contains("a.yaml:7:"))
      #expect(outcome.errors.contains("the covariance of the gradients at the point 'at' is not finite"))
    }
  }
}
