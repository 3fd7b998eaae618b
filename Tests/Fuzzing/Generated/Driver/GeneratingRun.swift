import Compiler
import Diagnostics
import Emission
import Foundation
import GeneratedManifests
import SourceText
import YAMLSyntax

/// Manifests of many seeds: their Compose files, and what was counted.
struct GeneratingRun {
    private static let options = PipelineOptions(layout: Layout(folder: [], manifestName: "strategy.yaml"))
    private let kept: [String]
    /// the Docker Compose that will be asked, and the keys that are newer.
    private let release: String
    private let newer: Set<String>
    private var output: [UInt8] = []
    private var coverage = KeyCoverage()
    private var counts: [String: Int] = [:]

    init(kept: [String], release: String = "", newer: Set<String> = []) {
        // Changing what was refused before changes little.
        self.kept = kept.filter { plan(SourceFile(path: "", bytes: Array($0.utf8)), Self.options).plan != nil }
        self.release = release
        self.newer = newer
    }

    func manifest(_ seed: UInt64) -> GeneratedManifest { GeneratedManifest(seed: seed, kept: kept) }

    mutating func generate(_ seed: UInt64) throws {
        let manifest = manifest(seed)
        count("manifests")
        count("manifests \(manifest.kind.rawValue)")
        let source = SourceFile(path: "strategy.yaml", bytes: Array(manifest.text.utf8))
        let (plan, diagnostics) = plan(source, Self.options)
        guard let plan else {
            let codes = Set(diagnostics.sorted().lazy.filter { $0.severity == .error }.map(\.code.label))
            for code in codes { count("refused by \(code)") }
            return
        }
        count("valid")
        count("valid \(manifest.kind.rawValue)")
        // What is newer than the oracle is refused where the manifest requires the oracle's release: then nothing is left out.
        let isForOracle = isValid(manifest.text + "\nrequires: { compose: \"\(release)\" }\n")
        if isForOracle { count("valid for the oracle") }
        for project in plan.manifest.projects.indices {
            // The scripts and documents need no oracle.
            let options = EmissionOptions(project: plan.projectName(project))
            for artifact in emit(plan, layout: Self.options.layout, options: options) where artifact.project != nil {
                let name = [String(seed), artifact.environment ?? "development", artifact.project ?? ""]
                write(artifact.bytes, named: name.joined(separator: "/"), leavingNewer: !isForOracle)
            }
        }
        if output.count > 1 << 20 { flush() }
    }

    private func isValid(_ text: String) -> Bool {
        plan(SourceFile(path: "strategy.yaml", bytes: Array(text.utf8)), Self.options).plan != nil
    }

    private mutating func write(_ bytes: [UInt8], named name: String, leavingNewer: Bool) {
        guard let tree = Tree.read(SourceFile(path: name, bytes: bytes)).tree else {
            // A file that cannot even be read is the oracle's to refuse.
            return append(bytes, named: name)
        }
        if coverage.add(tree, unlessHolding: leavingNewer ? newer : []) {
            append(bytes, named: name)
        } else {
            count("files with keys that are newer")
        }
    }

    private mutating func append(_ bytes: [UInt8], named name: String) {
        count("files")
        output += "\(name) \(bytes.count)\n".utf8
        output += bytes
    }

    mutating func flush() {
        FileHandle.standardOutput.write(Data(output))
        output.removeAll(keepingCapacity: true)
    }

    private mutating func count(_ name: String) { counts[name, default: 0] += 1 }

    /// A line for each count: the number, a tab, what was counted.
    var report: String {
        var lines = counts.map { ($0.key, $0.value) }
        lines += KeyCoverage.keys.map { ("key " + $0, coverage.keyCounts[$0] ?? 0) }
        lines += coverage.grammarCounts.map { ("grammar " + $0.key, $0.value) }
        return Dictionary(lines, uniquingKeysWith: max).sorted { $0.key < $1.key }.map { "\($0.value)\t\($0.key)\n" }
            .joined()
    }
}
