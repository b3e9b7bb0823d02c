import LoschmidtDynamics

extension ScenarioDecoder {
  /// Reads the settings of `full-batch`: none.
  @Sendable static func fullBatch(_ decoder: inout ScenarioDecoder, _ choice: Choice) -> (any GradientNoise)? {
    let reader = decoder.map(choice.settings, name: choice.name, origin: choice.origin, emptyAllowed: true)
    guard let reader else { return nil }
    reader.finish(&decoder.problems)
    return FullBatch()
  }

  /// Reads the settings of `minibatch`: `size` and `sampling`.
  @Sendable static func minibatch(_ decoder: inout ScenarioDecoder, _ choice: Choice) -> (any GradientNoise)? {
    guard
      var reader = decoder.map(choice.settings, name: choice.name, origin: choice.origin, emptyAllowed: true)
    else { return nil }
    let sizeEntry = reader.optional("size")
    let samplingEntry = reader.optional("sampling")
    reader.finish(&decoder.problems)
    let size = sizeEntry.map { decoder.integer($0.value, "size", in: 1...Int.max) } ?? 1
    let sampling =
      samplingEntry.map { decoder.word($0.value, "sampling", as: Minibatch.Sampling.self) } ?? .withReplacement
    guard let size, let sampling else { return nil }
    let origin = sizeEntry?.value.origin ?? choice.origin
    if let count = decoder.context.sampleCount {
      if size > count {
        decoder.error("'size' is larger than the data: got \(size), allowed are 1 … \(count)", at: origin)
        return nil
      }
      if sampling.usesEpochs, count % size != 0 {
        decoder.error(
          "'\(sampling.rawValue)' needs a 'size' that divides the number of samples, got \(size) for \(count)",
          at: origin)
        return nil
      }
    }
    return Minibatch(size: size, sampling: sampling)
  }
}
