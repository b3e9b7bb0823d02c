// swift-tools-version: 6.1
import PackageDescription

// A package of its own, so that who uses Loschmidt never builds it. Run it by `make benchmark` in the root.
let package = Package(
  name: "LoschmidtBenchmarks",
  dependencies: [.package(name: "Loschmidt", path: "..")],
  targets: [
    // Hand-written losses on the same vector kernels, the limit that tapes are measured against.
    .target(name: "CHandwritten"),
    .executableTarget(
      name: "benchmarks", dependencies: ["CHandwritten", .product(name: "Loschmidt", package: "Loschmidt")],
      path: "Sources/Benchmarks"),
  ],
  swiftLanguageModes: [.v6]
)
