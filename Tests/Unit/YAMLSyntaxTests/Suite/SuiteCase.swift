import Foundation
import TestSupport
import Testing

@testable import YAMLSyntax

/// A case of the YAML test suite, as its data release lays it out.
struct SuiteCase {
    /// `229Q`, or `DK95/01`.
    let id: String
    let document: [UInt8]
    /// Whether the document is YAML.
    let isValid: Bool
    /// What a reader reports; up to the fault for a document that is none.
    let events: Events
    /// The value as JSON; nil where the suite gives none, or several.
    let json: JSONValue?

    /// Where `.ci/yaml-suite` puts the data, or another place that `BAYPLAN_YAML_SUITE` names.
    static let folder: URL =
        ProcessInfo.processInfo.environment["BAYPLAN_YAML_SUITE"].map { URL(filePath: $0) }
        ?? Golden.repository.appending(path: ".build/yaml-test-suite")
    static let isExpected = FileManager.default.fileExists(atPath: folder.path) || Tool.isCI

    static func all() throws -> [SuiteCase] {
        try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter { $0.hasSuffix("/in.yaml") }.sorted()
            .map { try SuiteCase(id: String($0.dropLast("/in.yaml".count))) }
    }

    private init(id: String) throws {
        let files = Self.folder.appending(path: id)
        self.id = id
        document = try Array(Data(contentsOf: files.appending(path: "in.yaml")))
        isValid = !FileManager.default.fileExists(atPath: files.appending(path: "error").path)
        events = try Self.events(String(contentsOf: files.appending(path: "test.event"), encoding: .utf8))
        json = (try? Data(contentsOf: files.appending(path: "in.json")))
            .flatMap { try? JSONDecoder().decode(JSONValue.self, from: $0) }
    }

    // MARK: Notation

    private static func events(_ text: String) throws -> Events {
        Events(lines: try text.split(separator: "\n").compactMap { try line($0) })
    }

    private static func line(_ text: Substring) throws -> Events.Line? {
        var words = text.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
        var rest = words.count > 1 ? words[1] : ""
        var line: Events.Line
        switch words.removeFirst() {
        case "+STR", "-STR", "-DOC": return nil
        case "+DOC": return Events.Line(kind: .document)
        case "-SEQ", "-MAP": return Events.Line(kind: .end)
        case "=ALI": return Events.Line(kind: .alias(String(rest.dropFirst())))
        case "+SEQ": line = Events.Line(kind: .sequence, style: .block)
        case "+MAP": line = Events.Line(kind: .mapping, style: .block)
        case "=VAL": line = Events.Line(kind: .scalar([]))
        default: throw Unknown(line: String(text))
        }
        if rest.hasPrefix("[]") || rest.hasPrefix("{}") {
            line.style = .flow
            rest = rest.dropFirst(2).drop { $0 == " " }
        }
        if rest.hasPrefix("&") {
            let name = rest.prefix { $0 != " " }
            line.anchor = String(name.dropFirst())
            rest = rest.dropFirst(name.count).drop { $0 == " " }
        }
        if rest.hasPrefix("<"), let end = rest.firstIndex(of: ">") {
            line.tag = Array(rest[..<end].dropFirst().utf8).withUnsafeBufferPointer { Tag(uri: $0) }
            rest = rest[rest.index(after: end)...].drop { $0 == " " }
        }
        guard case .scalar = line.kind else { return line }
        let styles: [Character: Node.Style] = [
            ":": .plain, "'": .singleQuoted, "\"": .doubleQuoted, "|": .literal, ">": .folded,
        ]
        guard let mark = rest.first, let style = styles[mark] else { throw Unknown(line: String(text)) }
        line.style = style
        line.kind = .scalar(unescaped(rest.dropFirst().utf8))
        return line
    }

    private static func unescaped(_ text: Substring.UTF8View) -> [UInt8] {
        let meanings: [UInt8: UInt8] = [
            UInt8(ascii: "n"): 0x0A, UInt8(ascii: "t"): 0x09, UInt8(ascii: "r"): 0x0D, UInt8(ascii: "b"): 0x08,
        ]
        var result: [UInt8] = []
        var isEscaped = false
        for byte in text {
            if isEscaped {
                result.append(meanings[byte] ?? byte)
                isEscaped = false
            } else if byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else {
                result.append(byte)
            }
        }
        return result
    }

    struct Unknown: Error {
        let line: String
    }
}
