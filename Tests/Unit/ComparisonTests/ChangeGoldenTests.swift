import Comparison
import Compiler
import Emission
import Foundation
import Planning
import SourceText
import TestSupport
import Testing

/// What is told of pairs of manifests, byte for byte: each kind of change alone, and mixed.
@Suite(.serialized)
struct ChangeGoldenTests {
    private static let folder = "Tests/Fixtures/diff"

    static let names: [String] = {
        let found = try? FileManager.default.contentsOfDirectory(
            atPath: Golden.repository.appending(path: folder).path)
        return (found ?? []).sorted()
    }()

    @Test("Text, Markdown and JSON of a pair", arguments: names)
    func golden(_ name: String) throws {
        let folder = "\(Self.folder)/\(name)"
        let (before, after) = (try Self.bytes(folder + "/before.yaml"), try Self.bytes(folder + "/after.yaml"))
        let changes = try Self.changes(before, after)
        var text = ChangesText(changes, useColor: false)
        let files = [
            "before.yaml": before, "after.yaml": after, "expected.txt": text.bytes(),
            "expected.md": ChangesMarkdown(changes).bytes(), "expected.json": ChangesJSON(changes).bytes(),
        ]
        try Golden.expect(files, in: folder)
        for line in String(decoding: files["expected.txt"] ?? [], as: UTF8.self).split(separator: "\n") {
            #expect(line.unicodeScalars.count <= 80 || line.contains("$ "), "\(name): \(line)")
        }
        // No value of a variable and nothing that stands in for a secret is told.
        for (file, bytes) in files where file.hasPrefix("expected") {
            #expect(!String(decoding: bytes, as: UTF8.self).contains("hunter"), "\(name)/\(file) tells a secret")
        }
        #expect(changes.isEmpty == name.hasPrefix("equal-"), "\(name)")
    }

    @Test("A manifest is equal to itself", arguments: names)
    func reflexive(_ name: String) throws {
        for file in ["before.yaml", "after.yaml"] {
            let bytes = try Self.bytes("\(Self.folder)/\(name)/\(file)")
            #expect(try Self.changes(bytes, bytes).isEmpty, "\(name)/\(file)")
        }
    }

    static func bytes(_ path: String) throws -> [UInt8] {
        Array(try Data(contentsOf: Golden.repository.appending(path: path)))
    }

    static func changes(_ before: [UInt8], _ after: [UInt8]) throws -> WorkspaceChanges {
        let options = PipelineOptions(layout: Layout(folder: [], manifestName: "strategy.yaml"))
        func planned(_ bytes: [UInt8]) throws -> Plan {
            let (plan, diagnostics) = plan(SourceFile(path: "strategy.yaml", bytes: bytes), options)
            return try #require(plan, "\(diagnostics.sorted().map(\.message))")
        }
        return Comparing(try planned(before), try planned(after)).changes()
    }
}
