import LoschmidtDynamics
import LoschmidtNumerics

/// The random numbers of generated data.
///
/// The Mersenne Twister of GSL with the seed of `generate`, whatever generator the process uses: a scenario has the same
/// data for ever. Uniform numbers are 32 bits wide in (0, 1), normal ones from GSL's ziggurat.
private struct DataGenerator {
  private let generator: RandomGenerator

  init(seed: UInt64) throws(GSLError) { generator = try RandomGenerator(.mt19937, seed: seed) }

  /// One number from a distribution; NaN where its arguments do not allow one.
  func sample(_ function: ExpressionFunction, _ a: Double, _ b: Double) -> Double {
    switch function {
    case .normal: b >= 0 ? a + b * generator.normal() : .nan
    case .uniform: a <= b ? a + (b - a) * generator.uniform() : .nan
    default: .nan
    }
  }
}

/// A column of generated data.
private struct GeneratedColumn {
  var name: String
  var origin: Origin
  var node: ScenarioNode
  var shape: Shape
  var expression: Expression
}

extension ScenarioDecoder {
  /// Reads `generate: {count, seed, …}` and makes the data: sample by sample, in each the columns in their order, each
  /// of which may use those before it.
  mutating func generatedData(_ entry: ScenarioNode.Entry) -> DataReading {
    guard var reader = map(entry.value, name: "generate", origin: entry.origin) else {
      return DataReading(samples: nil, columnNames: nil)
    }
    let count = reader.required("count").flatMap { integer($0.value, "count", in: 1...Self.dataLimit) }
    let seed = reader.required("seed").flatMap { self.seed($0.value) }
    let entries = reader.remaining()
    reader.finish(&problems)
    if entries.isEmpty { error("'generate' makes no columns; at least one is needed", at: entry.origin) }
    var earlier: [String] = []
    var columns: [GeneratedColumn] = []
    for item in entries {
      let named = declare(item.key, as: "column", at: item.origin)
      if let column = generatedColumn(item, earlier), named {
        columns.append(column)
        if column.shape.rank == 0 { earlier.append(item.key) }
      } else {
        earlier.append(item.key)
      }
    }
    let names = entries.map(\.key)
    guard let count, let seed, !columns.isEmpty, columns.count == entries.count else {
      return DataReading(samples: nil, columnNames: names)
    }
    let width = columns.reduce(0) { $0 + $1.shape.count }
    if width > Self.dataLimit / count {
      error("'generate' would make more than \(Self.dataLimit) numbers", at: entry.origin)
      return DataReading(samples: nil, columnNames: names)
    }
    return DataReading(samples: generate(columns, count: count, seed: seed), columnNames: names)
  }

  private mutating func generatedColumn(_ entry: ScenarioNode.Entry, _ earlier: [String]) -> GeneratedColumn? {
    var (node, extents) = (entry.value, Shape.scalar as Shape?)
    if entry.value.map != nil {
      guard var reader = map(entry.value, name: entry.key, origin: entry.origin) else { return nil }
      extents = reader.required("shape").flatMap { shape($0.value, name: "shape") }
      let value = reader.required("value")
      reader.finish(&problems)
      guard let value else { return nil }
      node = value.value
    }
    guard let expression = expression(node, entry.key),
      check(expression, in: node, entry.key, names: earlier, randomAllowed: true), let extents
    else { return nil }
    return GeneratedColumn(name: entry.key, origin: entry.origin, node: node, shape: extents, expression: expression)
  }

  private mutating func generate(_ columns: [GeneratedColumn], count: Int, seed: UInt64) -> SampleTable? {
    var values = columns.map { _ in [Double]() }
    do {
      let generator = try DataGenerator(seed: seed)
      for sample in 0..<count {
        var known: [String: Double] = [:]
        for (k, column) in columns.enumerated() {
          for _ in 0..<column.shape.count {
            let value = try column.expression.value({ known[$0] ?? constants[$0] }) { function, arguments in
              generator.sample(function, arguments[0], arguments[1])
            }
            guard value.isFinite else {
              error(
                "the column '\(column.name)' must be finite, got \(column.expression.text.shown) = \(value) in sample "
                  + "\(sample)", at: column.node.origin)
              return nil
            }
            values[k].append(value)
            if column.shape.rank == 0 { known[column.name] = value }
          }
        }
      }
    } catch let problem as ExpressionError {
      error("'generate' cannot be evaluated: \(problem.message)", at: columns[0].origin)
      return nil
    } catch {
      self.error("'generate' has no random generator: \(error)", at: columns[0].origin)
      return nil
    }
    return SampleTable(
      count: count,
      columns: zip(columns, values).map { SampleTable.Column(name: $0.name, shape: $0.shape, values: $1) })
  }
}
