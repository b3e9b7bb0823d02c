import LoschmidtNumerics

/// The preconditioned gradients G_ξ(θ) = Λ g_ξ(θ) of several draws ξ of the minibatch, one a lane.
///
/// The same draw is used wherever the field is evaluated, as in the definition of the forces. Sums over the samples of a
/// draw are compensated, so that their rounding error does not grow with the batch.
public final class DrawField: VectorField {
  /// The number of coordinates of θ.
  public let dimension: Int
  /// The number of draws.
  public let lanes: Int

  private let landscape: ExpressionLandscape
  private let items: [SampleEvaluator.Item]
  private let weights: [Double]
  /// Whether lane k is sample k's own with weight one, so that nothing needs to be summed.
  private let isOneSampleEach: Bool
  private let preconditioner: PositiveMatrix
  private let workspace: DrawWorkspace

  /// The field of some draws.
  ///
  /// - Parameters:
  ///   - landscape: The loss.
  ///   - draws: One draw for each lane.
  ///   - preconditioner: Λ.
  ///   - workspace: Compiled tapes and storage, shared by fields that are used one after the other.
  public init(
    _ landscape: ExpressionLandscape, draws: [Draw], preconditioner: PositiveMatrix = .identity,
    workspace: DrawWorkspace? = nil
  ) {
    self.landscape = landscape
    self.preconditioner = preconditioner
    self.workspace = workspace ?? DrawWorkspace(landscape)
    dimension = landscape.dimension
    lanes = draws.count
    items = draws.enumerated().flatMap { lane, draw in
      draw.members.map { SampleEvaluator.Item(sample: $0.sample, lane: lane) }
    }
    weights = draws.flatMap { $0.members.map(\.weight) }
    isOneSampleEach = draws.allSatisfy { $0.members.count == 1 }
  }

  /// G(θ) in every lane.
  public func evaluate(at point: Block) -> Block { preconditioner.multiply(gradient(at: point)) }

  /// D^kG(θ)[…] in every lane.
  public func derivative(along directions: [(direction: Block, multiplicity: Int)], at point: Block) -> Block {
    preconditioner.multiply(gradientDerivative(along: directions, at: point))
  }

  /// The plain gradient g_ξ(θ), without the preconditioner.
  public func gradient(at point: Block) -> Block { gradientDerivative(along: [], at: point) }

  /// D^kg_ξ(θ)[…], without the preconditioner.
  public func gradientDerivative(along directions: [(direction: Block, multiplicity: Int)], at point: Block) -> Block {
    precondition(point.dimension == dimension && point.lanes == lanes, "a point has one column for each draw")
    // A canonical order of the directions keeps the number of compiled tapes small.
    let ordered = directions.sorted { $0.multiplicity > $1.multiplicity }
    let blocks = [point] + ordered.map(\.direction)
    let evaluator = workspace.evaluator(multiplicities: ordered.map(\.multiplicity), items: items.count)
    if isOneSampleEach, evaluator.lanes == lanes { return evaluator.evaluate(items.map(\.sample), blocks: blocks) }
    var sums = Block(dimension: dimension, lanes: lanes)
    var corrections = Block(dimension: dimension, lanes: lanes)
    evaluator.evaluate(items, blocks: blocks) { range, results in
      if lanes == 1 {
        accumulateSingle(range, results, &sums, &corrections)
      } else {
        accumulate(range, results, &sums, &corrections)
      }
    }
    sums.add(corrections)
    return sums
  }

  /// The same for a single draw: the weighted sum of a whole chunk is added at once.
  private func accumulateSingle(
    _ range: Range<Int>, _ results: Block, _ sums: inout Block, _ corrections: inout Block
  ) {
    var padded = [Double](repeating: 0, count: results.lanes)
    padded.replaceSubrange(0..<range.count, with: weights[range])
    let terms = results.weightedSum(padded)
    sums.entries.withUnsafeMutableBufferPointer { sums in
      corrections.entries.withUnsafeMutableBufferPointer { corrections in
        terms.withUnsafeBufferPointer { terms in
          for i in terms.indices {
            let old = sums[i]
            let new = old + terms[i]
            let shifted = new - old
            corrections[i] += (old - (new - shifted)) + (terms[i] - shifted)
            sums[i] = new
          }
        }
      }
    }
  }

  /// Adds weighted results to the lanes of their draws, with the rounding errors kept apart (two-sum of Knuth).
  private func accumulate(_ range: Range<Int>, _ results: Block, _ sums: inout Block, _ corrections: inout Block) {
    let (lanes, columns) = (self.lanes, results.lanes)
    sums.entries.withUnsafeMutableBufferPointer { sums in
      corrections.entries.withUnsafeMutableBufferPointer { corrections in
        results.entries.withUnsafeBufferPointer { results in
          for i in 0..<dimension {
            for k in range {
              let place = i * lanes + items[k].lane
              let term = weights[k] * results[i * columns + (k - range.lowerBound)]
              let old = sums[place]
              let new = old + term
              let shifted = new - old
              corrections[place] += (old - (new - shifted)) + (term - shifted)
              sums[place] = new
            }
          }
        }
      }
    }
  }
}
