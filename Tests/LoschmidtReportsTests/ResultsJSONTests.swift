import Foundation
import LoschmidtReports
import Testing

@Suite struct ResultsJSONTests {
  private func read(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  @Test func theWholeDocument() throws {
    let document = try ResultsJSON.document(sampleRun())
    #expect(document == expected)
  }

  @Test func readsBack() throws {
    let run = try read(try ResultsJSON.document(sampleRun()))
    #expect(run["format"] as? Int == 1)
    #expect(run["loschmidt"] as? String == Version.current)
    #expect(run["title"] as? String == "Größe, η\n")
    #expect((run["seed"] as? NSNumber)?.uint64Value == .max)
    let experiments = try #require(run["experiments"] as? [[String: Any]])
    let figures = try #require(experiments[0]["figures"] as? [String: [String: Any]])
    #expect(figures["limit.DE[0]"]?["value"] as? Double == 1.00002)
    #expect(figures["limit.DE[0]"]?["exact"] as? Bool == true)
    #expect(figures["slope.DE[0]"]?["value"] is NSNull)
    #expect(figures["slope.DE[0]"]?["reason"] as? String == "a critical point")
    #expect(experiments[1]["kind"] as? String == "stationary")
  }

  @Test func equalResultsAreEqualBytes() throws {
    #expect(try ResultsJSON.document(sampleRun()) == ResultsJSON.document(sampleRun()))
  }

  @Test func overridesAreNamedWhereThereAreAny() throws {
    var run = sampleRun()
    run.overrides = ["process.temperature=0.1"]
    #expect(try read(try ResultsJSON.document(run))["overrides"] as? [String] == ["process.temperature=0.1"])
  }

  @Test func theProcessAndTheFiguresAreNamedWhereTheyAreKnown() throws {
    var run = sampleRun()
    run.experiments = [samplePotentials()]
    run.subject = RunSubject(
      source: "seed: 1", formulas: [.init(label: "step", mathML: "<mi>θ</mi>")],
      settings: [.init(key: "loss", value: "x^2")], topics: ["philox"])
    let document = try read(try ResultsJSON.document(run))
    let experiments = try #require(document["experiments"] as? [[String: Any]])
    #expect(experiments[0]["plots"] as? [String] == ["convergence-0", "series-0"])
    let process = try #require(document["process"] as? [String: Any])
    #expect(process["settings"] as? [String: String] == ["loss": "x^2"])
    #expect(process["topics"] as? [String] == ["philox"])
    #expect((process["formulas"] as? [[String: String]])?.first == ["label": "step", "mathml": "<mi>θ</mi>"])
  }

  @Test func severalRunsAreOneArray() throws {
    let document = try ResultsJSON.document([sampleRun(), sampleRun()])
    let runs = try JSONSerialization.jsonObject(with: Data(document.utf8)) as? [[String: Any]]
    #expect(runs?.count == 2)
  }

  @Test func aNumberThatIsNotFiniteIsAFault() {
    var run = sampleRun()
    run.experiments[0].figures.append(("bad", .exact(.nan)))
    #expect(throws: ResultFault.notFinite(place: "the figure bad of experiment 0 (potentials)")) {
      try ResultsJSON.document(run)
    }
  }

  private let expected = #"""
    {
      "loschmidt": "0.1.0",
      "format": 1,
      "scenario": "four-potentials",
      "title": "Größe, η\n",
      "scenario_sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
      "seed": 18446744073709551615,
      "threads": 2,
      "wall_seconds": 1.25,
      "experiments": [
        {
          "kind": "potentials",
          "title": "Four \"potentials\"",
          "figures": {
            "limit.DE[0]": {"value": 1.00002, "standard_error": null, "exact": true, "unit": null, "reason": null},
            "mean": {"value": 0.1234, "standard_error": 0.0056, "exact": false, "unit": "nat", "reason": null},
            "slope.DE[0]": {"value": null, "standard_error": null, "exact": true, "unit": null, "reason": "a critical point"}
          },
          "tables": {
            "forces": {
              "columns": ["point", "eta", "coordinate", "DE"],
              "units": [null, null, null, "1/θ"],
              "rows": [
                [0, 0.1, "W[0,1]", -0.011],
                [0, 0.01, "W[0,1]", null]
              ],
              "reasons": [
                {"row": 1, "column": "DE", "reason": "eta is too large"}
              ]
            },
            "curl": {
              "columns": ["i", "j"],
              "units": [null, null],
              "rows": [],
              "reasons": []
            }
          },
          "verdicts": [
            {
              "name": "limit.DE[0]",
              "claim": "limit.DE[0]: DE agrees with the leading order.",
              "status": "pass",
              "statistic": null,
              "p_value": null,
              "p_value_adjusted": null,
              "expected": 1,
              "estimate": 1.00002,
              "standard_error": null,
              "margin": 0.001,
              "reason": "The limit is 1.00002.",
              "note": null
            },
            {
              "name": "limit.TA[0]",
              "claim": "limit.TA[0]: TA agrees with the leading order.",
              "status": "undecided",
              "statistic": null,
              "p_value": null,
              "p_value_adjusted": null,
              "expected": null,
              "estimate": null,
              "standard_error": null,
              "margin": null,
              "reason": "The point is critical.",
              "note": "my own claim"
            }
          ],
          "remarks": [
            "A remark."
          ],
          "plots": []
        },
        {
          "kind": "stationary",
          "title": null,
          "figures": {},
          "tables": {},
          "verdicts": [],
          "remarks": [],
          "plots": []
        }
      ]
    }

    """#
}
