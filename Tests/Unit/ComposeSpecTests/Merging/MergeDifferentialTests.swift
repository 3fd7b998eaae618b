import ComposeSpec
import Foundation
import SourceText
import Testing
import YAMLSyntax

/// The merge against `docker compose -f a.yml -f b.yml config`.
@Suite(.serialized)
struct MergeDifferentialTests {
    @Test(
        "Every key merges as Docker Compose merges it",
        .enabled(if: ComposeTool.isPresent || ComposeTool.mustRun, "`docker compose` does not run here"))
    func everyKeyMergesAsCompose() throws {
        let compose = try #require(ComposeTool(), "CI needs `docker compose`")
        let exceptions = try MergeExceptions(minor: compose.minor)
        let folder = try Workplace()
        let readable = MergeCase.all.filter { $0.since <= compose.minor }
        let refused = readable.filter { exceptions.refused[$0.name] != nil }
        let compared = readable.filter { exceptions.refused[$0.name] == nil }
        #expect(compared.count >= 300)

        // One call can prove one refusal only: the first case of each reason and key stands for its like.
        var proven: Set<String> = []
        for item in refused where proven.insert("\(item.key) \(exceptions.refused[item.name] ?? "")").inserted {
            let result = try folder.composed([item], with: compose)
            #expect(result == nil, "Docker Compose accepts \(item.name), which is listed as refused")
        }
        guard let theirs = try folder.composed(compared, with: compose) else {
            Issue.record(
                "not listed as refused: \(try folder.refusals(among: compared, compose).joined(separator: "\n"))")
            return
        }
        let ours = try #require(try folder.merged(compared, with: compose), "refused: \(folder.lastError)")
        var equal = 0
        for item in compared {
            let isEqual = theirs[item.name] == ours[item.name]
            if let deviation = exceptions.deviations[item.name], deviation.applies(to: compose.minor) {
                #expect(!isEqual, "\(item.name) is listed as a deviation but is equal")
            } else {
                #expect(
                    isEqual,
                    """
                    \(item.name): \(item.layers.joined(separator: "  +  "))
                    Docker Compose: \(theirs[item.name] ?? "nothing")
                    Bayplan: \(ours[item.name] ?? "nothing")
                    """)
                equal += isEqual ? 1 : 0
            }
        }
        print(
            """
            merge: \(equal) of \(compared.count) cases equal with Docker Compose 2.\(compose.minor); \
            \(compared.count - equal) listed deviations, \(refused.count) refused by Compose, \
            \(MergeCase.all.count - readable.count) not read by this version
            """)
    }
}

/// A folder with the files that the cases refer to.
private final class Workplace {
    let folder: URL
    private(set) var lastError = ""

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("merge-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for name in ["a.env", "b.env", "a.labels", "b.labels"] { try write("\(name.prefix(1).uppercased())=1\n", name) }
        for name in ["base.yaml", "models.yaml"] {
            let base = try #require(try MergeCase.fixture(name))
            try write(base.source.text(Span(0, UInt32(base.source.bytes.count))), name)
        }
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// What Docker Compose makes of the layers as files; nil when it refuses them.
    func composed(_ cases: [MergeCase], with compose: ComposeTool) throws -> [String: String]? {
        let depth = cases.map(\.layers.count).max() ?? 0
        for layer in 0..<depth {
            let services = cases.compactMap { item in
                item.layers.count > layer && !item.layers[layer].isEmpty ? "  \(item.name): \(item.layers[layer])" : nil
            }
            try write(
                services.isEmpty ? "{}\n" : "services:\n" + services.joined(separator: "\n") + "\n",
                "layer\(layer).yaml")
        }
        return try config((0..<depth).map { "layer\($0).yaml" }, cases, compose)
    }

    /// The cases that Docker Compose refuses, with its words: found by halves.
    func refusals(among cases: [MergeCase], _ compose: ComposeTool) throws -> [String] {
        if try composed(cases, with: compose) != nil { return [] }
        guard cases.count > 1 else { return cases.map { "\($0.name): \(lastError)" } }
        let middle = cases.count / 2
        return try refusals(among: Array(cases[..<middle]), compose) + refusals(among: Array(cases[middle...]), compose)
    }

    /// What Docker Compose makes of one file in which the layers are merged already.
    func merged(_ cases: [MergeCase], with compose: ComposeTool) throws -> [String: String]? {
        let text = cases.map { item in
            "\(item.name): [\(item.layers.map { $0.isEmpty ? "null" : $0 }.joined(separator: ", "))]\n"
        }.joined()
        let read = Tree.read(SourceFile(path: "cases.yaml", bytes: Array(text.utf8)))
        var tree = try #require(read.tree, "\(read.diagnostics.map(\.message))")
        #expect(read.diagnostics.isEmpty)
        var merger = ServiceMerger(for: &tree)
        var services = "services:\n"
        for entry in tree.entries(tree.root) {
            let body = merger.merge(Array(tree.items(entry.value)), in: &tree)
            services += "  \(tree.text(entry.key)): \(flowText(body, in: tree))\n"
        }
        try write(services, "merged.yaml")
        return try config(["merged.yaml"], cases, compose)
    }

    /// The configuration of each service, by name.
    private func config(_ files: [String], _ cases: [MergeCase], _ compose: ComposeTool) throws -> [String: String]? {
        let images = cases.map { "  \($0.name): {image: nothing}\n" }.joined()
        try write("services:\n" + images, "images.yaml")
        let shared = compose.minor < 40 ? ["base.yaml"] : ["base.yaml", "models.yaml"]
        let result = compose.config(shared + ["images.yaml"] + files, in: folder)
        guard result.status == 0 else {
            lastError = result.error
            return nil
        }
        var services: [String: String] = [:]
        var name = ""
        var isService = false
        for line in result.output.split(separator: "\n", omittingEmptySubsequences: false) {
            if !line.hasPrefix(" ") { isService = line == "services:" }
            guard isService else { continue }
            if line.hasPrefix("  "), !line.hasPrefix("   "), line.hasSuffix(":") {
                name = String(line.dropFirst(2).dropLast())
            } else {
                services[name, default: ""] += line + "\n"
            }
        }
        // Compose prints the keys of `ssh` in another order at every run.
        for item in cases where item.key == "build.ssh" {
            let lines = services[item.name, default: ""].split(separator: "\n").sorted()
            services[item.name] = lines.joined(separator: "\n")
        }
        return services
    }

    private func write(_ text: String, _ name: String) throws {
        try text.write(to: folder.appendingPathComponent(name), atomically: false, encoding: .utf8)
    }
}
