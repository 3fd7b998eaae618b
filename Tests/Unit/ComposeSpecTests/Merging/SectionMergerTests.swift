import ComposeSpec
import SourceText
import Testing
import YAMLSyntax

/// What two layers make of networks and the like, as `docker compose config` of 2.26.1 says of two files.
struct SectionMergerTests {
    @Test(
        "A network's pools lie over the weaker layer's last one, or over its only one if both have the same subnet",
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
            // Compose refuses to lay anything over an empty list.
            ("[]", "[{subnet: c}]", #"[{"subnet": "c"}]"#),
        ])
    func pools(_ weak: String, _ strong: String, _ expected: String) throws {
        let layers = [weak, strong].map { "{networks: {n: {ipam: {config: \($0)}}}}" }
        let text = "[\(layers.joined(separator: ", "))]"
        var tree = try #require(Tree.read(SourceFile(path: "a.yaml", bytes: Array(text.utf8))).tree)
        var merger = ServiceMerger.ofSections(for: &tree)
        let merged = flowText(merger.merge(Array(tree.items(tree.root)), in: &tree), in: tree)
        #expect(merged == #"{"networks": {"n": {"ipam": {"config": \#(expected)}}}}"#)
    }
}
