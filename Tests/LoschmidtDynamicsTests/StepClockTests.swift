import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtTestSupport
import Testing

@Suite struct StepClockTests {
  private func schedule(_ text: String) throws -> Schedule { Schedule(try Expression(parsing: text)) }

  @Test func constantSteps() throws {
    let clock = try StepClock(learningRate: Schedule(0.25), temperature: .baths([1, 2]), steps: 10)
    #expect(clock.isConstant && clock.steps == 10 && clock.time(0) == 0 && clock.time(7) == 1.75)
    #expect(
      clock.setting(3)
        == StepSetting(index: 3, startTime: 0.75, time: 1, learningRate: 0.25, temperatures: [1, 2]))
  }

  /// t_k is the sum of the steps before, and what names t sees the end of its step.
  @Test func schedules() throws {
    let clock = try StepClock(
      learningRate: schedule("1/(1 + step)"), temperature: .bath(parsing: "t + 10*step"), steps: 4)
    #expect(!clock.isConstant && clock.time(1) == 1 && clock.time(2) == 1.5)
    let setting = clock.setting(1)
    #expect(setting.startTime == 1 && setting.time == 1.5 && setting.learningRate == 0.5)
    #expect(setting.temperatures == [11.5])
  }

  /// A constant learning rate with a temperature that changes is no constant clock.
  @Test func eitherScheduleCounts() throws {
    #expect(try !StepClock(learningRate: Schedule(1), temperature: .bath(parsing: "1 + step"), steps: 3).isConstant)
    #expect(try !StepClock(learningRate: schedule("0.1"), temperature: .bath(1), steps: 3).isConstant)
  }

  /// 10⁵ steps of 0.1 as a schedule: Kahan's sum has 2 ulp, a plain one a thousand times more.
  @Test func timesDoNotDrift() throws {
    let clock = try StepClock(learningRate: schedule("0.1"), temperature: .zero, steps: 100_000)
    #expect(abs(clock.time(100_000) - 10_000) <= 2 * 10_000.0.ulp)
  }

  /// A warm-up from 0, and a cosine that reaches it: such steps take no time.
  @Test func stepsThatStand() throws {
    let warm = try StepClock(learningRate: schedule("0.25*min(step, 2)"), temperature: .zero, steps: 4)
    #expect(
      warm.stands(0) && !warm.stands(1) && warm.firstMovingStep() == 1 && warm.time(1) == 0 && warm.time(2) == 0.25)
    let cosine = try StepClock(learningRate: schedule("0.25*(1 + cos(pi*step/5))"), temperature: .zero, steps: 8)
    #expect((0..<8).filter(cosine.stands) == [5] && cosine.time(5) == cosine.time(6))
    #expect(cosine.firstMovingStep(from: 5) == 6 && cosine.firstMovingStep(from: 8) == nil)
    #expect(try !StepClock(learningRate: Schedule(0.1), temperature: .zero, steps: 2).stands(0))
  }

  @Test func faultsNameTheFirstStep() throws {
    func fault(_ learningRate: Schedule, _ temperature: Temperature) -> StepClock.Fault? {
      do {
        _ = try StepClock(learningRate: learningRate, temperature: temperature, steps: 10)
        return nil
      } catch { return error }
    }
    #expect(fault(try schedule("3 - step"), .zero) == .init(quantity: "learning-rate", step: 4, value: -1))
    #expect(fault(try schedule("0*step"), .zero) == .init(quantity: "learning-rate", step: 0, value: 0))
    #expect(
      fault(Schedule(0.5), try .bath(parsing: "2 - t")) == .init(quantity: "temperature", step: 4, value: -0.5))
    #expect(fault(try schedule("1/(step - 1)"), .zero)?.step == 0)
    #expect(
      fault(Schedule(1), try .bath(parsing: "1/(5 - step)"))
        == .init(quantity: "temperature", step: 5, value: .infinity))
    #expect(fault(Schedule(1), try .bath(parsing: "4 - step*0")) == nil)
    #expect(fault(Schedule(1), .bath(0)) == nil)
  }
}
