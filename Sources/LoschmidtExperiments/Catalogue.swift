import LoschmidtDynamics
import LoschmidtNumerics

/// What the format offers, from one place: readers look names up here, `loschmidt list` prints it, and
/// `loschmidt schema` is made of it.
public enum Catalogue {
  /// The lists that the format offers.
  public enum Section: String, Sendable, CaseIterable {
    /// Update rules.
    case algorithms
    /// Noise models.
    case gradients
    /// Experiments.
    case experiments
    /// Functions in expressions.
    case functions
  }

  /// One name with its meaning.
  public struct Entry: Sendable, Hashable {
    /// The name, as a scenario writes it.
    public let name: String
    /// What it is, in one line.
    public let summary: String
    /// Whether only a later version runs it.
    public let isLater: Bool
  }

  /// The entries of a list, in their order.
  public static func entries(in section: Section) -> [Entry] {
    switch section {
    case .algorithms: algorithms.map(\.entry)
    case .gradients: gradients.map(\.entry)
    case .experiments: experiments.map(\.entry)
    case .functions:
      ExpressionFunction.allCases.map { function in
        let arguments = function.argumentCount == 1 ? "x" : "x, y"
        let signature = function.isDistribution ? "" : "(\(arguments)): "
        return Entry(name: function.rawValue, summary: signature + function.summary, isLater: false)
      }
    }
  }

  static let gradients: [CatalogueItem<any GradientNoise>] = [
    CatalogueItem(
      "full-batch", "the exact gradient of the mean loss", { $0.fullBatch($1) }, UpdateSchema.fullBatch),
    CatalogueItem(
      "minibatch", "the mean gradient of a batch of samples: size, sampling", { $0.minibatch($1) },
      UpdateSchema.minibatch),
    CatalogueItem(
      "gaussian", "Gaussian noise with the covariance of the batches at the current point: size",
      { $0.gaussian($1) }, UpdateSchema.gaussian),
    CatalogueItem(
      "constant-covariance", "Gaussian noise with a fixed covariance: matrix, or size and at",
      { $0.constantCovariance($1) }, UpdateSchema.constantCovariance),
    CatalogueItem(
      "isotropic", "Gaussian noise, equal and independent in all coordinates: size or standard-deviation",
      { $0.isotropic($1) }, UpdateSchema.isotropic),
    CatalogueItem(
      "student-t", "multivariate t noise with the covariance of the batches: size, degrees-of-freedom",
      { $0.studentT($1) }, UpdateSchema.studentT),
    CatalogueItem(
      "alpha-stable", "symmetric alpha-stable noise, independent for each coordinate: alpha, scale",
      { $0.alphaStable($1) }, UpdateSchema.alphaStable),
    CatalogueItem(
      "label-noise", "batches with fresh Gaussian noise on a column of the data: column, standard-deviation, size",
      { $0.labelNoise($1) }, UpdateSchema.labelNoise),
    CatalogueItem(
      "svag", "the stochastic variance amplified gradient: size, l", { $0.svag($1) }, UpdateSchema.svag),
  ]

  static let algorithms: [CatalogueItem<any UpdateRule>] = [
    CatalogueItem(
      "gradient-descent", "a step against the preconditioned gradient: learning-rate, preconditioner",
      { $0.gradientDescent($1) }, UpdateSchema.gradientDescent),
    CatalogueItem("heavy-ball", "gradient descent with momentum, odd under time reversal"),
    CatalogueItem("nesterov", "accelerated gradient descent"),
    CatalogueItem("underdamped-langevin", "Langevin dynamics with inertia"),
    CatalogueItem("adam", "adaptive moments"),
    CatalogueItem("rmsprop", "gradients divided by their running root mean square"),
    CatalogueItem("sign-descent", "a step of fixed length in every coordinate"),
    CatalogueItem(
      "modified-sde", "the stochastic modified equation of SGD: learning-rate, order, interpretation, substeps",
      { $0.modifiedSDE($1) }, UpdateSchema.modifiedSDE),
    CatalogueItem("proximal-point", "the deterministic implicit Euler step"),
    CatalogueItem("implicit-midpoint", "the deterministic implicit midpoint step"),
  ]

  static let experiments: [CatalogueItem<any ExperimentSettings>] = [
    CatalogueItem(
      "potentials", "the four irreversibility potentials and forces DE, TR, TA, ST at points of parameter space",
      { $0.potentialsSettings($1) }, ExperimentSchema.potentials),
    CatalogueItem(
      "fluctuation-theorem", "integral and detailed fluctuation theorems, Jarzynski, Crooks, Hatano-Sasa",
      { $0.fluctuationTheoremSettings($1) }, ExperimentSchema.fluctuationTheorem),
    CatalogueItem(
      "entropy-production", "the rate of entropy production, split into its parts",
      { $0.entropyProductionSettings($1) }, ExperimentSchema.entropyProduction),
    CatalogueItem(
      "stationary", "moments of the stationary state and the fluctuation-dissipation relation",
      { $0.stationarySettings($1) }, ExperimentSchema.stationary),
    CatalogueItem(
      "noise-comparison", "noise models side by side on one problem", { $0.noiseComparisonSettings($1) },
      ExperimentSchema.noiseComparison),
    CatalogueItem(
      "symmetry", "continuous symmetries, emergent forces and Noether charges", { $0.symmetrySettings($1) },
      ExperimentSchema.symmetry),
    CatalogueItem(
      "scaling", "exponents in learning rate, batch size or temperature", { $0.scalingSettings($1) },
      ExperimentSchema.scaling),
    CatalogueItem("escape", "mean first-passage times"),
    CatalogueItem("relaxation", "path averages in time", { $0.relaxationSettings($1) }, ExperimentSchema.relaxation),
    CatalogueItem("large-deviation", "the scaled cumulant generating function and its symmetry"),
  ]
}

/// One name of the catalogue with the reader and the schema of its settings; without them it is for a later version.
struct CatalogueItem<Product>: Sendable {
  typealias Reader = @Sendable (inout ScenarioDecoder, Choice) -> Product?

  let name: String
  let summary: String
  let decode: Reader?
  let schema: Schema?

  init(_ name: String, _ summary: String, _ decode: @escaping Reader, _ schema: Schema) {
    (self.name, self.summary, self.decode, self.schema) = (name, summary, decode, schema)
  }

  /// A name of a later version.
  init(_ name: String, _ summary: String) {
    (self.name, self.summary, decode, schema) = (name, summary, nil, nil)
  }

  var entry: Catalogue.Entry { Catalogue.Entry(name: name, summary: summary, isLater: decode == nil) }
}
