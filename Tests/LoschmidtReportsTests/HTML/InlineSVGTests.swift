import Testing

@testable import LoschmidtReports

@Suite struct InlineSVGTests {
  private let document = """
    <?xml version="1.0" encoding="utf-8"  standalone="no"?>
    <svg 
     viewBox="0 0 520 390" xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">
    <title>Gnuplot</title>
    <desc>Produced by GNUPLOT</desc>
    <g id="gnuplot_canvas"><defs><circle id='gpDot' r='0.5'/><use xlink:href='#gpDot' id='gpPt6'/></defs>
    <g color="black" clip-path="url(#gpDot)"><path stroke='black' d='M1,1'/></g>
    <g color='rgb(  0,   0,   0)'/></g>
    </svg>

    """

  @Test func idsAndWhatRefersToThemBearThePrefix() throws {
    let svg = try #require(InlineSVG.element(document, prefix: "figure-0-1", label: "A \"label\" & more"))
    let outline = try #require(XMLOutline(svg))
    #expect(outline.values(of: "id") == ["figure-0-1-gnuplot_canvas", "figure-0-1-gpDot", "figure-0-1-gpPt6"])
    #expect(outline.values(of: "xlink:href") == ["#figure-0-1-gpDot"])
    #expect(outline.values(of: "clip-path") == ["url(#figure-0-1-gpDot)"])
    #expect(outline.values(of: "aria-label") == ["A \"label\" & more"])
  }

  @Test func blackIsTheColourOfTheText() throws {
    let svg = try #require(InlineSVG.element(document, prefix: "f", label: ""))
    #expect(!svg.contains("black") && !svg.contains("rgb("))
    #expect(!svg.contains("<title>") && !svg.contains("<?xml") && !svg.contains("GNUPLOT"))
  }

  @Test func whatIsNoPictureIsNone() {
    #expect(InlineSVG.element("", prefix: "f", label: "") == nil)
  }
}
