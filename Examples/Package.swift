// swift-tools-version: 6.1
import PackageDescription

// A package of its own, as a user of the library would write it. Run it by `make examples` in the root.
let package = Package(
  name: "LoschmidtExamples",
  dependencies: [.package(name: "Loschmidt", path: "..")],
  targets: [
    .executableTarget(name: "coin-noise", dependencies: [.product(name: "Loschmidt", package: "Loschmidt")])
  ],
  swiftLanguageModes: [.v6]
)
