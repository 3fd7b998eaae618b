import Foundation

@testable import YAMLSyntax

/// One document that holds each string of a list as value, item, flow item and key.
struct ScalarDocument {
    let texts: [[UInt8]]
    let bytes: [UInt8]

    /// - Parameter isCompose: whether the places are those where Compose copies any string through, or extension
    ///   keys alone.
    init(_ texts: [[UInt8]], isCompose: Bool) {
        self.texts = texts
        var writer = YAMLWriter()
        if isCompose {
            writer.raw("name: scalars\nservices:\n  all:\n    image: none\n")
            writer.raw("    environment:\n")
            Self.values(texts, prefix: "V", indent: 6, &writer)
            writer.raw("    labels:\n")
            Self.values(texts, prefix: "v", indent: 6, &writer)
            writer.raw("    command:\n")
            Self.items(texts, indent: 6, &writer)
            writer.raw("  keys:\n    image: none\n    labels:\n")
            Self.keys(texts.filter(Self.canBeLabel), indent: 6, &writer)
        }
        writer.raw("x-values:\n")
        Self.values(texts, prefix: "v", indent: 2, &writer)
        writer.raw("x-items:\n")
        Self.items(texts, indent: 2, &writer)
        writer.raw("x-flow:\n")
        for text in texts {
            writer.raw("  - [")
            text.withUnsafeBufferPointer { writer.writeScalar($0, position: .flow, indent: 2) }
            writer.raw(", ")
            text.withUnsafeBufferPointer { writer.writeScalar($0, position: .flow, indent: 2) }
            writer.raw("]\n")
        }
        writer.raw("x-keys:\n")
        Self.keys(texts, indent: 2, &writer)
        bytes = writer.bytes
    }

    private static func values(_ texts: [[UInt8]], prefix: String, indent: Int, _ writer: inout YAMLWriter) {
        for (index, text) in texts.enumerated() {
            writer.key("\(prefix)\(index)", indent: indent)
            writer.raw(" ")
            text.withUnsafeBufferPointer { writer.writeScalar($0, position: .blockValue, indent: indent) }
        }
    }

    private static func items(_ texts: [[UInt8]], indent: Int, _ writer: inout YAMLWriter) {
        for text in texts { writer.item(String(decoding: text, as: UTF8.self), indent: indent) }
    }

    private static func keys(_ texts: [[UInt8]], indent: Int, _ writer: inout YAMLWriter) {
        for text in texts {
            writer.key(String(decoding: text, as: UTF8.self), indent: indent)
            writer.raw(" at\n")
        }
    }

    /// Compose's schema wants a character that is no line end in the name of a label (`.+`).
    private static func canBeLabel(_ text: [UInt8]) -> Bool { text.contains { $0 != 0x0A } }

    /// The strings as JSON in ASCII.
    var expected: [UInt8] {
        let items = texts.map { text in
            let units = String(decoding: text, as: UTF8.self).utf16
            return "\"" + units.map { "\\u" + String(format: "%04x", $0) }.joined() + "\""
        }
        return Array("[\(items.joined(separator: ",\n"))]".utf8)
    }

    /// Python that compares what a reader made of the document with `expected.json`; `load` names the reader.
    static let comparison = """
        import json, sys
        expected = json.load(open("expected.json"))
        reader, wrong, seen = sys.argv[1], [], 0
        if reader == "json":
            found = json.load(open("found.json"))
        else:
            import yaml
            loader = yaml.SafeLoader if reader == "python" else yaml.CSafeLoader
            found = yaml.load(open("document.yaml", "rb"), Loader=loader)
        def check(place, index, got):
            global seen
            seen += 1
            if type(got) is not str or got != expected[index]:
                wrong.append("%s: %s was read as %s" % (place, ascii(expected[index]), ascii(got)))
        def values(place, mapping, prefix):
            for i in range(len(expected)): check(place, i, mapping.get("%s%d" % (prefix, i)))
        def items(place, sequence):
            for i in range(len(expected)): check(place, i, sequence[i] if i < len(sequence) else None)
        def keys(place, mapping, wanted):
            index = {text: i for i, text in enumerate(expected) if wanted(text)}
            for key in mapping: check(place, index.pop(key, 0), key)
            for i in index.values(): check(place, i, None)
        values("extension value", found["x-values"], "v")
        items("extension item", found["x-items"])
        items("first in flow", [pair[0] for pair in found["x-flow"]])
        items("last in flow", [pair[-1] for pair in found["x-flow"]])
        keys("extension key", found["x-keys"], lambda text: True)
        if "services" in found:
            services = found["services"]
            values("environment", services["all"]["environment"], "V")
            values("label", services["all"]["labels"], "v")
            items("command", services["all"]["command"])
            keys("label key", services["keys"]["labels"], lambda text: text.strip("\\n"))
        print("%d strings in %d places, %d wrong" % (len(expected), seen, len(wrong)))
        print("\\n".join(wrong[:40]))
        sys.exit(1 if wrong else 0)
        """
}
