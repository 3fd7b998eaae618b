// swift-tools-version: 6.1
import PackageDescription

/// What makes a short run start faster: types are asked for by a call, not by a name that the runtime reads as text
/// first (a tenth of a small compile's instructions), and each function is a section, so that the linker leaves out
/// those that nothing calls.
let startsFast: [SwiftSetting] = [
    .unsafeFlags(
        [
            "-Xfrontend", "-disable-concrete-type-metadata-mangled-name-accessors",
            "-Xfrontend", "-function-sections",
        ], .when(configuration: .release))
]

/// A library module of the pipeline; what it may import is the table of the architecture page,
/// which `ArchitectureTests` compares with the `import` lines.
///
/// - Parameter hasTexts: whether its code holds the texts that lie in its folders, by the plugin `EmbedTexts`.
func module(_ name: String, uses dependencies: [Target.Dependency] = [], hasTexts: Bool = false) -> Target {
    .target(
        name: name, dependencies: dependencies, swiftSettings: startsFast, plugins: hasTexts ? ["EmbedTexts"] : [])
}

/// Whether the release executable keeps its symbols, which `Tests/Benchmarks/profile` reads.
let profiled = Context.environment["BAYPLAN_SYMBOLS"] != nil

let package = Package(
    name: "bayplan",
    // `String(validating:as:)` is of this version.
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "bayplan", targets: ["bayplan"])
    ],
    targets: [
        .systemLibrary(
            name: "CLibYAML",
            pkgConfig: "yaml-0.1",
            providers: [.apt(["libyaml-dev"]), .brew(["libyaml"])]
        ),
        module("SourceText"),
        .target(name: "CPlatform"),
        module("Threads", uses: ["CPlatform"]),
        module("Diagnostics", uses: ["SourceText"]),
        module("Arguments", uses: ["Diagnostics"]),
        module("YAMLSyntax", uses: ["CLibYAML", "Diagnostics", "SourceText", "Threads"]),
        module("ComposeSpec", uses: ["Diagnostics", "SourceText", "YAMLSyntax"]),
        module("StrategyManifest", uses: ["ComposeSpec", "Diagnostics", "SourceText", "YAMLSyntax"]),
        module("Dockerfiles", uses: ["Diagnostics", "SourceText"]),
        module("Resolution", uses: ["ComposeSpec", "SourceText", "StrategyManifest", "YAMLSyntax"]),
        module(
            "Rules",
            uses: [
                "ComposeSpec", "Diagnostics", "Dockerfiles", "Resolution", "SourceText", "StrategyManifest", "Threads",
                "YAMLSyntax",
            ],
            hasTexts: true),
        module(
            "Planning",
            uses: ["ComposeSpec", "Resolution", "Rules", "SourceText", "StrategyManifest", "YAMLSyntax"]),
        module(
            "Comparison",
            uses: ["ComposeSpec", "Diagnostics", "Planning", "Resolution", "Rules", "StrategyManifest", "YAMLSyntax"]),
        module(
            "Emission",
            uses: [
                "Comparison", "ComposeSpec", "Diagnostics", "Planning", "Resolution", "SourceText", "StrategyManifest",
                "Threads",
                "YAMLSyntax",
            ],
            hasTexts: true),
        module(
            "Importing", uses: ["ComposeSpec", "Diagnostics", "SourceText", "StrategyManifest", "YAMLSyntax"]),
        module(
            "LanguageServer",
            uses: [
                "ComposeSpec", "Diagnostics", "Emission", "Planning", "Resolution", "Rules", "SourceText",
                "StrategyManifest", "YAMLSyntax",
            ]),
        .target(name: "CSHA256"),
        module("Workspace", uses: ["CPlatform", "CSHA256", "Diagnostics", "SourceText"]),
        module(
            "Compiler",
            uses: [
                "Comparison", "ComposeSpec", "Diagnostics", "Dockerfiles", "Emission", "Importing", "LanguageServer",
                "Planning",
                "Resolution", "Rules", "SourceText", "StrategyManifest", "Threads", "Workspace", "YAMLSyntax",
            ]),
        .plugin(name: "EmbedTexts", capability: .buildTool()),
        .executableTarget(
            name: "bayplan",
            dependencies: ["Arguments", "CPlatform", "Compiler", "Diagnostics", "Rules"],
            swiftSettings: startsFast,
            linkerSettings: [
                // One static file that loads no library at its start.
                .unsafeFlags(
                    ["-static-executable", "-use-ld=lld"]
                        + (profiled ? [] : ["-Xlinker", "-s"]), .when(platforms: [.linux], configuration: .release))
            ]
        ),
        .testTarget(
            name: "DiagnosticsTests", dependencies: ["Diagnostics", "SourceText"], exclude: ["Goldens"]),
        .testTarget(name: "ArgumentsTests", dependencies: ["Arguments"]),
        .target(name: "TestSupport", dependencies: ["YAMLSyntax"], path: "Tests/TestSupport"),
        .testTarget(
            name: "YAMLSyntaxTests",
            dependencies: ["CLibYAML", "Diagnostics", "GeneratedManifests", "SourceText", "TestSupport", "YAMLSyntax"],
            exclude: ["Suite/deviations.tsv"]),
        .testTarget(
            name: "ComposeSpecTests",
            dependencies: ["ComposeSpec", "YAMLSyntax", "Diagnostics", "SourceText", "TestSupport"]),
        .testTarget(
            name: "StrategyManifestTests",
            dependencies: ["ComposeSpec", "Diagnostics", "SourceText", "StrategyManifest", "YAMLSyntax"]),
        .testTarget(
            name: "ComposeRulesTests",
            dependencies: [
                "Compiler", "ComposeSpec", "Diagnostics", "Emission", "GeneratedManifests", "Importing", "SourceText",
                "StrategyManifest", "TestSupport", "YAMLSyntax",
            ]),
        .testTarget(
            name: "DockerfilesTests",
            dependencies: ["Compiler", "Diagnostics", "Dockerfiles", "Emission", "Rules", "SourceText"]),
        .testTarget(
            name: "ResolutionTests",
            dependencies: ["Resolution", "SourceText", "StrategyManifest", "YAMLSyntax"]),
        .testTarget(name: "WorkspaceTests", dependencies: ["SourceText", "TestSupport", "Workspace"]),
        .testTarget(name: "PlanningTests", dependencies: ["Compiler", "Emission", "Planning", "SourceText"]),
        .testTarget(
            name: "ComparisonTests",
            dependencies: ["Comparison", "Compiler", "Emission", "Planning", "SourceText", "TestSupport"]),
        .testTarget(
            name: "EmissionTests", dependencies: ["Diagnostics", "Emission", "TestSupport"], exclude: ["Scripts"]),
        .testTarget(
            name: "CompilerTests", dependencies: ["bayplan", "Compiler", "Emission", "SourceText", "TestSupport"]),
        .testTarget(
            name: "RulesTests",
            dependencies: [
                "Compiler", "Diagnostics", "Emission", "Rules", "SourceText", "StrategyManifest", "YAMLSyntax",
            ]),
        .testTarget(
            name: "ImportTests",
            dependencies: [
                "bayplan", "ComposeSpec", "GeneratedManifests", "Importing", "SourceText", "TestSupport", "YAMLSyntax",
            ]),
        .testTarget(
            name: "LanguageServerTests",
            dependencies: [
                "Compiler", "Diagnostics", "Emission", "GeneratedManifests", "LanguageServer", "Resolution", "Rules",
                "SourceText", "TestSupport", "YAMLSyntax",
            ]),
        .testTarget(name: "ArchitectureTests", dependencies: ["Diagnostics", "Rules"]),
        .target(
            name: "GeneratedManifests", dependencies: ["ComposeSpec", "YAMLSyntax"], path: "Tests/Generated/Manifests"),
        .testTarget(name: "FuzzingTests", dependencies: ["FuzzTargets", "TestSupport"]),
        .target(
            name: "FuzzTargets",
            dependencies: [
                "Compiler", "ComposeSpec", "Diagnostics", "Emission", "LanguageServer", "Resolution", "Rules",
                "SourceText", "TestSupport", "Workspace", "YAMLSyntax",
            ],
            path: "Tests/Fuzzing/Targets"),
    ]
)

// The fuzzer links only with the sanitizers that `Tests/Fuzzing/run` asks for.
if Context.environment["BAYPLAN_FUZZ"] != nil {
    package.targets.append(
        .executableTarget(
            name: "fuzz", dependencies: ["FuzzTargets"], path: "Tests/Fuzzing/Driver",
            linkerSettings: [.unsafeFlags(["-use-ld=lld"])]))
}

// Only `Tests/Generated/run` builds what generates manifests without end.
if Context.environment["BAYPLAN_GENERATE"] != nil {
    package.targets.append(
        .executableTarget(
            name: "generate",
            dependencies: ["Compiler", "Diagnostics", "Emission", "GeneratedManifests", "SourceText", "YAMLSyntax"],
            path: "Tests/Generated/Driver"))
}

// Only `Tests/Benchmarks/phases` measures the phases within one process.
if Context.environment["BAYPLAN_BENCHMARK"] != nil {
    package.dependencies.append(.package(url: "https://github.com/ordo-one/benchmark", from: "1.38.0", traits: []))
    package.targets.append(
        .executableTarget(
            name: "Phases",
            dependencies: [
                "Compiler", "Diagnostics", "Emission", "Planning", "Resolution", "Rules", "SourceText",
                "StrategyManifest", "YAMLSyntax", .product(name: "Benchmark", package: "benchmark"),
            ],
            path: "Tests/Benchmarks/Phases",
            plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]))
}
