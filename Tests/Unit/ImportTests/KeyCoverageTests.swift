import Foundation
import GeneratedManifests
import SourceText
import TestSupport
import Testing
import YAMLSyntax

/// The projects that are imported, together, use every key of Compose.
struct KeyCoverageTests {
    /// Keys that no input uses, with the reason.
    private static let exceptions: [String: String] = [
        "external.name": "obsolete: Compose warns of it, and `name` beside `external` says the same"
    ]

    @Test("Every key of Compose's table stands in some input")
    func everyKey() throws {
        var coverage = KeyCoverage()
        for fixture in ImportFixture.all {
            let paths = try FileManager.default.subpathsOfDirectory(atPath: fixture.input.path)
            for path in paths.sorted() where path.hasSuffix(".yaml") || path.hasSuffix(".yml") {
                let bytes = try Array(Data(contentsOf: fixture.input.appending(path: path)))
                let (tree, _) = Tree.read(SourceFile(path: path, bytes: bytes))
                if let tree { coverage.add(tree) }
            }
        }
        let (all, used) = (KeyCoverage.keys, Set(coverage.keyCounts.keys))
        let missing = Set(all).subtracting(used).subtracting(Self.exceptions.keys)
        #expect(missing.isEmpty, "\(missing.sorted())")
        #expect(all.count > 300)
        for exception in Self.exceptions.keys { #expect(!used.contains(exception), "\(exception) is used after all") }
    }
}
