import Foundation
import Testing

/// Compares a text with the file that holds it; with `BAYPLAN_RECORD=1` writes the file and fails, so that no
/// recording passes for a test.
func expectGolden(_ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Goldens/\(name)")
    if ProcessInfo.processInfo.environment["BAYPLAN_RECORD"] == "1" {
        try Data(text.utf8).write(to: file)
        Issue.record("recorded \(name): read it, then run without BAYPLAN_RECORD", sourceLocation: sourceLocation)
        return
    }
    let expected = String(decoding: try Data(contentsOf: file), as: UTF8.self)
    #expect(text == expected, "Goldens/\(name)", sourceLocation: sourceLocation)
}
