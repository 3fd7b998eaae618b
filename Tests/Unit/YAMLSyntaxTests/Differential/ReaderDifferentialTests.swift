import Diagnostics
import Foundation
import SourceText
import TestSupport
import Testing

@testable import YAMLSyntax

/// What libyaml accepts, Bayplan reads as the same values or refuses for a reason of its own; what libyaml rejects,
/// Bayplan rejects.
///
/// PyYAML gives libyaml's events. The documents are random ones of YAML's pieces and mutations of the repository's
/// manifests; `SuiteTests` reads the YAML test suite.
struct ReaderDifferentialTests {
    /// Why Bayplan refuses what libyaml accepts.
    private static let own: [Code] = [
        .duplicateKey, .undefinedAlias, .severalDocuments, .limitExceeded, .notUTF8, .yamlSyntax, .wrongType,
    ]

    @Test(
        "The same values as libyaml, or a refusal with a place",
        .enabled(if: Tool.pyYAML.isExpected, "PyYAML is not installed"))
    func differential() throws {
        let documents = ScalarCorpus.random(20_000, of: Self.pieces, upTo: 14) + (try Self.mutations())
        let folder = try ScratchFolder()
        try folder.write("read.py", Self.script)
        try folder.write(
            "documents.json", Array(JSONEncoder().encode(documents.map { Data($0).base64EncodedString() })))
        let result = try Tool.pyYAML.run(["read.py"], in: folder.url)
        try #require(result.status == 0, "\(result.errors)")
        let readings = result.output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        var (same, rejected, misread): (Int, Int, [String]) = (0, 0, [])
        var refused: [String: Int] = [:]
        for (document, reading) in zip(documents, readings) {
            let source = SourceFile(path: "test.yaml", bytes: document)
            let (tree, diagnostics) = Tree.read(source)
            let text = String(decoding: document, as: UTF8.self).debugDescription
            for diagnostic in diagnostics where Int(diagnostic.primary.location.span.end) > document.count {
                misread.append("\(diagnostic.message) has no place in \(text)")
            }
            if reading == "rejected" {
                rejected += 1
                if diagnostics.isEmpty { misread.append("accepted what libyaml rejects: \(text)") }
            } else if let code = diagnostics.first?.code {
                refused[code.name, default: 0] += 1
                if !Self.own.contains(code) { misread.append("\(code.name) for \(text)") }
            } else {
                // A merge key is what other keys stand for: libyaml leaves it to its callers.
                let found = tree.map { Self.events($0, $0.root) } ?? "nothing"
                if found == reading || reading.contains("3c3c") {
                    same += 1
                } else {
                    misread.append("\(found) instead of \(reading) for \(text)")
                }
            }
        }
        #expect(misread.isEmpty, "\(misread.prefix(20).joined(separator: "\n"))")
        #expect(readings.count == documents.count + 1 && same > 3000 && rejected > 3000)
        let classes = refused.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
        print(
            "libyaml: \(documents.count) documents: \(same) read alike, \(rejected) rejected by both, refused: \(classes)"
        )
    }

    /// A tree as the script writes it: texts in hexadecimal.
    private static func events(_ tree: Tree, _ id: NodeID) -> String {
        switch tree[id].kind {
        case .scalar: hexadecimal(tree.bytes(id))
        case .sequence: "[" + tree.items(id).map { events(tree, $0) }.joined(separator: ",") + "]"
        case .mapping:
            "{"
                + tree.entries(id).map { hexadecimal(tree.bytes($0.key)) + ":" + events(tree, $0.value) }
                .joined(separator: ",") + "}"
        }
    }

    private static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
        "\"" + bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined() + "\""
    }

    private static let pieces = [
        "a", "b: ", "- ", "  ", "\n", "\n  ", "\n    ", "\n- ", "\nc: ", "? ", ": ", "[", "]", "{", "}", ", ", "'",
        "\"",
        "&x ", "*x", "*y", "|\n  ", ">\n  ", "|-\n", ">+\n  ", "|2\n  ", "#", " # c", "!t ", "!!str ", "---\n", "...\n",
        "%YAML 1.1\n", "\t", "\r\n", "é", "\u{85}", "\u{2028}", "\\n", "\\x41", "\\", "''", "~", "1", "- - ", "-", ":",
        "\u{FEFF}", "k: v\n", "k:\n  - 1\n", "d", "e", "f",
    ]

    private static func mutations() throws -> [[UInt8]] {
        let folder = Golden.repository.appending(path: "Tests/Fixtures/rules")
        let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
            .filter { $0.hasSuffix(".yaml") && $0.contains("good-") }.sorted().prefix(60)
        var state: UInt64 = 0x2545_F491_4F6C_DD1D
        func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % max(1, bound)
        }
        return try names.flatMap { name in
            let bytes = try Array(Data(contentsOf: folder.appending(path: name)))
            return (0..<20).map { _ in
                var changed = bytes
                for _ in 0...next(2) {
                    let place = next(changed.count)
                    switch next(3) {
                    case 0: changed.insert(contentsOf: pieces[next(pieces.count)].utf8, at: place)
                    case 1: changed.remove(at: place)
                    default: changed[place] = 0x20 + UInt8(next(95))
                    }
                }
                return changed
            } + [bytes]
        }
    }

    private static let script = """
        import base64, json, yaml
        class Rejected(Exception): pass
        def hexadecimal(text): return '"' + text.encode("utf-8", "surrogatepass").hex() + '"'
        def read(document):
            text, stack, anchors, done = None, [], {}, []
            def add(value):
                if stack: stack[-1][1].append(value)
                else: done.append(value)
            def remember(event, value):
                if event.anchor: anchors[event.anchor] = value
            for event in yaml.parse(document, Loader=yaml.CLoader):
                kind = type(event).__name__
                if kind == "ScalarEvent":
                    value = hexadecimal(event.value)
                    remember(event, value)
                    add(value)
                elif kind == "AliasEvent":
                    add(anchors.get(event.anchor, "undefined"))
                elif kind in ("SequenceStartEvent", "MappingStartEvent"):
                    stack.append((event, []))
                elif kind in ("SequenceEndEvent", "MappingEndEvent"):
                    begun, items = stack.pop()
                    if kind == "SequenceEndEvent": value = "[" + ",".join(items) + "]"
                    else: value = "{" + ",".join(a + ":" + b for a, b in zip(items[::2], items[1::2])) + "}"
                    if len(value) > 200000: value = "huge"
                    remember(begun, value)
                    add(value)
            return done[0] if done else "nothing"
        for document in json.load(open("documents.json")):
            try: print(read(base64.b64decode(document)))
            except (yaml.YAMLError, UnicodeError, ValueError): print("rejected")
        """
}
