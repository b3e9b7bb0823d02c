import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtReports
import LoschmidtTestSupport
import Testing

@testable import LoschmidtExperiments

@Suite struct CatalogueTests {
  @Test func namesAreDistinctAndDescribed() {
    for section in Catalogue.Section.allCases {
      let entries = Catalogue.entries(in: section)
      #expect(Set(entries.map(\.name)).count == entries.count)
      for entry in entries {
        #expect(!entry.summary.isEmpty && !entry.summary.contains("\n") && !entry.summary.hasSuffix("."))
      }
    }
  }

  @Test func whatThisVersionRuns() {
    func ready(_ section: Catalogue.Section) -> [String] {
      Catalogue.entries(in: section).filter { !$0.isLater }.map(\.name)
    }
    #expect(
      ready(.gradients) == [
        "full-batch", "minibatch", "gaussian", "constant-covariance", "isotropic", "student-t", "alpha-stable",
        "label-noise", "svag",
      ])
    #expect(ready(.algorithms) == ["gradient-descent", "modified-sde"])
    #expect(
      ready(.experiments) == [
        "potentials", "fluctuation-theorem", "entropy-production", "stationary", "noise-comparison", "symmetry",
        "scaling", "relaxation",
      ])
    #expect(ready(.functions) == ExpressionFunction.allCases.map(\.rawValue))
  }

  /// `loschmidt explain` knows all that a scenario can say.
  @Test(arguments: [
    (Catalogue.Section.algorithms, Explanation.Kind.algorithm), (.gradients, .gradient), (.experiments, .experiment),
    (.functions, .function),
  ])
  func everythingIsExplained(section: Catalogue.Section, kind: Explanation.Kind) {
    let explained = Explanations.all.filter { $0.kind == kind }.map(\.name)
    #expect(Set(explained) == Set(Catalogue.entries(in: section).filter { !$0.isLater }.map(\.name)))
  }

  @Test func everyGeneratorIsExplained() {
    let explained = Explanations.all.filter { $0.kind == .generator }.map(\.name)
    #expect(explained == GeneratorName.allCases.map(\.rawValue))
  }

  /// No noise model can be left out of the tests of their laws.
  @Test func everyGradientIsTestedForItsLaw() {
    let tested = Set(NoiseModels.all(dimension: 2).map(\.name))
    #expect(tested == Set(Catalogue.gradients.filter { $0.decode != nil }.map(\.name)))
  }

  @Test(arguments: [Catalogue.Section.gradients, .algorithms, .experiments])
  func everythingLaterIsRefusedByName(section: Catalogue.Section) {
    for entry in Catalogue.entries(in: section) where entry.isLater {
      let text =
        switch section {
        case .gradients: scenario(process: goodProcess + "\ngradient: " + entry.name)
        case .algorithms: scenario(process: goodProcess.replacing("gradient-descent", with: entry.name))
        default: scenario().replacing("potentials", with: entry.name)
        }
      let found = reading(text).diagnostics
      #expect(
        found.count == 1 && found[0].message.contains("'\(entry.name)' is for a later version; this version runs"))
    }
  }
}
