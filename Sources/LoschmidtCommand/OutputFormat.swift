import ArgumentParser

/// What a command prints.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json
}
