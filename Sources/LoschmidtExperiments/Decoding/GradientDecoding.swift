import LoschmidtDynamics
import LoschmidtNumerics

/// What becomes of the samples of a reshuffled epoch that make no whole batch.
enum LastBatch: String, CaseIterable {
  /// They are left out, as PyTorch's `drop_last` does: what happens where nothing is written.
  case drop
}

extension ScenarioDecoder {
  /// Reads the settings of `full-batch`: none.
  mutating func fullBatch(_ choice: Choice) -> (any GradientNoise)? {
    guard let reader = openSettings(of: choice) else { return nil }
    reader.finish(&problems)
    return FullBatch()
  }

  /// Reads the settings of `minibatch`: `size` and `sampling`.
  mutating func minibatch(_ choice: Choice) -> (any GradientNoise)? {
    guard var reader = openSettings(of: choice) else { return nil }
    let sizeEntry = reader.optional("size")
    let samplingEntry = reader.optional("sampling")
    let lastEntry = reader.optional("last")
    reader.finish(&problems)
    let size = batchSize(sizeEntry, choice)
    let sampling =
      samplingEntry.map { word($0.value, "sampling", as: Minibatch.Sampling.self) } ?? .withReplacement
    let last = lastEntry.map { word($0.value, "last", as: LastBatch.self) }
    guard let size, let sampling, last != .some(nil) else { return nil }
    if let lastEntry, sampling != .reshuffle {
      error("'last' goes with 'sampling: reshuffle', got '\(sampling.rawValue)'", at: lastEntry.origin)
      return nil
    }
    let rest = context.sampleCount.map { $0 % size } ?? 0
    if let count = context.sampleCount, sampling == .cyclic, rest != 0 {
      error(
        "'cyclic' needs a 'size' that divides the number of samples, got \(size) for \(count); "
          + "'reshuffle' leaves those out of an epoch that make no whole batch",
        at: sizeEntry?.value.origin ?? choice.origin)
      return nil
    }
    return Minibatch(size: size, sampling: sampling, dropsLast: sampling == .reshuffle && (last != nil || rest != 0))
  }

  /// Reads the number of samples in a batch, 1 where it is left out; no model has batches larger than the data.
  mutating func batchSize(_ entry: ScenarioNode.Entry?, _ choice: Choice) -> Int? {
    guard let entry else { return 1 }
    guard let size = integer(entry.value, "size", in: 1...Int.max) else { return nil }
    guard let count = context.sampleCount, size > count else { return size }
    error("'size' is larger than the data: got \(size), allowed are 1 … \(count)", at: entry.value.origin)
    return nil
  }

  /// Reads the settings of `constant-covariance`: `matrix`, or `size` and a point `at` which the covariance is taken.
  mutating func constantCovariance(_ choice: Choice) -> (any GradientNoise)? {
    guard var reader = openSettings(of: choice) else { return nil }
    let matrix = reader.optional("matrix")
    let size = reader.optional("size")
    let at = reader.optional("at")
    reader.finish(&problems)
    if let matrix {
      if let other = size ?? at {
        error(
          "'matrix' and '\(other.key)' exclude each other; give the covariance, or where it is taken", at: other.origin)
        return nil
      }
      return covarianceMatrix(matrix.value).map { ConstantCovariance(matrix: $0) }
    }
    guard let at else {
      error("'constant-covariance' needs 'matrix', or 'size' and a point 'at'", at: choice.origin)
      return nil
    }
    let batch = size.map { integer($0.value, "size", in: 1...Int.max) } ?? 1
    guard let batch, let points = pointList(at: at, points: nil, choice), let point = points.first else {
      return nil
    }
    guard let landscape = context.landscape else {
      error("'at' needs a 'loss', whose gradients have a covariance; give 'matrix'", at: at.origin)
      return nil
    }
    let covariance = (1 / Double(batch)) * landscape.gradientCovariance(at: point)
    guard covariance.entries.allSatisfy(\.isFinite) else {
      error("the covariance of the gradients at the point 'at' is not finite", at: choice.origin)
      return nil
    }
    return ConstantCovariance(matrix: covariance)
  }

  /// Reads a symmetric positive semidefinite d × d matrix.
  private mutating func covarianceMatrix(_ node: ScenarioNode) -> DenseMatrix? {
    let what = "a symmetric positive semidefinite matrix, a list of rows"
    guard let dimension = context.parameters?.dimension else { return nil }
    guard let rows = node.list, rows.count == dimension else {
      error(
        "'matrix' must be \(what), one for each of the \(dimension) coordinates, got \(node.shown)", at: node.origin)
      return nil
    }
    guard let entries = symmetricEntries(rows, node, "matrix") else { return nil }
    let matrix = DenseMatrix(rows: dimension, columns: dimension, entries: entries)
    guard let eigen = try? SymmetricEigen(matrix: entries, dimension: dimension) else { return nil }
    let (low, high) = (eigen.eigenvalues.min() ?? 0, eigen.eigenvalues.max() ?? 0)
    // Rounding of a singular covariance may give eigenvalues a little below zero.
    guard low >= -Double(dimension) * 4 * Double.ulpOfOne * high else {
      error("'matrix' must be \(what), got one with the eigenvalue \(low)", at: node.origin)
      return nil
    }
    return matrix
  }
}
