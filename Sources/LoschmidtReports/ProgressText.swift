/// How far a run is, as a line for people.
public struct ProgressText: Sendable {
  /// The finished fraction, 0 to 1.
  public var fraction: Double
  /// The time since the start, in seconds.
  public var elapsed: Double
  /// How many gradients of one sample have been taken, where that is known.
  public var sampleGradients: Double?
  /// What is being done.
  public var what: String
  /// The fraction that is done in a second of late, which tells the rest better than the whole where stages differ; `nil`
  /// for the mean since the start.
  public var pace: Double?

  /// The seconds that are left, where they are estimated stage by stage; `nil` to go by the fraction and the pace.
  public var secondsLeft: Double?

  /// A line about a run.
  public init(fraction: Double, elapsed: Double, sampleGradients: Double? = nil, what: String) {
    self.fraction = fraction.isFinite ? min(max(fraction, 0), 1) : 0
    self.elapsed = elapsed
    self.sampleGradients = sampleGradients
    self.what = what
  }

  /// The line for a terminal, at most `width` columns: a bar, the time left, the rate and what is being done, as much of
  /// it as there is room for.
  public func bar(width: Int, colour: Bool) -> String {
    let percent = "\(percentage < 10 ? "  " : percentage < 100 ? " " : "")\(percentage) %"
    // The bar is the first to go, then the rate; a percentage fits into every terminal.
    let cells = min(24, width / 4)
    let hasBar = cells >= 8
    var line = hasBar ? Self.bar(fraction, cells: cells, colour: colour) + " " + percent : percent
    var left = width - percent.count - (hasBar ? cells + 3 : 0)
    for (index, part) in [timeLeft, rate, what].enumerated() {
      guard let part, !part.isEmpty else { continue }
      // Of what is being done a piece says something too; of a number it would be wrong.
      let fitted = index == 2 ? part.fitted(toColumns: max(0, left - 2)) : part
      let columns = fitted.displayWidth + 2
      guard columns <= left, columns > 4 else { continue }
      line += "  " + fitted
      left -= columns
    }
    return left < 0 ? String(percent.prefix(max(0, width))) : line
  }

  /// The line where there is no terminal.
  public var plain: String {
    "\(what): " + ["\(percentage) %", timeLeft, rate].compactMap(\.self).joined(separator: ", ")
  }

  private var percentage: Int { Int((fraction * 100).rounded(.down)) }

  private static func bar(_ fraction: Double, cells: Int, colour: Bool) -> String {
    let full = Int((fraction * Double(cells)).rounded(.down))
    let done = String(repeating: "=", count: full)
    return "[" + (colour ? "\u{1b}[32m\(done)\u{1b}[0m" : done)
      + String(repeating: " ", count: cells - full) + "]"
  }

  /// The time left, if the rest goes on as it went of late; nothing before anything can be said.
  private var timeLeft: String? {
    let seconds: Double
    if let secondsLeft {
      seconds = max(0, secondsLeft)
    } else {
      guard fraction > 0.001, fraction < 1 else { return nil }
      let mean = elapsed * (1 - fraction) / fraction
      seconds = pace.map { $0 > 0 ? (1 - fraction) / $0 : mean } ?? mean
    }
    guard seconds < 100 * 86400 else { return nil }
    let whole = Int(seconds.rounded(.up))
    let (days, hours, minutes) = (whole / 86400, whole / 3600 % 24, whole / 60 % 60)
    if days > 0 { return "\(days) d \(hours) h left" }
    if hours > 0 { return "\(hours) h \(minutes) min left" }
    return minutes > 0 ? "\(minutes) min \(whole % 60) s left" : "\(whole) s left"
  }

  /// Gradients of samples in a second.
  private var rate: String? {
    guard let sampleGradients, elapsed > 0, sampleGradients > 0 else { return nil }
    let rate = sampleGradients / elapsed
    for (size, prefix) in [(1e9, " G"), (1e6, " M"), (1e3, " k")] where rate >= size {
      return NumberText.rounded(rate / size, digits: 3) + prefix + " gradients/s"
    }
    return NumberText.rounded(rate, digits: 3) + " gradients/s"
  }
}
