/// The number of successes in independent trials with probabilities of their own, Poisson's binomial law.
///
/// By convolution up to one count: all terms are positive, so that each tail keeps a relative error of about n ulps.
public struct PoissonBinomial: Sendable, Equatable {
  /// P(X ≤ k).
  public let atMost: Double
  /// P(X ≥ k).
  public let atLeast: Double

  /// The tails at a count k.
  ///
  /// - Parameters:
  ///   - count: k.
  ///   - probabilities: One for each trial, in 0…1.
  /// - Complexity: O(k × trials).
  public init(count: Int, probabilities: [Double]) {
    precondition(count >= 0, "a count is not negative")
    // P(X = 0), …, P(X = k), P(X > k)
    var law = [Double](repeating: 0, count: count + 2)
    law[0] = 1
    law.withUnsafeMutableBufferPointer { law in
      var reached = 0
      for probability in probabilities where probability > 0 {
        let rest = 1 - probability
        law[count + 1] += law[count] * probability
        if reached < count { reached += 1 }
        var k = reached
        while k > 0 {
          law[k] = law[k] * rest + law[k - 1] * probability
          k -= 1
        }
        law[0] *= rest
      }
    }
    atMost = min(1, law.dropLast().reduce(0, +))
    atLeast = min(1, law[count] + law[count + 1])
  }

  /// min(1, 2 min(P(X ≤ k), P(X ≥ k))).
  public var twoSided: Double { DiscreteTails.twoSided(atMost: atMost, atLeast: atLeast) }
}
