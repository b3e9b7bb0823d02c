import LoschmidtDynamics
import Testing

@testable import LoschmidtExperiments

@Suite struct NoiseDecodingTests {
  /// The report of a process with lines added; those begin at line 8.
  private func added(_ lines: String) -> String { report(scenario(process: goodProcess + "\n" + lines)) }

  private func gradient(_ text: String) throws -> any GradientNoise {
    let process = goodProcess + "\ngradient: " + text
    let whole = scenario(process: process, experiment: "stationary: {trajectories: 10, steps: 20}")
    return try #require(reading(whole).scenario).process.gradient
  }

  @Test func gradients() throws {
    #expect(try gradient("gaussian") as? MatchedGaussian == MatchedGaussian())
    #expect(try gradient("{gaussian: {size: 2}}") as? MatchedGaussian == MatchedGaussian(size: 2))
    #expect(try gradient("{isotropic: {size: 2}}") as? Isotropic == Isotropic(.size(2)))
    #expect(
      try gradient("{isotropic: {standard-deviation: 0.5}}") as? Isotropic == Isotropic(.standardDeviation(0.5)))
    #expect(
      try gradient("{student-t: {size: 2, degrees-of-freedom: 2.5}}") as? StudentT
        == StudentT(size: 2, degreesOfFreedom: 2.5))
    #expect(try gradient("{student-t: {degrees-of-freedom: 3}}") as? StudentT == StudentT(degreesOfFreedom: 3))
    #expect(
      try gradient("{alpha-stable: {alpha: 1.5, scale: 0.1}}") as? AlphaStable == AlphaStable(alpha: 1.5, scale: 0.1))
    #expect(
      try gradient("{alpha-stable: {alpha: 2, scale: 0.1}}") as? AlphaStable == AlphaStable(alpha: 2, scale: 0.1))
    #expect(
      try gradient("{label-noise: {column: y, standard-deviation: 0.1}}") as? LabelNoise
        == LabelNoise(column: "y", standardDeviation: 0.1))
    #expect(
      try gradient("{label-noise: {column: y, standard-deviation: 0.1, size: 2}}") as? LabelNoise
        == LabelNoise(column: "y", standardDeviation: 0.1, size: 2))
    #expect(try gradient("{svag: {size: 2, l: 4}}") as? SVAG == SVAG(size: 2, substeps: 4))
    #expect(try gradient("{svag: {l: 1}}") as? SVAG == SVAG(substeps: 1))
  }

  @Test(arguments: [
    ("gradient: {gaussian: {size: 3}}", "8:31", "'size' is larger than the data: got 3, allowed are 1 … 2"),
    ("gradient: {gaussian: {sise: 1}}", "8:25", "unknown key 'sise' in 'gaussian'; did you mean 'size'?"),
    ("gradient: isotropic", "8:13", "'isotropic' needs 'size' or 'standard-deviation'"),
    (
      "gradient: {isotropic: {size: 1, standard-deviation: 2}}", "8:26",
      "'size' and 'standard-deviation' exclude each other; give the size of batches to match, or the deviation"
    ),
    (
      "gradient: {isotropic: {standard-deviation: 0}}", "8:46",
      "'standard-deviation' must be a finite number > 0, got '0'"
    ),
    ("gradient: {isotropic: {size: 0}}", "8:32", "'size' must be a whole number, at least 1, got '0'"),
    ("gradient: {isotropic: {size: 5}}", "8:32", "'size' is larger than the data: got 5, allowed are 1 … 2"),
    (
      "gradient: {student-t: {degrees-of-freedom: 2}}", "8:46",
      "'degrees-of-freedom' must be a finite number > 2, where Student's law has a covariance to match "
        + "that of batches, got '2'"
    ),
    (
      "gradient: {student-t: {degrees-of-freedom: 5, size: 3}}", "8:55",
      "'size' is larger than the data: got 3, allowed are 1 … 2"
    ),
    ("gradient: student-t", "8:13", "'student-t' needs the key 'degrees-of-freedom', which is missing"),
    ("gradient: {alpha-stable: {alpha: 0, scale: 1}}", "8:36", "'alpha' must be a number > 0 and <= 2, got '0'"),
    ("gradient: {alpha-stable: {alpha: 2.1, scale: 1}}", "8:36", "'alpha' must be a number > 0 and <= 2, got '2.1'"),
    ("gradient: {alpha-stable: {alpha: 1.5, scale: -1}}", "8:48", "'scale' must be a finite number > 0, got '-1'"),
    ("gradient: {alpha-stable: {alpha: 1.5}}", "8:14", "'alpha-stable' needs the key 'scale', which is missing"),
    (
      "gradient: {label-noise: {column: z, standard-deviation: 1}}", "8:36",
      "'column' must be a column of the data that the loss uses, got 'z'; the data have x, y"
    ),
    (
      "gradient: {label-noise: {column: u, standard-deviation: 1}}", "8:36",
      "'column' must be a column of the data that the loss uses, got 'u'; the data have x, y"
    ),
    (
      "gradient: {label-noise: {column: y, standard-deviation: 0}}", "8:59",
      "'standard-deviation' must be a finite number > 0, got '0'"
    ),
    (
      "gradient: {label-noise: {column: y, standard-deviation: 1, size: 3}}", "8:68",
      "'size' is larger than the data: got 3, allowed are 1 … 2"
    ),
    (
      "gradient: {label-noise: {column: y}}", "8:14",
      "'label-noise' needs the key 'standard-deviation', which is missing"
    ),
    (
      "gradient: {label-noise: {standard-deviation: 1}}", "8:14",
      "'label-noise' needs the key 'column', which is missing"
    ),
    ("gradient: {svag: {l: 0}}", "8:24", "'l' must be a whole number, 1 … 1000000, got '0'"),
    ("gradient: {svag: {l: 2.5}}", "8:24", "'l' must be a whole number, 1 … 1000000, got '2.5'"),
    ("gradient: {svag: {l: 2, size: 3}}", "8:33", "'size' is larger than the data: got 3, allowed are 1 … 2"),
    ("gradient: {svag: {size: 1}}", "8:14", "'svag' needs the key 'l', which is missing"),
  ])
  func problems(lines: String, place: String, message: String) {
    #expect(added(lines).split(separator: "\n").contains("s.yaml:\(place): error: \(message)"))
  }

  /// A column that the data have and the loss does not use; without a loss there is nothing to perturb.
  @Test func labelsThatChangeNothing() {
    let process = goodProcess.replacing("y: [3, 4]}", with: "y: [3, 4], z: [5, 6]}")
    #expect(
      report(
        scenario(process: process + "\ngradient: {label-noise: {column: z, standard-deviation: 1}}")
      ).contains(
        "s.yaml:8:36: error: the column 'z' does not occur in the loss, so that noise on it would change nothing; "
          + "name one that does"))
    let forced = goodProcess.replacing("loss: 0.5*(u*w*x - y)^2\ndata: {x: [1, 2], y: [3, 4]}", with: "force: {u: -u}")
    #expect(
      report(
        scenario(process: forced + "\ngradient: {label-noise: {column: z, standard-deviation: 1}}")
      ).contains("error: 'label-noise' needs a 'loss' with 'data', whose column it perturbs"))
  }

  @Test func keysGivenTwice() {
    let message = "s.yaml:8:27: error: the key 'l' stands twice; the first is at line 8, column 21"
    #expect(added("gradient: {svag: {l: 1, l: 2}}").split(separator: "\n").contains(message[...]))
  }
}
