/// The pictures of a result, made from its tables and numbers alone: `results.json` is enough to make them again.
public enum FigureGallery {
  private static let builders: [@Sendable (ExperimentResult) -> [Figure]] = [
    ConvergenceFigures.figures, SeriesFigures.figures, PortraitFigures.figures, FluctuationFigures.figures,
    WorkFigures.figures, ProductionFigures.figures, StationaryFigures.figures, SpectrumFigures.figures,
    RelaxationFigures.figures, ComparisonFigures.figures, ScalingFigures.figures, SymmetryFigures.figures,
  ]

  /// The pictures of one experiment, in the order in which they are shown; their names differ.
  ///
  /// Those that cannot be drawn are left out.
  public static func figures(of experiment: ExperimentResult) -> [Figure] {
    all(of: experiment).filter { $0.obstacle == nil }
  }

  /// The pictures that are left out, with the reason as a clause.
  public static func leftOut(of experiment: ExperimentResult) -> [(name: String, reason: String)] {
    all(of: experiment).compactMap { figure in figure.obstacle.map { (figure.name, $0) } }
  }

  private static func all(of experiment: ExperimentResult) -> [Figure] {
    builders.flatMap { $0(experiment) }
  }

  /// Points of parameter space beyond the first few have tables, but no pictures.
  static let mostPoints = 4
}
