import Testing

@testable import LoschmidtNumerics

@Suite struct RememberedAnswersTests {
  @Test func everyQuestionIsAnsweredOnce() {
    let answers = RememberedAnswers()
    var asked: [Int] = []
    func ask(_ question: Int) -> Bool {
      answers.answer(question) {
        asked.append(question)
        return question % 2 == 0
      }
    }
    #expect([2, 3, 2, 3, 4].map(ask) == [true, false, true, false, true])
    #expect(asked == [2, 3, 4])
  }
}
