// swift-tools-version: 6.1
import Foundation
import PackageDescription

// Who builds the documentation sets LOSCHMIDT_DOCC=1, as `make documentation` does; nobody else needs the plugin.
let documentation: [Package.Dependency] =
  ProcessInfo.processInfo.environment["LOSCHMIDT_DOCC"] == "1"
  ? [.package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.5.0")] : []

// The targets stand in the order of the arrow: numerics, dynamics, thermodynamics, reports, experiments, command.
let package = Package(
  name: "Loschmidt",
  products: [
    .library(name: "Loschmidt", targets: ["Loschmidt"]),
    .executable(name: "loschmidt", targets: ["LoschmidtCommand"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ] + documentation,
  targets: [
    // MARK: Mathematics that knows no physics
    .systemLibrary(name: "CGSL", pkgConfig: "gsl", providers: [.apt(["libgsl-dev"])]),
    .target(name: "CKernels"),
    .target(name: "LoschmidtNumerics", dependencies: ["CGSL", "CKernels"]),

    // MARK: What moves
    .target(name: "LoschmidtDynamics", dependencies: ["LoschmidtNumerics"]),

    // MARK: What it costs
    .target(name: "LoschmidtThermodynamics", dependencies: ["LoschmidtDynamics", "LoschmidtNumerics"]),

    // MARK: What a person and a program read
    .target(name: "LoschmidtReports", dependencies: ["LoschmidtThermodynamics"]),

    // MARK: From a scenario to results
    .target(
      name: "LoschmidtExperiments",
      dependencies: [
        "LoschmidtReports", "LoschmidtThermodynamics", "LoschmidtDynamics", "LoschmidtNumerics", "Yams",
      ]),

    // MARK: The umbrella and the command line
    .target(
      name: "Loschmidt",
      dependencies: [
        "LoschmidtExperiments", "LoschmidtReports", "LoschmidtThermodynamics", "LoschmidtDynamics",
        "LoschmidtNumerics",
      ]),
    .executableTarget(
      name: "LoschmidtCommand",
      dependencies: ["Loschmidt", .product(name: "ArgumentParser", package: "swift-argument-parser")]),

    // MARK: Tests
    .target(
      name: "LoschmidtTestSupport",
      dependencies: ["LoschmidtThermodynamics", "LoschmidtDynamics", "LoschmidtNumerics"],
      resources: [.copy("References")]),
    .testTarget(name: "CKernelsTests", dependencies: ["CKernels", "LoschmidtTestSupport"]),
    .testTarget(name: "LoschmidtNumericsTests", dependencies: ["LoschmidtNumerics", "LoschmidtTestSupport"]),
    .testTarget(name: "LoschmidtDynamicsTests", dependencies: ["LoschmidtDynamics", "LoschmidtTestSupport"]),
    .testTarget(
      name: "LoschmidtThermodynamicsTests", dependencies: ["LoschmidtThermodynamics", "LoschmidtTestSupport"]),
    .testTarget(name: "LoschmidtReportsTests", dependencies: ["LoschmidtReports", "LoschmidtTestSupport"]),
    .testTarget(name: "LoschmidtExperimentsTests", dependencies: ["LoschmidtExperiments", "LoschmidtTestSupport"]),
    .testTarget(
      name: "ScenarioTests", dependencies: ["Loschmidt", "LoschmidtTestSupport"], exclude: ["Schema"]),
  ],
  swiftLanguageModes: [.v6]
)
