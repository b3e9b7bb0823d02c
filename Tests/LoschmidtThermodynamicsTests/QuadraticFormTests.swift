import LoschmidtNumerics
import LoschmidtTestSupport
import LoschmidtThermodynamics
import Testing

@Suite struct QuadraticFormTests {
  private let form = QuadraticForm(matrix: DenseMatrix([[2, 1], [3, 4]]), linear: [1, -1], constant: 5)

  /// All numbers are whole or halves, so that all results are exact.
  @Test func formsOfOnePoint() {
    // ½ (2·1 + (1 + 3)·2 + 4·4) + 1 − 2 + 5.
    #expect(form.value(at: [1, 2]) == 17)
    #expect(form.matrix.rowVectors == [[2, 2], [2, 4]])
    #expect((form + 2 * form).value(at: [1, 2]) == 51)
    #expect((form - form).value(at: [1, 2]) == 0)
    #expect(QuadraticForm.zero(2).value(at: [3, 4]) == 0)
  }

  @Test func formsOfTwoPoints() {
    let step = StepForm(
      current: form, next: QuadraticForm(matrix: .zero(2), linear: [1, 0]), mixed: DenseMatrix([[0, 1], [2, 0]]))
    // x = (1, 2), x′ = (3, −1): x′ᵀNx = 3·2 − 1·2.
    #expect(step.value(current: [1, 2], next: [3, -1]) == 17 + 3 + 4)
    #expect(step.swapped.value(current: [3, -1], next: [1, 2]) == 24)
    #expect((2 * step - step + .zero(2)).value(current: [1, 2], next: [3, -1]) == 24)
    #expect(StepForm.current(form).value(current: [1, 2], next: [9, 9]) == 17)
    #expect(StepForm.next(form).value(current: [9, 9], next: [1, 2]) == 17)
  }
}
