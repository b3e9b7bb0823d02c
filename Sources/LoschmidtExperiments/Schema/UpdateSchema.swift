import LoschmidtDynamics

/// The schemas of noise models and update rules, beside whose readers they stand in the catalogue.
enum UpdateSchema {
  private static let size = MapSchema.Key(
    "size", .whole(1...Int.max), "the number of samples in a batch, at most that of the data; left out, it is 1")
  private static let rate = MapSchema.Key.required(
    "learning-rate", .expression(.positive), "η > 0: a number, or an expression of step, which may be 0 at single steps"
  )

  // MARK: Noise models

  static var fullBatch: Schema { .map(mayBeEmpty: true, []) }

  static var minibatch: Schema {
    .map(
      mayBeEmpty: true,
      [
        size,
        .init(
          "sampling", .words(of: Minibatch.Sampling.self),
          "how batches are drawn; left out, it is with-replacement; cyclic takes the samples in the order of the file; it needs "
            + "a size that divides the data, and so does reshuffle without last"
        ),
        .init(
          "last", .words(of: LastBatch.self),
          "with reshuffle, drop leaves the samples of an epoch out that make no whole batch"),
      ])
  }

  static var gaussian: Schema { .map(mayBeEmpty: true, [size]) }

  static var constantCovariance: Schema {
    let row = Schema.list(.definition("expression"))
    return .map(
      anyOf: ["matrix", "at"], excludes: [["matrix", "size"], ["matrix", "at"]],
      [
        .init("matrix", .list(row), "the covariance of the noise, a list of rows"), size,
        .init("at", .definition("point"), "the point where the covariance of batches is taken"),
      ])
  }

  static var isotropic: Schema {
    .map(
      mayBeEmpty: true, anyOf: ["size", "standard-deviation"], excludes: [["size", "standard-deviation"]],
      [size, .init("standard-deviation", .number(.positive), "σ of every coordinate")])
  }

  static var studentT: Schema {
    .map(
      mayBeEmpty: true,
      [
        size, .required("degrees-of-freedom", .number(.above(2)), "ν > 2 of Student's law"),
      ])
  }

  static var alphaStable: Schema {
    .map(
      mayBeEmpty: true,
      [
        .required("alpha", .number(NumberRange(lower: 0, excludesLower: true, upper: 2)), "the index, 0 < α ≤ 2"),
        .required("scale", .number(.positive), "the scale c > 0: E exp(itζ) = exp(−|c t|^α)"),
      ])
  }

  static var labelNoise: Schema {
    .map(
      mayBeEmpty: true,
      [
        .required("column", .text, "the column of the data that the noise is added to"),
        .required("standard-deviation", .number(.positive), "σ of the noise on the column"), size,
      ])
  }

  static var svag: Schema {
    .map(
      mayBeEmpty: true,
      [
        size,
        .required(
          "l", .whole(1...ScenarioDecoder.largestAmplification), "one step η is l steps of η/l with amplified noise"),
      ])
  }

  // MARK: Update rules

  static var gradientDescent: Schema {
    let row = Schema.list(.definition("expression"))
    return .map(
      mayBeEmpty: true,
      [
        rate,
        .init(
          "preconditioner",
          .anyOf([
            .expression(.positive), ProcessSchema.byCoordinate(.expression(.positive)), .list(.expression(.positive)),
            .list(row),
          ]),
          "Λ: a number > 0, a map of parameters and numbers > 0, a list of numbers > 0, or a symmetric positive definite matrix; left out, it is the unit matrix"
        ),
      ])
  }

  static var modifiedSDE: Schema {
    .map(
      mayBeEmpty: true,
      [
        rate, .init("order", .whole(1...2), "the weak order of the equation; left out, it is 2"),
        .init(
          "interpretation", .words(of: ModifiedSDE.Interpretation.self),
          "how the stochastic integral is read; left out, it is ito"),
        .init(
          "substeps", .whole(1...ModifiedSDE.largestSubsteps),
          "the intervals that a step is integrated in; left out, they are \(ModifiedSDE.usualSubsteps)"),
      ])
  }
}
