import Testing

@testable import LoschmidtReports

@Suite struct ResultsProblemTests {
  @Test func theLineSaysWhere() {
    func line(_ place: ResultsProblem.Place?) -> String {
      ResultsProblem(file: "d/results.json", place: place, message: "is wrong").description
    }
    #expect(line(.position(line: 2, column: 7)) == "d/results.json:2:7: error: is wrong")
    #expect(line(.member("seed")) == "d/results.json: error: seed is wrong")
    #expect(line(.member("")) == "d/results.json: error: the document is wrong")
    #expect(line(nil) == "d/results.json: error: is wrong")
  }
}
