import ArgumentParser
import Loschmidt

/// The subcommand `report`.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Make the report of a result folder again, from its results.json.",
    discussion: """
      report.html, the tables and the figures are written anew in DIR; nothing is computed again. Of a run without gnuplot \
      this draws the figures, and an older report gets the looks of this version. Every file is replaced whole.

      Of several folders each is done, and the worst exit status counts: 65 where DIR is no result folder or its \
      results.json is wrong, 74 where DIR cannot be written.
      """)

  @Argument(
    help: ArgumentHelp("Result folders, as 'loschmidt run' writes them.", valueName: "dir"), completion: .directory)
  var folders: [String]

  @Flag(name: [.short, .long], help: "Print nothing: only errors.")
  var quiet = false

  @Flag(help: "Draw no figures: gnuplot is not run, and pictures that the same scripts drew are kept.")
  var noFigures = false

  func validate() throws {
    if folders.contains("") { throw ValidationError("DIR is empty.") }
  }

  func run() throws {
    Interruption.listen()
    var status = ExitStatus.success
    for folder in folders {
      do {
        let rebuild = try ReportRebuild(folder: folder, gnuplot: .installed(), drawsFigures: !noFigures)
        for complaint in rebuild.documents.complaints where !quiet {
          Terminal.complain("\(folder): warning: \(complaint)")
        }
        try Interruption.waits { try rebuild.write() }
        if !quiet { try Terminal.print("The report is \(Prose.printable(folder))/report.html\n") }
      } catch let error as ResultsProblem {
        Terminal.complain(error.description)
        status = max(status, .scenario)
      } catch let error as ResultFolderError {
        Terminal.complain(error.description)
        status = max(status, .cannotWrite)
      }
    }
    if status != .success { throw status.exit }
  }
}
