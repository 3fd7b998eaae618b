import ComposeSpec
import Foundation
import SourceText
import TestSupport
import Testing
import YAMLSyntax

/// What two layers make of networks and the like, as `docker compose config` of 2.26.1 says of two files.
struct SectionMergerTests {
    @Test(
        "Each weaker pool of a network lies under all stronger ones",
        arguments: [
            (
                "[{subnet: a, gateway: b}]", "[{subnet: a, ip_range: c}]",
                #"[{"subnet": "a", "gateway": "b", "ip_range": "c"}]"#
            ),
            ("[{subnet: a, gateway: b}]", "[{subnet: c}]", #"[{"subnet": "c"}]"#),
            ("[{gateway: b}]", "[{subnet: c}]", #"[{"subnet": "c"}]"#),
            ("[{gateway: b}]", "[{ip_range: c}]", #"[{"gateway": "b", "ip_range": "c"}]"#),
            ("[{subnet: a}, {subnet: b, gateway: d}]", "[{subnet: c}]", #"[{"subnet": "c", "gateway": "d"}]"#),
            ("[{subnet: a}, {subnet: b, gateway: d}]", "[{subnet: a}]", #"[{"subnet": "a", "gateway": "d"}]"#),
            (
                "[{subnet: a, gateway: b}]", "[{subnet: a, ip_range: c}, {subnet: a, gateway: d}]",
                #"[{"subnet": "a", "gateway": "d", "ip_range": "c"}]"#
            ),
            // The weaker pool takes another subnet, and is not the first one's any more.
            (
                "[{subnet: a, gateway: b}]", "[{subnet: a}, {subnet: c}, {subnet: c, ip_range: d}]",
                #"[{"subnet": "c", "gateway": "b", "ip_range": "d"}, {"subnet": "c"}]"#
            ),
            (
                "[{subnet: a, gateway: b}]", "[{ip_range: c}, {ip_range: d}]",
                #"[{"ip_range": "c"}, {"subnet": "a", "gateway": "b", "ip_range": "d"}]"#
            ),
            // Compose refuses to lay anything over an empty list.
            ("[]", "[{subnet: c}]", #"[{"subnet": "c"}]"#),
        ])
    func pools(_ weak: String, _ strong: String, _ expected: String) throws {
        #expect(try Self.merged(weak, strong) == #"{"networks": {"n": {"ipam": {"config": \#(expected)}}}}"#)
    }

    @Test(
        "Of lists that are too long to be laid over each other, the weaker one's last pool counts", arguments: [8, 9])
    func longLists(_ count: Int) throws {
        let strong = (0..<count).map { "{subnet: s\($0)}" }.joined(separator: ", ")
        let merged = try Self.merged("[{subnet: a, gateway: b}]", "[\(strong)]")
        #expect(merged.contains("gateway") == (count == 9))
    }

    private static func merged(_ weak: String, _ strong: String) throws -> String {
        let layers = [weak, strong].map { "{networks: {n: {ipam: {config: \($0)}}}}" }
        let text = "[\(layers.joined(separator: ", "))]"
        var tree = try #require(Tree.read(SourceFile(path: "a.yaml", bytes: Array(text.utf8))).tree)
        var merger = ServiceMerger.ofSections(for: &tree)
        return flowText(merger.merge(Array(tree.items(tree.root)), in: &tree), in: tree)
    }

    /// Every list of up to two pools of two subnets or none, under every list of up to three.
    @Test(
        "Pools are laid over each other as by Docker Compose",
        .enabled(if: ComposeTool.isPresent || ComposeTool.mustRun, "`docker compose` does not run here"))
    func poolsAsCompose() throws {
        let compose = try #require(ComposeTool(), "CI needs `docker compose`")
        func lists(_ count: Int, _ subnets: [String], _ key: String) -> [[String]] {
            if count == 0 { return [[]] }
            return lists(count - 1, subnets, key).flatMap { list in
                subnets.map { list + ["{\($0)\(key): \(key)\(list.count)}"] }
            }
        }
        let subnets = ["", "subnet: a, ", "subnet: b, "]
        let weak = (1...2).flatMap { lists($0, subnets, "gateway") }
        let strong = (1...3).flatMap { lists($0, subnets, "ip_range") }
        let cases = weak.flatMap { weak in strong.map { (weak, $0) } }.map { pair in
            ("[\(pair.0.joined(separator: ", "))]", "[\(pair.1.joined(separator: ", "))]")
        }
        #expect(cases.count == 12 * 39)
        let folder = try ScratchFolder()
        // Compose leaves out what no service uses.
        let names = cases.indices.map { "n\($0)" }.joined(separator: ", ")
        for (index, file) in ["a.yaml", "b.yaml"].enumerated() {
            let networks = cases.enumerated().map { number, pair in
                "  n\(number): {ipam: {config: \(index == 0 ? pair.0 : pair.1)}}\n"
            }
            try folder.write(file, "services: {s: {image: x, networks: [\(names)]}}\nnetworks:\n\(networks.joined())")
        }
        let result = compose.config(["a.yaml", "b.yaml"], in: folder.url, more: ["--format", "json"])
        try #require(result.status == 0, "\(result.error)")
        let json = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
        let networks = try #require(json?["networks"] as? [String: [String: Any]])
        for (number, pair) in cases.enumerated() {
            let theirs = (networks["n\(number)"]?["ipam"] as? [String: Any])?["config"] as? [[String: String]]
            let merged =
                try JSONSerialization.jsonObject(with: Data(try Self.merged(pair.0, pair.1).utf8)) as? [String: Any]
            let ours = (((merged?["networks"] as? [String: Any])?["n"] as? [String: Any])?["ipam"] as? [String: Any])?[
                "config"]
            #expect(ours as? [[String: String]] == theirs, "\(pair.0) under \(pair.1)")
        }
    }
}
