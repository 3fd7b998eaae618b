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

/// The unit tests of a module; what other tests there are, `Tests/README.md` says.
func tests(_ name: String, uses dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
    .testTarget(name: name, dependencies: dependencies, path: "Tests/Unit/" + name, exclude: exclude)
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
            "Inspection",
            uses: [
                "ComposeSpec", "Diagnostics", "Dockerfiles", "Resolution", "SourceText", "StrategyManifest", "Threads",
                "YAMLSyntax",
            ]),
        module(
            "Rules",
            uses: [
                "ComposeSpec", "Diagnostics", "Dockerfiles", "Inspection", "Resolution", "SourceText",
                "StrategyManifest", "YAMLSyntax",
            ],
            hasTexts: true),
        module(
            "Planning",
            uses: ["ComposeSpec", "Resolution", "Rules", "SourceText", "StrategyManifest", "YAMLSyntax"]),
        module(
            "Comparison",
            uses: [
                "ComposeSpec", "Diagnostics", "Inspection", "Planning", "Resolution", "StrategyManifest", "YAMLSyntax",
            ]),
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
                "Comparison", "ComposeSpec", "Diagnostics", "Dockerfiles", "Emission", "Importing", "Inspection",
                "LanguageServer", "Planning", "Resolution", "Rules", "SourceText", "StrategyManifest", "Threads",
                "Workspace", "YAMLSyntax",
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
        tests(
            "DiagnosticsTests", uses: ["Diagnostics", "SourceText", "TestSupport"], exclude: ["Goldens"]),
        tests("ArgumentsTests", uses: ["Arguments"]),
        .target(name: "TestSupport", dependencies: ["YAMLSyntax"], path: "Tests/Support/TestSupport"),
        tests(
            "YAMLSyntaxTests",
            uses: ["CLibYAML", "Diagnostics", "GeneratedManifests", "SourceText", "TestSupport", "YAMLSyntax"],
            exclude: ["Suite/deviations.tsv"]),
        tests(
            "ComposeSpecTests",
            uses: ["ComposeSpec", "YAMLSyntax", "Diagnostics", "SourceText", "TestSupport"]),
        tests(
            "StrategyManifestTests",
            uses: ["ComposeSpec", "Diagnostics", "SourceText", "StrategyManifest", "YAMLSyntax"]),
        tests(
            "ComposeRulesTests",
            uses: [
                "Compiler", "ComposeSpec", "Diagnostics", "Emission", "GeneratedManifests", "Importing", "SourceText",
                "StrategyManifest", "TestSupport", "YAMLSyntax",
            ]),
        tests(
            "DockerfilesTests",
            uses: [
                "Compiler", "Diagnostics", "Dockerfiles", "Emission", "Inspection", "Planning", "Resolution", "Rules",
                "SourceText", "TestSupport",
            ]),
        tests(
            "ResolutionTests",
            uses: ["Resolution", "SourceText", "StrategyManifest", "YAMLSyntax"]),
        tests("WorkspaceTests", uses: ["SourceText", "TestSupport", "Workspace"]),
        tests("PlanningTests", uses: ["Compiler", "Emission", "Planning", "SourceText"]),
        tests(
            "ComparisonTests",
            uses: ["Comparison", "Compiler", "Emission", "Planning", "SourceText", "TestSupport"]),
        tests(
            "EmissionTests", uses: ["Diagnostics", "Emission", "TestSupport"]),
        tests(
            "CompilerTests",
            uses: [
                "bayplan", "Compiler", "Diagnostics", "Emission", "SourceText", "StrategyManifest", "TestSupport",
                "Workspace",
            ]),
        tests(
            "RulesTests",
            uses: [
                "Compiler", "Diagnostics", "Emission", "Inspection", "Rules", "SourceText", "StrategyManifest",
                "TestSupport", "YAMLSyntax",
            ]),
        tests(
            "ImportTests",
            uses: [
                "bayplan", "ComposeSpec", "GeneratedManifests", "Importing", "SourceText", "TestSupport", "YAMLSyntax",
            ]),
        tests(
            "LanguageServerTests",
            uses: [
                "Compiler", "Diagnostics", "Emission", "GeneratedManifests", "Inspection", "LanguageServer",
                "Resolution", "Rules", "SourceText", "TestSupport", "YAMLSyntax",
            ]),
        tests("ArchitectureTests", uses: ["Diagnostics", "Rules", "TestSupport"]),
        .target(
            name: "GeneratedManifests", dependencies: ["ComposeSpec", "YAMLSyntax"],
            path: "Tests/Fuzzing/Generated/Manifests"),
        tests("FuzzingTests", uses: ["FuzzTargets", "TestSupport"]),
        .target(
            name: "FuzzTargets",
            dependencies: [
                "Compiler", "ComposeSpec", "Diagnostics", "Emission", "Inspection", "LanguageServer", "Resolution",
                "Rules", "SourceText", "TestSupport", "Workspace", "YAMLSyntax",
            ],
            path: "Tests/Fuzzing/Targets"),
    ]
)

// `Tests/Fuzzing/run` asks for the fuzzer: built for release, with the sanitizers that it names to the compiler; in the
// debug build that the tests share, linked with the libFuzzer that the variable names.
if let asked = Context.environment["BAYPLAN_FUZZ"] {
    package.targets.append(
        .executableTarget(
            name: "fuzz", dependencies: ["FuzzTargets"], path: "Tests/Fuzzing/Driver",
            linkerSettings: [
                .unsafeFlags(["-use-ld=lld"]),
                .unsafeFlags([asked, "-lstdc++"], .when(configuration: .debug)),
            ]))
}

// Only `Tests/Fuzzing/Generated/run` builds what generates manifests without end.
if Context.environment["BAYPLAN_GENERATE"] != nil {
    package.targets.append(
        .executableTarget(
            name: "generate",
            dependencies: ["Compiler", "Diagnostics", "Emission", "GeneratedManifests", "SourceText", "YAMLSyntax"],
            path: "Tests/Fuzzing/Generated/Driver"))
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
