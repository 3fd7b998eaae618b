import Benchmark
import Compiler
import Diagnostics
import Emission
import Foundation
import Planning
import Resolution
import Rules
import SourceText
import StrategyManifest
import YAMLSyntax

/// Each phase of the pipeline by itself, on the manifests that `workload` writes; no disk, no Dockerfiles.
///
/// A phase takes what the one before made, as it is handed over in `check`: trees are moved, so each run gets its own.
let benchmarks: @Sendable () -> Void = {
    for size in ["medium", "large"] {
        guard let folder = ProcessInfo.processInfo.environment["BAYPLAN_WORKLOADS"],
            let data = FileManager.default.contents(atPath: "\(folder)/\(size)/strategy.yaml")
        else { fatalError("BAYPLAN_WORKLOADS names the folder in which `workload` wrote medium and large") }
        let source = SourceFile(path: "strategy.yaml", bytes: Array(data))
        let layout = Layout(folder: [], manifestName: "strategy.yaml")
        let configuration = Benchmark.Configuration(
            metrics: [.wallClock, .peakMemoryResident], warmupIterations: 2,
            maxDuration: .seconds(5), maxIterations: 20)

        func tree() -> Tree {
            guard let tree = Tree.read(source).tree else { fatalError("\(size) is no YAML") }
            return tree
        }
        func resolution() -> Resolution { Resolution(of: ManifestDecoder.decode(tree()).0) }
        func plan() -> Plan {
            let (checked, found, _) = check(source, PipelineOptions(layout: layout))
            guard let checked else { fatalError("\(size) has \(found.items.count) faults") }
            return Plan(checked)
        }

        Benchmark("\(size), read", configuration: configuration) { _ in blackHole(tree()) }
        Benchmark("\(size), decode", configuration: configuration) { benchmark in
            let tree = tree()
            benchmark.startMeasurement()
            blackHole(ManifestDecoder.decode(tree))
        }
        Benchmark("\(size), resolve", configuration: configuration) { benchmark in
            let (manifest, _) = ManifestDecoder.decode(tree())
            benchmark.startMeasurement()
            blackHole(Resolution(of: manifest))
        }
        Benchmark("\(size), check", configuration: configuration) { benchmark in
            let resolution = resolution()
            benchmark.startMeasurement()
            blackHole(check(resolution, earlier: DiagnosticList(), options: CheckOptions()))
        }
        Benchmark("\(size), emit", configuration: configuration) { benchmark in
            let plan = plan()
            benchmark.startMeasurement()
            blackHole(emit(plan, layout: layout))
        }
        Benchmark("\(size), all", configuration: configuration) { _ in
            blackHole(compile(source, PipelineOptions(layout: layout)))
        }
    }
}
