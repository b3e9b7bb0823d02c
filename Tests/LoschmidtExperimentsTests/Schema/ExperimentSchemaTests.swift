import Testing

@testable import LoschmidtExperiments

/// Experiments have the keys in the schema that their readers read, and no other.
@Suite struct ExperimentSchemaTests {
  @Test(arguments: Catalogue.experiments.filter { $0.decode != nil }.map(\.name)) func keys(name: String) throws {
    let item = try #require(Catalogue.experiments.first { $0.name == name })
    let (decode, schema) = (try #require(item.decode), try #require(item.schema))
    let read = ReaderKeys { decoder, settings in
      _ = decode(&decoder, Choice(name: name, origin: .start, settings: settings))
    }
    #expect(!read.all.isEmpty && !read.required.isEmpty)
    #expect(ReaderKeys(schema) == read)
  }
}
