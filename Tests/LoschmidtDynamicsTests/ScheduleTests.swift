import LoschmidtDynamics
import LoschmidtNumerics
import Testing

@Suite struct ScheduleTests {
  @Test func constant() {
    #expect(Schedule(0.5).constant == 0.5 && Schedule(0.5).text == nil)
    #expect(Schedule(0.5).value(at: 7) == 0.5)
  }

  @Test func expression() throws {
    let schedule = Schedule(try Expression(parsing: "a/(1 + step)"), constants: ["a": 2])
    #expect(schedule.constant == nil && schedule.text == "a/(1 + step)")
    #expect([0, 1, 3].map(schedule.value) == [2, 1, 0.5])
    #expect(Schedule(try Expression(parsing: "b")).value(at: 0).isNaN)
  }
}
