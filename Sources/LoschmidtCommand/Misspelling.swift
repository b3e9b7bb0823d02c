import Foundation
import Loschmidt

/// What to say where the first word is not a command.
///
/// The parser of arguments finds the nearest option itself, but knows a misspelt command only as an argument too many.
enum Misspelling {
  /// The answer to arguments whose first word is no command; `nil` where it is one, or an option.
  static func answer(to arguments: [String], commands: [String]) -> String? {
    var words = arguments[...]
    if words.first == "help" { words = words.dropFirst() }
    guard let word = words.first, !word.hasPrefix("-"), word != "help", !commands.contains(word)
    else { return nil }
    return "Error: \(sentence(about: word, commands))\nUsage: loschmidt <subcommand>\n"
      + "  See 'loschmidt --help' for more information."
  }

  private static func sentence(about word: String, _ commands: [String]) -> String {
    let shown = Prose.printable(word)
    if isScenario(word) {
      return "'\(shown)' is not a command. Did you mean 'loschmidt run \(shown)'?"
    }
    if let near = nearestName(to: word, among: commands) {
      return "'\(shown)' is not a command. Did you mean '\(near)'?"
    }
    return "'\(shown)' is not a command. The commands are \(commands.joined(separator: ", "))."
  }

  private static func isScenario(_ word: String) -> Bool {
    let endings = [".yaml", ".yml", ".json"]
    return endings.contains { word.lowercased().hasSuffix($0) }
      || (word.contains("/") && FileManager.default.fileExists(atPath: word))
  }
}
