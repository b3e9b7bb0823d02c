import Testing

@testable import LoschmidtReports

@Suite struct MathMLCheckTests {
  @Test(arguments: [
    "", "<mi>x</mi>", "<mrow><mo form=\"prefix\">(</mo><mspace width=\"0.3em\"/></mrow>", "<mo>&lt;</mo>",
  ])
  func formulas(text: String) {
    #expect(MathMLCheck.isSound(text))
  }

  @Test(arguments: [
    "<script>x</script>", "<mi onclick=\"x\">y</mi>", "<mi>x", "</mi>", "<mi>x</mo>", "<mi", "a>b", "</math>",
    "<mi mathvariant=\"a&b\">y</mi>", "<mi mathvariant=normal>y</mi>", "<mrow><mi></mrow></mi>", "<MI>x</MI>", "<>",
    "<mtext href=\"x\">y</mtext>", "<!-- x -->", "<mi/onclick=\"x\">",
  ])
  func everythingElse(text: String) {
    #expect(!MathMLCheck.isSound(text))
  }
}
