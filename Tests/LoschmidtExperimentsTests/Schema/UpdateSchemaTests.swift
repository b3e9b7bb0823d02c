import Testing

@testable import LoschmidtExperiments

/// Noise models and update rules have the keys in the schema that their readers read, and no other.
@Suite struct UpdateSchemaTests {
  @Test(arguments: Catalogue.gradients.map(\.name)) func keysOfGradients(name: String) throws {
    try check(Catalogue.gradients, name)
  }

  @Test(arguments: Catalogue.algorithms.filter { $0.decode != nil }.map(\.name)) func keysOfAlgorithms(name: String)
    throws
  {
    try check(Catalogue.algorithms, name)
  }

  private func check<Product>(_ section: [CatalogueItem<Product>], _ name: String) throws {
    let item = try #require(section.first { $0.name == name })
    let (decode, schema) = (try #require(item.decode), try #require(item.schema))
    let read = ReaderKeys { decoder, settings in
      _ = decode(&decoder, Choice(name: name, origin: .start, settings: settings))
    }
    #expect(ReaderKeys(schema) == read)
    #expect((name == "full-batch") == read.all.isEmpty)
  }

  /// A key that one of the two does not have is noticed.
  @Test func anotherKeyIsADifference() {
    let read = ReaderKeys { decoder, settings in
      _ = decoder.minibatch(Choice(name: "minibatch", origin: .start, settings: settings))
    }
    #expect(ReaderKeys(UpdateSchema.minibatch) == read)
    #expect(ReaderKeys(UpdateSchema.gaussian) != read)
  }
}
