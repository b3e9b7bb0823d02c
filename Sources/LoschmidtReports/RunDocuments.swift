/// All files of a result folder, made in memory: `results.json`, the tables, the samples, the figures, the scenario and the report.
///
/// They are made in two parts, so that what was computed is written before anything is drawn: first all files but the
/// pictures, then the pictures with the report that shows them.
public struct RunDocuments: Sendable {
  /// The files, `results.json` first.
  public private(set) var files: [ResultFolder.File]
  /// What is missing, in full sentences: figures without gnuplot, say.
  public private(set) var complaints: [String]

  private let result: RunResult
  /// What the report says besides, and nobody complains about.
  private var notes: [String] = []
  private var plots: [[Plot]]

  /// Makes the files, with no pictures beyond those that are there already.
  ///
  /// - Parameters:
  ///   - result: The result.
  ///   - drawsFigures: Whether pictures are to be drawn later; else the report says that they were not asked for.
  ///   - known: What is missing already, in full sentences.
  ///   - earlier: A file of the folder as it is now. A picture there that the same script drew is kept.
  /// - Throws: `ResultFault` where the result breaks the rules of results.
  public init(
    undrawn result: RunResult, drawsFigures: Bool = true, complaints known: [String] = [],
    earlier: (String) -> [UInt8]? = { _ in nil }
  ) throws(ResultFault) {
    var files = [ResultFolder.File(name: "results.json", text: try ResultsJSON.document(result))]
    if !result.subject.source.isEmpty {
      files.append(ResultFolder.File(name: "scenario.yaml", text: result.subject.source))
    }
    var complaints = known
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
        Plot(figure, stem: Figure.stem(figure.name, experiment: index, kind: experiment.kind), earlier: earlier)
      }
      files += drawn.flatMap(\.files)
      plots.append(drawn)
      for (name, reason) in FigureGallery.leftOut(of: experiment) {
        let stem = Figure.stem(name, experiment: index, kind: experiment.kind)
        complaints.append("\(stem): the figure is left out: \(reason).")
      }
    }
    self.result = result
    self.plots = plots
    if !drawsFigures, plots.joined().contains(where: { $0.svg == nil }) {
      notes = ["The figures were not drawn, as --no-figures asks; 'loschmidt report' in this folder draws them."]
    }
    self.complaints = complaints
    self.files = files
    self.files.insert(report, at: 1)
  }

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
    let keepsEarlier = gnuplot == nil || !drawsFigures
    try self.init(
      undrawn: result, drawsFigures: drawsFigures, complaints: known, earlier: keepsEarlier ? earlier : { _ in nil })
    if !drawsFigures { return }
    let pictures = draw(gnuplot)
    let drawn = Set(pictures.map(\.name))
    files = files.filter { !drawn.contains($0.name) }
    // The report stays at its place, and each picture comes after its script.
    files.insert(pictures[0], at: 1)
    for picture in pictures.dropFirst() {
      let stem = picture.name.split(separator: ".").dropLast().joined(separator: ".")
      let place = files.lastIndex { $0.name.hasPrefix("\(stem).") } ?? files.count - 1
      files.insert(picture, at: place + 1)
    }
  }

  /// The scripts of the figures that there is no picture of yet, in the order in which they are drawn.
  public var undrawn: [(stem: String, script: String)] {
    plots.joined().filter { $0.svg == nil }.map { ($0.stem, $0.script) }
  }

  /// Draws the figures; what cannot be drawn is said among the complaints.
  ///
  /// - Parameters:
  ///   - gnuplot: What draws them; `nil` where it is not installed.
  ///   - progress: Is told the fraction of the figures that is drawn.
  ///   - isStopped: Whether to draw no more; asked often.
  /// - Returns: The report anew, and the pictures after it.
  public mutating func draw(
    _ gnuplot: Gnuplot?, progress: (Double) -> Void = { _ in }, isStopped: () -> Bool = { false }
  ) -> [ResultFolder.File] {
    var pictures: [ResultFolder.File] = []
    let count = Double(max(1, plots.joined().count))
    var drawn = 0.0
    var refusal: String?
    if gnuplot == nil, plots.joined().contains(where: { $0.svg == nil }) {
      refusal =
        "gnuplot is not installed: the figures were not drawn. Their scripts are in the folder; 'gnuplot NAME.gp' "
        + "there draws one."
    }
    for experiment in plots.indices {
      for index in plots[experiment].indices {
        guard let gnuplot, refusal == nil else { continue }
        let drawing = isStopped() ? .stopped : gnuplot.draw(plots[experiment][index], isStopped: isStopped)
        switch drawing.end {
        case .stopped:
          refusal = "The run was stopped before all figures were drawn; 'loschmidt report DIR' draws them."
        case .overdue where plots.joined().count > 1:
          refusal = "gnuplot hangs, so that no more figures are drawn; 'loschmidt report DIR' draws them."
          fallthrough
        default: if let complaint = plots[experiment][index].take(drawing) { complaints.append(complaint) }
        }
        pictures += plots[experiment][index].pictures
        drawn += 1
        progress(drawn / count)
      }
    }
    if let refusal { complaints.append(refusal) }
    return [report] + pictures
  }

  private var report: ResultFolder.File {
    ResultFolder.File(
      name: "report.html", text: HTMLReport(result, plots: plots, complaints: complaints + notes).document)
  }
}

/// A figure with its script, and the picture where one was drawn.
struct Plot: Sendable {
  let figure: Figure
  let stem: String
  let script: String
  private(set) var svg: String?
  private var png: [UInt8]?

  init(_ figure: Figure, stem: String, earlier: (String) -> [UInt8]? = { _ in nil }) {
    let script = GnuplotScript(figure, stem: stem).text
    self.figure = figure
    self.stem = stem
    self.script = script
    let isKept = earlier("\(stem).gp").map { $0.elementsEqual(script.utf8) } == true
    svg = isKept ? earlier("\(stem).svg").map { String(decoding: $0, as: UTF8.self) } : nil
    png = isKept ? earlier("\(stem).png") : nil
  }

  /// Takes what gnuplot made of the script.
  ///
  /// - Returns: What went wrong, in a full sentence; `nil` for nothing.
  mutating func take(_ drawing: Gnuplot.Drawing) -> String? {
    (svg, png) = (drawing.svg, drawing.png)
    return drawing.complaint.map { "\(stem).gp: gnuplot did not draw the figure: \($0)." }
  }

  /// The script, and the pictures.
  var files: [ResultFolder.File] { [ResultFolder.File(name: "\(stem).gp", text: script)] + pictures }

  var pictures: [ResultFolder.File] {
    (svg.map { [ResultFolder.File(name: "\(stem).svg", text: $0)] } ?? [])
      + (png.map { [ResultFolder.File(name: "\(stem).png", bytes: $0)] } ?? [])
  }
}

extension Gnuplot {
  fileprivate func draw(_ plot: Plot, isStopped: () -> Bool) -> Drawing {
    draw(plot.script, stem: plot.stem, isStopped: isStopped)
  }
}
