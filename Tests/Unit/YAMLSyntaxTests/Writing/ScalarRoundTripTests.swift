import Foundation
import TestSupport
import Testing

@testable import YAMLSyntax

/// What goes in comes out: each emitted string is read back as itself by every reader in use.
struct ScalarRoundTripTests {
    /// The measured table and random strings.
    private static func texts() throws -> [[UInt8]] {
        let known = try ScalarCorpus.table().map(\.text)
        var seen: Set<[UInt8]> = []
        var texts = known + ScalarCorpus.random(4000) + ScalarCorpus.random(4000, of: ScalarCorpus.numericPieces)
        texts = texts.filter { seen.insert($0).inserted }
        texts.append(Array(String(repeating: "k", count: 1500).utf8))
        texts.append(Array(String(repeating: "日", count: 1024).utf8))
        texts.append(Array(String(repeating: "日", count: 1023).utf8) + [0x22])
        return texts
    }

    @Test func ourReader() throws {
        let texts = try Self.texts()
        let tree = try parse(ScalarDocument(texts, isCompose: false).bytes)
        let (values, items) = (try tree.node("x-values"), try tree.node("x-items"))
        let (flow, keys) = (try tree.node("x-flow"), try tree.node("x-keys"))
        #expect(tree.entries(values).count == texts.count && tree.entries(keys).count == texts.count)
        for (index, text) in texts.enumerated() {
            let pair = tree.items(tree.items(flow)[tree.items(flow).startIndex + index])
            let found =
                [tree.entries(values)[index].value, tree.items(items)[tree.items(items).startIndex + index]] + pair
            for id in found {
                #expect(Array(tree.bytes(id)) == text && tree.scalarType(id) == .string, "\(text)")
            }
            #expect(Array(tree.bytes(tree.entries(keys)[index].key)) == text)
        }
    }

    @Test(
        .enabled(if: Tool.pyYAML.isExpected, "python3 with PyYAML is not installed"), arguments: ["python", "libyaml"])
    func pyYAML(_ reader: String) throws {
        let scratch = try ScratchFolder()
        let document = ScalarDocument(try Self.texts(), isCompose: false)
        try scratch.write("document.yaml", document.bytes)
        try scratch.write("expected.json", document.expected)
        let result = try Tool.pyYAML.run(["-c", ScalarDocument.comparison, reader], in: scratch.url)
        print("PyYAML (\(reader)): \(result.output)")
        #expect(result.status == 0, "\(result.output)\(result.errors)")
    }

    @Test(
        .enabled(if: Tool.compose.isExpected, "docker compose is not installed"),
        .enabled(if: Tool.pyYAML.isExpected, "python3 with PyYAML is not installed"))
    func compose() throws {
        let scratch = try ScratchFolder()
        let document = ScalarDocument(try Self.texts(), isCompose: true)
        try scratch.write("document.yaml", document.bytes)
        try scratch.write("expected.json", document.expected)
        let read = try Tool.compose.run(
            ["-f", "document.yaml", "config", "--no-interpolate", "--format", "json"], in: scratch.url)
        #expect(read.status == 0, "\(read.errors.prefix(2000))")
        try scratch.write("found.json", Array(read.output.utf8))
        let result = try Tool.pyYAML.run(["-c", ScalarDocument.comparison, "json"], in: scratch.url)
        print("docker compose: \(result.output)")
        #expect(result.status == 0, "\(result.output)\(result.errors)")
    }

    @Test
    func nothingIsQuotedNeedlessly() throws {
        var counts: [String: Int] = [:]
        var needless: [String] = []
        let positions: [(String, ScalarPosition, (ScalarCorpus.Entry) -> Bool)] = [
            ("value", .blockValue, { $0.mustQuoteValue }), ("item", .sequenceItem, { $0.mustQuoteItem }),
            ("flow", .flow, { $0.mustQuoteFlow }), ("key", .key, { $0.mustQuoteKey }),
        ]
        for entry in try ScalarCorpus.table() {
            for (name, position, mustQuote) in positions {
                let form = entry.text.withUnsafeBufferPointer { ScalarQuoting.form(of: $0, at: position) }
                counts["\(name) \(form == .plain ? "plain" : "quoted")", default: 0] += 1
                // A key beyond the readers' limit is written behind `? ` instead.
                if form == .plain, position != .key || entry.text.count <= YAMLWriter.simpleKeyLength {
                    #expect(!mustQuote(entry), "\(entry.text) as \(name)")
                }
                if form != .plain, !mustQuote(entry) {
                    needless.append(
                        "\(name): \(String(decoding: entry.text, as: UTF8.self).debugDescription.prefix(20))")
                }
            }
        }
        print("Quoting:", counts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", "))
        print("Quoted needlessly: \(needless.count)")
        // Quoted although the measured readers agree: a float of YAML 1.2's core schema that overflows a double, what
        // `docker stack` alone takes for a truth value, and three indicators that are text in one position and not in the
        // next.
        let accepted =
            ["1e1000", "y", "n"].flatMap { text in ["value", "item", "flow", "key"].map { "\($0): \"\(text)\"" } } + [
                "flow: \"-\"", "key: \"-\"", "key: \"1:\"", "key: \"=\"",
            ]
        #expect(needless.filter { !accepted.contains($0) } == [])
    }
}
