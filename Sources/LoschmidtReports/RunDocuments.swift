/// All files of a result folder, made in memory: `results.json`, the tables, the samples, the figures, the scenario and the report.
public struct RunDocuments: Sendable {
  /// The files, `results.json` first.
  public let files: [ResultFolder.File]
  /// What is missing, in full sentences: figures without gnuplot, say.
  public let complaints: [String]

  /// Makes the files.
  ///
  /// - Parameters:
  ///   - result: The result.
  ///   - gnuplot: What draws the figures; without it their scripts alone are written.
  ///   - drawsFigures: Whether figures were asked for; else `gnuplot` is left alone, and only the report says so.
  ///   - known: What is missing already, in full sentences.
  ///   - earlier: A file of the folder as it is now. Without gnuplot, a picture there that the same script drew is kept.
  /// - Throws: `ResultFault` where the result breaks the rules of results.
  public init(
    _ result: RunResult, gnuplot: Gnuplot?, drawsFigures: Bool = true, complaints known: [String] = [],
    earlier: (String) -> [UInt8]? = { _ in nil }
  ) throws(ResultFault) {
    var files = [ResultFolder.File(name: "results.json", text: try ResultsJSON.document(result))]
    if !result.subject.source.isEmpty {
      files.append(ResultFolder.File(name: "scenario.yaml", text: result.subject.source))
    }
    let gnuplot = drawsFigures ? gnuplot : nil
    var complaints = known
    var notes: [String] = []
    var plots: [[Plot]] = []
    for (index, experiment) in result.experiments.enumerated() {
      for (name, table) in experiment.tables {
        let file = CSVTable.fileName(experiment: index, kind: experiment.kind, table: name)
        files.append(ResultFolder.File(name: file, text: CSVTable.document(table)))
      }
      for samples in experiment.samples {
        guard let values = samples.values else { continue }
        let file = SampleArray.fileName(experiment: index, kind: experiment.kind, name: samples.name)
        files.append(ResultFolder.File(name: file, bytes: NPYArray.document(values, shape: samples.shape)))
      }
      let drawn = FigureGallery.figures(of: experiment).map { figure in
        let stem = Figure.stem(figure.name, experiment: index, kind: experiment.kind)
        return Plot(figure, stem: stem, gnuplot: gnuplot, earlier: earlier)
      }
      files += drawn.flatMap(\.files)
      plots.append(drawn)
      complaints += drawn.compactMap(\.complaint)
    }
    let isUndrawn = gnuplot == nil && plots.joined().contains { $0.svg == nil }
    if isUndrawn, !drawsFigures {
      notes.append("The figures were not drawn, as --no-figures asks; 'loschmidt report' in this folder draws them.")
    } else if isUndrawn {
      complaints.append(
        "gnuplot is not installed: the figures were not drawn. Their scripts are in the folder; 'gnuplot NAME.gp' "
          + "there draws one.")
    }
    let report = HTMLReport(result, plots: plots, complaints: complaints + notes).document
    files.insert(ResultFolder.File(name: "report.html", text: report), at: 1)
    self.files = files
    self.complaints = complaints
  }
}

/// A figure with its script, and the picture where one was drawn.
struct Plot: Sendable {
  let figure: Figure
  let stem: String
  let script: String
  let svg: String?
  private let png: [UInt8]?
  /// What went wrong with drawing; `nil` for nothing.
  let complaint: String?

  init(_ figure: Figure, stem: String, gnuplot: Gnuplot?, earlier: (String) -> [UInt8]? = { _ in nil }) {
    let script = GnuplotScript(figure, stem: stem).text
    self.figure = figure
    self.stem = stem
    self.script = script
    let drawing = gnuplot?.draw(script, stem: stem)
    let isKept = gnuplot == nil && earlier("\(stem).gp").map { $0.elementsEqual(script.utf8) } == true
    svg = isKept ? earlier("\(stem).svg").map { String(decoding: $0, as: UTF8.self) } : drawing?.svg
    png = isKept ? earlier("\(stem).png") : drawing?.png
    complaint = drawing?.complaint.map { "\(stem).gp: gnuplot did not draw the figure: \($0)." }
  }

  var files: [ResultFolder.File] {
    [ResultFolder.File(name: "\(stem).gp", text: script)]
      + (svg.map { [ResultFolder.File(name: "\(stem).svg", text: $0)] } ?? [])
      + (png.map { [ResultFolder.File(name: "\(stem).png", bytes: $0)] } ?? [])
  }
}
