import Comparison
import Emission
import Foundation
import TestSupport
import Testing

/// The forms in which changes are told.
struct ChangeFormTests {
    /// A workspace of many projects, of which each container has another variable.
    private static func manifest(projects: Int, services: Int, value: String) -> [UInt8] {
        var text = "version: 1\nimages: { tool: { pull: \"tool:1\" } }\nprojects:\n"
        for project in 0..<projects {
            text += "  project\(project):\n    services:\n"
            for service in 0..<services {
                text += "      service\(service): { image: tool, environment: { MODE: \(value) } }\n"
            }
        }
        return Array(text.utf8)
    }

    @Test("Markdown stays below what a pull request takes, says that it does, and closes each fold")
    func limit() throws {
        let changes = try ChangeGoldenTests.changes(
            Self.manifest(projects: 60, services: 50, value: "a"), Self.manifest(projects: 60, services: 50, value: "b")
        )
        let markdown = String(decoding: ChangesMarkdown(changes).bytes(), as: UTF8.self)
        #expect(markdown.unicodeScalars.count < 65_536 && markdown.unicodeScalars.count > 40_000)
        #expect(markdown.hasPrefix("**3000 containers are recreated (project0, project1, project2 and 57 more)**\n"))
        #expect(markdown.hasSuffix("\nNot all of it has room here: `bayplan diff` shows the rest.\n"))
        #expect(
            markdown.components(separatedBy: "<details>").count == markdown.components(separatedBy: "</details>").count)
        var text = ChangesText(changes, useColor: false)
        #expect(String(decoding: text.bytes(), as: UTF8.self).components(separatedBy: ": is recreated").count == 3001)
    }

    @Test("Of many others that come to share a volume, nine are named", arguments: [11, 12])
    func sharedVolume(projects: Int) throws {
        func manifest(_ volume: (Int) -> String) -> [UInt8] {
            let entries = (0..<projects).map { project in
                "  p\(10 + project): { services: { tool: { volumes: ['v:/v'] } }, volumes: { v: { name: \(volume(project)) } } }\n"
            }
            return Array("version: 1\nimages: { tool: { pull: \"tool:1\" } }\nprojects:\n\(entries.joined())".utf8)
        }
        let changes = try ChangeGoldenTests.changes(manifest { "own\($0)" }, manifest { _ in "all" })
        var text = ChangesText(changes, useColor: false)
        let told = String(decoding: text.bytes(), as: UTF8.self).replacing("\n      ", with: " ")
        let ending = projects == 11 ? " and p20 from now on" : " and 2 more from now on"
        #expect(told.contains("is shared with p11, p12, p13, p14, p15, p16, p17, p18, p19\(ending)"), "\(told)")
    }

    @Test("Colour changes nothing but colour")
    func colour() throws {
        let changes = try ChangeGoldenTests.changes(
            try ChangeGoldenTests.bytes("Tests/Fixtures/diff/mixed/before.yaml"),
            try ChangeGoldenTests.bytes("Tests/Fixtures/diff/mixed/after.yaml"))
        var (plain, coloured) = (ChangesText(changes, useColor: false), ChangesText(changes, useColor: true))
        let text = String(decoding: coloured.bytes(), as: UTF8.self)
        #expect(text.contains("\u{1B}[1;33m"))
        let bare = text.replacing(/\u{1B}\[[0-9;]*m/, with: "")
        #expect(bare == String(decoding: plain.bytes(), as: UTF8.self))
    }

    private static let hasSchemaCheck = Tool(["python3"], probe: ["-c", "import jsonschema"]).isExpected

    @Test("JSON follows its schema", .enabled(if: hasSchemaCheck, "needs the Python module jsonschema"))
    func schema() throws {
        let check = """
            import glob, json, jsonschema
            schema = json.load(open('schemas/diff.schema.json'))
            jsonschema.Draft7Validator.check_schema(schema)
            files = sorted(glob.glob('Tests/Fixtures/diff/*/expected.json'))
            for file in files:
                jsonschema.validate(json.load(open(file)), schema, cls=jsonschema.Draft7Validator)
            assert len(files) > 60
            """
        let result = try Tool.run(["python3", "-c", check], in: Golden.repository)
        #expect(result.status == 0, "\(result.errors.suffix(2000))")
    }
}
