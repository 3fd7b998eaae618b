// swift-tools-version: 6.1

import PackageDescription

let package = Package(
    name: "Benchmarks",
    products: [
        .executable(name: "workload", targets: ["workload"]),
        .executable(name: "floor", targets: ["floor"]),
    ],
    targets: [
        .systemLibrary(
            name: "CLibYAML", pkgConfig: "yaml-0.1",
            providers: [.apt(["libyaml-dev"]), .brew(["libyaml"])]),
        // Nothing of Swift may be in the floor: the driver's start-up object would load or carry its runtime. Static,
        // as Bayplan's own release is.
        .executableTarget(
            name: "floor", dependencies: ["CLibYAML"],
            linkerSettings: [.unsafeFlags(["-static-executable", "-nostartfiles"], .when(platforms: [.linux]))]),
        .executableTarget(name: "workload"),
    ],
    swiftLanguageModes: [.v6]
)
