import LoschmidtTestSupport
import Testing

@testable import LoschmidtNumerics

struct NearestNameTests {
  @Test func misspeltWords() {
    let known = ["sigmoid", "softplus", "logcosh", "learning-rate", "x", "w1", "w2"]
    #expect(nearestName(to: "sigmiod", among: known) == "sigmoid")
    #expect(nearestName(to: "softpluss", among: known) == "softplus")
    #expect(nearestName(to: "Learning_rate", among: known) == "learning-rate")
    #expect(nearestName(to: "X", among: known) == "x")
    #expect(nearestName(to: "w3", among: known) == "w1")
    #expect(nearestName(to: "temperature", among: known) == nil)
    #expect(nearestName(to: "y", among: known) == nil)
    #expect(nearestName(to: "", among: known) == nil)
    #expect(nearestName(to: "x", among: [String]()) == nil)
  }

  @Test func longNamesAreNotNearToEverything() {
    let long = String(repeating: "q", count: 1000)
    #expect(nearestName(to: "abc", among: [long]) == nil)
    #expect(nearestName(to: String(repeating: "q", count: 999), among: [long]) == long)
  }

  /// The distance by its recursive definition.
  private func distance(_ a: ArraySlice<Character>, _ b: ArraySlice<Character>) -> Int {
    guard let x = a.last, let y = b.last else { return a.count + b.count }
    let (shorterA, shorterB) = (a.dropLast(), b.dropLast())
    var least = min(
      distance(shorterA, b) + 1, distance(a, shorterB) + 1, distance(shorterA, shorterB) + (x == y ? 0 : 1))
    if let u = shorterA.last, let v = shorterB.last, x == v, y == u {
      least = min(least, distance(shorterA.dropLast(), shorterB.dropLast()) + 1)
    }
    return least
  }

  @Test func distancesAgreeWithTheirDefinition() {
    var random = TestRandom(seed: 3)
    for _ in 0..<100 {
      let (a, b) = (word(&random), word(&random))
      #expect(editDistance(a, b) == distance(a[...], b[...]), "\(a) and \(b)")
      #expect(editDistance(a, b) == editDistance(b, a))
    }
    #expect(editDistance([], Array("abc")) == 3)
    #expect(editDistance(Array("abc"), []) == 3)
  }

  private func word(_ random: inout TestRandom) -> [Character] {
    (0..<Int.random(in: 0...5, using: &random)).map { _ in ["a", "b", "c"].randomElement(using: &random) ?? "a" }
  }
}
