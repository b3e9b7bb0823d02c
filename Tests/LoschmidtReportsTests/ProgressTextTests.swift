import Foundation
import Testing

@testable import LoschmidtReports

@Suite struct ProgressTextTests {
  private let half = ProgressText(
    fraction: 0.5, elapsed: 10, sampleGradients: 4.2e7, what: "a.yaml: relaxation, ensemble")

  @Test func aBarHasTheTimeLeftAndTheRate() {
    #expect(
      half.bar(width: 100, colour: false)
        == "[============            ]  50 %  10 s left  4.2 M gradients/s  a.yaml: relaxation, ensemble"
    )
    #expect(half.plain == "a.yaml: relaxation, ensemble: 50 %, 10 s left, 4.2 M gradients/s")
  }

  @Test func colourIsOnlyInTheBar() {
    let line = half.bar(width: 100, colour: true)
    #expect(line.hasPrefix("[\u{1b}[32m============\u{1b}[0m"))
    #expect(
      line.replacingOccurrences(of: "\u{1b}[32m", with: "").replacingOccurrences(
        of: "\u{1b}[0m", with: "")
        == half.bar(width: 100, colour: false))
  }

  /// Whatever the terminal, the line does not reach beyond it, and a number is whole or not there.
  @Test func itFitsIntoEveryTerminal() {
    let what = "学習率/größe.yaml: fluctuation-theorem, 前向き ensemble"
    for fraction in [0, 0.004, 0.02, 0.5, 0.999, 1] {
      let text = ProgressText(
        fraction: fraction, elapsed: 3600, sampleGradients: 1e12 * fraction, what: what)
      for width in 0...150 {
        let line = text.bar(width: width, colour: false)
        #expect(line.displayWidth <= width, "\(width): \(line)")
        if width >= 5 { #expect(line.contains("%")) }
        if line.contains("left") {
          #expect(
            line.contains(" s left") || line.contains(" min left") || line.contains(" h left"))
        }
        if line.contains("gra") { #expect(line.contains(" gradients/s")) }
      }
    }
  }

  @Test(arguments: [
    (0.0005, 1.0, nil), (0.005, 10.0, "33 min 10 s left"), (0.5, 0.2, "1 s left"), (0.5, 59.5, "1 min 0 s left"),
    (0.5, 3661.0, "1 h 1 min left"),
    (0.5, 90000.0, "1 d 1 h left"), (1, 5.0, nil), (0.02, 1e9, nil),
  ]) func timeLeft(fraction: Double, elapsed: Double, left: String?) {
    let plain = ProgressText(fraction: fraction, elapsed: elapsed, what: "w").plain
    #expect(plain == "w: \(Int(fraction * 100)) %" + (left.map { ", \($0)" } ?? ""))
  }

  @Test(arguments: [
    (1234.0, 1.0, "1.23 k gradients/s"), (12.0, 1.0, "12 gradients/s"),
    (3e9, 2.0, "1.5 G gradients/s"),
  ]) func rates(gradients: Double, elapsed: Double, rate: String) {
    #expect(
      ProgressText(fraction: 0, elapsed: elapsed, sampleGradients: gradients, what: "w").plain
        == "w: 0 %, \(rate)")
  }

  @Test func fractionsStayInTheirRange() {
    for (fraction, shown) in [(-1.0, "0 %"), (2.0, "100 %"), (.nan, "0 %"), (.infinity, "0 %")] {
      #expect(ProgressText(fraction: fraction, elapsed: 1, what: "w").plain == "w: \(shown)")
    }
  }
}
