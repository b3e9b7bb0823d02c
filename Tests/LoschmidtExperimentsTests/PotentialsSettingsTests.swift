import LoschmidtExperiments
import Testing

@Suite struct PotentialsSettingsTests {
  @Test func defaultsAreThoseOfTheFormat() {
    let settings = PotentialsSettings(points: [[1]], learningRates: [0.1])
    #expect(settings.orders == 4 && settings.margin == 1e-3 && settings.title == nil && settings.claim == nil)
    #expect(settings.renormalisationSteps.map(\.description) == ["2", "inf"])
    #expect(PotentialsSettings.name == "potentials")
  }
}
