import ComposeSpec
import Foundation
import StrategyManifest
import TestSupport
import Testing

/// The published JSON Schema in real use: `check-jsonschema`, as editors and CI run it.
@Suite
struct PublishedSchemaTests {
    /// The codes of what a schema can tell: keys, types, what is missing.
    private static let structural: Set<UInt16> = [3, 4, 5, 220, 221]

    private static let isPresent = run(["--version"]).status == 0

    @Test("The published schema is the one that the key table makes")
    func published() throws {
        let bytes = JSONSchema.render(
            .object(ManifestSection.root.shape(.typed)), title: "Bayplan manifest (strategy.yaml), version 1")
        try Golden.expect(
            String(decoding: bytes, as: UTF8.self),
            at: Golden.repository.appending(path: "schemas/strategy.schema.json"))
    }

    @Test(
        "The schema accepts every good fixture and every shipped manifest",
        .enabled(
            if: isPresent || ProcessInfo.processInfo.environment["CI"] == "true",
            "check-jsonschema is not on the PATH: pip install -r Tests/requirements.txt"))
    func acceptsTheGood() throws {
        let files = try Fixtures.manifests { $0.hasPrefix("good-") } + Fixtures.shipped()
        #expect(files.count >= 20)
        let copies = FileManager.default.temporaryDirectory.appendingPathComponent(
            "bayplan-schema-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: copies, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: copies) }
        // The tool's reader of YAML knows no tags of Compose: it gets such files without them.
        let readable = try files.enumerated().map { index, file in
            let text = try Repository.text(file)
            guard text.contains("!override") || text.contains("!reset") else { return file }
            let copy = copies.appendingPathComponent("\(index).yaml")
            // A key that is reset has no value of its shape.
            let kept = text.split(separator: "\n").filter { !$0.contains("!reset") }.joined(separator: "\n")
            try kept.replacingOccurrences(of: "!override", with: "")
                .write(to: copy, atomically: true, encoding: .utf8)
            return copy.path
        }
        let result = Self.run(["--schemafile", "schemas/strategy.schema.json"] + readable)
        #expect(result.status == 0, "\(result.output)")
        print("schema: accepts \(files.count) good manifests")
    }

    @Test(
        "The schema refuses every manifest with a fault that a schema can tell",
        .enabled(
            if: isPresent || ProcessInfo.processInfo.environment["CI"] == "true",
            "check-jsonschema is not on the PATH: pip install -r Tests/requirements.txt"))
    func refusesTheBroken() throws {
        let files = try Fixtures.manifests { $0.hasPrefix("bad-") }.filter { $0.hasPrefix("Tests/Fixtures/schema/") }
        #expect(files.count > 10)
        let result = Self.run(["--schemafile", "schemas/strategy.schema.json", "-o", "json"] + files)
        let report = try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
        let errors = try #require(report["errors"] as? [[String: Any]])
        let refused = Set(errors.compactMap { $0["filename"] as? String })
        for file in files { #expect(refused.contains(file), "\(file) is accepted by the schema") }
        print("schema: refuses \(refused.count) broken manifests")
    }

    @Test("Every manifest that the schema must refuse, validation refuses with a structural code")
    func validationAgrees() throws {
        for file in try Fixtures.manifests(where: { _ in true }) where file.hasPrefix("Tests/Fixtures/schema/") {
            let errors = Checked(try Repository.text(file)).errors
            if file.contains("/good-") {
                #expect(errors.isEmpty, "\(file): \(errors.map(\.message))")
            } else {
                let codes = errors.map(\.code.number)
                // A version, a build of a service and a missing key of Compose have codes of their own.
                #expect(
                    codes.contains { Self.structural.contains($0) || [6, 212, 229].contains($0) }, "\(file): \(codes)")
            }
        }
    }

    private static func run(_ arguments: [String]) -> (status: Int32, output: String) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["check-jsonschema"] + arguments
        process.currentDirectoryURL = Golden.repository
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        do { try process.run() } catch { return (127, "") }
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: output, as: UTF8.self))
    }
}
