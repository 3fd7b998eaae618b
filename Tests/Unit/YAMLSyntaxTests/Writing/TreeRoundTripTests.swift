import Foundation
import SourceText
import TestSupport
import Testing

@testable import YAMLSyntax

/// Random trees survive being written and read, by us and by PyYAML.
struct TreeRoundTripTests {
    /// A tree of random shape whose scalars are hostile strings, and the same as JSON.
    private static func randomTree(_ seed: UInt64) throws -> (tree: Tree, json: String) {
        let texts = ScalarCorpus.random(600).map { String(decoding: $0, as: UTF8.self) }
        var tree = try parse("{}")
        var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
        func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        func json(_ text: String) -> String {
            "\"" + text.utf16.map { "\\u" + String(format: "%04x", $0) }.joined() + "\""
        }
        func make(_ depth: Int) -> (NodeID, String) {
            let style: Node.Style = next(3) == 0 ? .flow : .block
            switch depth == 0 ? 0 : next(4) {
            case 1:
                let items = (0..<next(5)).map { _ in make(depth - 1) }
                let id = tree.addSequence(items.map(\.0), style: style, at: .beginning)
                return (id, "[" + items.map(\.1).joined(separator: ",") + "]")
            case 2, 3:
                var seen: Set<[UInt8]> = []
                var entries: [(key: NodeID, value: NodeID)] = []
                var parts: [String] = []
                for _ in 0..<next(5) {
                    let key = texts[next(texts.count)]
                    guard seen.insert(Array(key.utf8)).inserted else { continue }
                    let value = make(depth - 1)
                    entries.append((tree.addKey(key, at: .beginning), value.0))
                    parts.append("\(json(key)):\(value.1)")
                }
                return (
                    tree.addMapping(entries, style: style, at: .beginning), "{" + parts.joined(separator: ",") + "}"
                )
            default:
                let text = texts[next(texts.count)]
                return (tree.addString(text, at: .beginning), json(text))
            }
        }
        let root = (0..<200).map { _ in make(5) }
        tree.root = tree.addSequence(root.map(\.0), at: .beginning)
        return (tree, "[" + root.map(\.1).joined(separator: ",\n") + "]")
    }

    private static func written(_ tree: Tree) -> [UInt8] {
        var writer = YAMLWriter()
        writer.write(tree.root, of: tree, indent: 0)
        return writer.bytes
    }

    @Test(arguments: 1...10 as ClosedRange<UInt64>)
    func ourReader(_ seed: UInt64) throws {
        let tree = try Self.randomTree(seed).tree
        let bytes = Self.written(tree)
        let again = try parse(bytes)
        #expect(again.meaning(again.root) == tree.meaning(tree.root))
        #expect(Self.written(again) == bytes)
    }

    @Test(.enabled(if: Tool.pyYAML.isExpected, "python3 with PyYAML is not installed"), arguments: ["Safe", "CSafe"])
    func pyYAML(_ loader: String) throws {
        let scratch = try ScratchFolder()
        let (tree, json) = try Self.randomTree(11)
        try scratch.write("document.yaml", Self.written(tree))
        try scratch.write("expected.json", Array(json.utf8))
        let result = try Tool.pyYAML.run(
            [
                "-c",
                """
                import json, sys, yaml
                expected = json.load(open("expected.json"))
                found = yaml.load(open("document.yaml", "rb"), Loader=yaml.\(loader)Loader)
                wrong = [pair for pair in zip(expected, found) if pair[0] != pair[1]]
                print(len(expected), len(found), ascii(wrong[:3]))
                sys.exit(1 if wrong or len(expected) != len(found) else 0)
                """,
            ], in: scratch.url)
        #expect(result.status == 0, "\(result.output)\(result.errors.suffix(2000))")
    }
}
