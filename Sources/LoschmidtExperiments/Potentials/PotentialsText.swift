import LoschmidtReports

extension PotentialsExperiment {
  /// The settings as they were understood, and over which draws the forces are averaged.
  public var resolved: [(key: String, value: String)] {
    let points = settings.points.map {
      "(\($0.prefix(8).map(NumberText.shortest).joined(separator: ", "))\($0.count > 8 ? ", …" : ""))"
    }
    let outcomes = law.outcomes.map { "all \($0.count)" } ?? "\(Self.sampleSize) sampled"
    return [
      ("points", shortened(points, limit: 4)),
      ("learning-rates", shortened(settings.learningRates.map { NumberText.rounded($0) }, limit: 12)),
      ("orders", "\(settings.orders)"),
      ("renormalisation-steps", shortened(settings.renormalisationSteps.map(\.description))),
      ("margin", NumberText.shortest(settings.margin)),
      ("draws", outcomes),
    ]
  }

  /// Points × learning rates × draws × what the forces at one point take.
  ///
  /// The flow of TR∞ adapts its steps; 100 gradients are typical. The learning rates that the experiment adds of its own are
  /// about 13.
  public var estimatedSampleGradients: Double? {
    let batch =
      switch law.scheme {
      case .fullBatch: law.sampleCount
      case .withReplacement(let size), .withoutReplacement(let size), .cyclic(let size): size
      }
    let perDraw = settings.renormalisationSteps.reduce(20.0) { sum, steps in
      switch steps {
      case .finite(let n): sum + Double(n)
      case .infinite: sum + 100
      }
    }
    let rates = Double(settings.learningRates.count + 13)
    return Double(settings.points.count) * rates * Double(law.outcomes?.count ?? Self.sampleSize) * Double(batch)
      * perDraw
  }
}
