import LoschmidtNumerics

/// The limit η → 0 of a ratio that is known, each time with a bound of its error, at η, η/2, η/4, … .
///
/// A window of three to seven neighbours is extrapolated by Richardson's scheme. It counts only where every window of the
/// same length at smaller η agrees with it, and where ratios at other learning rates do, since a ratio can stand still
/// on a plateau far from its limit. Of the windows that count the one with the smallest error is taken.
struct LimitWindows {
  /// A ratio with a bound of its error.
  struct Ratio {
    let rate: Double
    let value: Double
    let bound: Double
  }

  /// A limit with its error.
  struct Limit: Equatable {
    let value: Double
    /// What making η smaller, or the order lower, changes, and the part of rounding.
    let error: Double
    /// The part of the error that the bounds of the ratios make.
    let rounding: Double
  }

  /// How many neighbouring ratios one extrapolation uses.
  static let lengths = 3...7
  /// Two windows agree where they differ by less than so many of their errors, which are estimates.
  private static let tolerance = 3.0

  /// The ratios at η falling by factors of 2; `nil` where there is none.
  let ratios: [Ratio?]
  /// The ratios at other learning rates.
  let others: [Ratio]

  /// The limit from the window with the smallest error among those that count; `nil` where none does.
  var limit: Limit? {
    var best: Limit?
    for length in Self.lengths {
      let windows = ratios.indices.map { window($0, length) }
      for (first, window) in windows.enumerated() {
        guard let window, let next = first + 1 < windows.count ? windows[first + 1] : nil else { continue }
        // A change within what rounding explains is no second opinion; rounding is counted once.
        let change = abs(window.value - next.value) - window.rounding - next.rounding
        let found = Limit(
          value: window.value, error: max(window.error, change + window.rounding), rounding: window.rounding)
        guard found.error < best?.error ?? .infinity, agree(found, windows[(first + 1)...], first, length) else {
          continue
        }
        best = found
      }
    }
    return best
  }

  private func window(_ first: Int, _ length: Int) -> Limit? {
    let values = ratios[first..<min(first + length, ratios.count)].compactMap { $0 }
    guard values.count == length else { return nil }
    let extrapolation = RichardsonExtrapolation(values: values.map(\.value), ratio: 2)
    let rounding = zip(Self.weights[length - Self.lengths.lowerBound], values).reduce(0) { $0 + $1.0 * $1.1.bound }
    return Limit(value: extrapolation.limit, error: extrapolation.error + rounding, rounding: rounding)
  }

  /// By length, |weight| of each ratio in the last extrapolant.
  private static let weights: [[Double]] = lengths.map { length in
    (0..<length).map { place in
      let unit = (0..<length).map { $0 == place ? 1.0 : 0 }
      return abs(RichardsonExtrapolation(values: unit, ratio: 2).limit)
    }
  }

  private func agree(_ limit: Limit, _ smaller: ArraySlice<Limit?>, _ first: Int, _ length: Int) -> Bool {
    let same = smaller.allSatisfy { other in
      other.map { !(abs($0.value - limit.value) > Self.tolerance * ($0.error + limit.error)) } ?? true
    }
    guard same, let largest = ratios[first] else { return false }
    // Where η is no larger than in the window, the ratio is no farther from the limit than it is there.
    let window = ratios[first..<first + length].compactMap { $0 }
    let spread = window.map { abs($0.value - limit.value) + $0.bound }.max() ?? 0
    return others.allSatisfy { other in
      other.rate > largest.rate || !(abs(other.value - limit.value) > 2 * spread + limit.error + other.bound)
    }
  }
}
