import Foundation
import Testing

@testable import LoschmidtReports

@Suite struct ReportStyleTests {
  /// Both stand in a document that is read as XML too.
  @Test func nothingNeedsToBeEscaped() {
    for text in [ReportStyle.sheet, ReportStyle.script] { #expect(!text.contains("<") && !text.contains("&")) }
  }

  @Test func bothColourSchemesAndPaper() {
    #expect(ReportStyle.sheet.contains("prefers-color-scheme: dark") && ReportStyle.sheet.contains("@media print"))
  }

  /// Contrast of text on the page, as WCAG 2.1 computes it: at least 4.5 for all colours of words.
  @Test func wordsCanBeRead() throws {
    let schemes = ReportStyle.sheet.components(separatedBy: "--text:").dropFirst().map { "--text:" + $0 }
    #expect(schemes.count == 3)
    for scheme in schemes {
      let page = try #require(colour("--page", in: scheme))
      for name in ["--text", "--quiet", "--pass", "--fail", "--undecided", "--link"] {
        let contrast = try contrast(#require(colour(name, in: scheme)), page)
        #expect(contrast >= 4.5, "\(name): \(contrast)")
      }
    }
  }

  private func colour(_ name: String, in scheme: String) -> [Double]? {
    guard let place = scheme.range(of: "\(name): #") else { return nil }
    let digits = scheme[place.upperBound...].prefix(6)
    guard let number = Int(digits, radix: 16) else { return nil }
    return [16, 8, 0].map { Double((number >> $0) & 255) / 255 }
  }

  private func contrast(_ one: [Double], _ other: [Double]) -> Double {
    let lights = [one, other].map { colour -> Double in
      let linear = colour.map { $0 <= 0.03928 ? $0 / 12.92 : pow(($0 + 0.055) / 1.055, 2.4) }
      return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    }
    return (lights.max()! + 0.05) / (lights.min()! + 0.05)
  }
}
