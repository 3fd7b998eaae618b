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
        .executableTarget(name: "floor", dependencies: ["CLibYAML"]),
        .executableTarget(name: "workload"),
    ],
    swiftLanguageModes: [.v6]
)
