import LoschmidtDynamics
import LoschmidtNumerics
import Testing

@Suite struct TemperatureTests {
  @Test func values() throws {
    #expect(Temperature.Value.constant(2).value(time: 1, step: 1) == 2)
    let value = Temperature.Value.expression(try Expression(parsing: "a*t + step"), constants: ["a": 3])
    #expect(value.value(time: 2, step: 5) == 11)
    #expect(Temperature.Value.expression(try Expression(parsing: "b"), constants: [:]).value(time: 0, step: 0).isNaN)
    #expect(Temperature.zero == .uniform(.constant(0)))
  }
}
