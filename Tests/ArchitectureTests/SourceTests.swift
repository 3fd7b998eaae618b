import Foundation
import Testing

/// What holds of every source file.
struct SourceTests {
    @Test("No force unwrap, forced try or fatal error that a user could reach")
    func nothingTraps() throws {
        for file in try Repository.swiftFiles(below: "Sources") {
            let text = try Repository.text(file)
            #expect(!text.contains("fatalError("), "\(file)")
            #expect(!text.contains("try!"), "\(file)")
            #expect(!text.contains("as!"), "\(file)")
        }
    }

    @Test("A file says one thing: none is longer than 300 lines")
    func filesAreShort() throws {
        for file in try Repository.swiftFiles(below: "Sources") {
            let lines = try Repository.text(file).split(separator: "\n", omittingEmptySubsequences: false).count
            #expect(lines <= 300, "\(file) has \(lines) lines")
        }
    }

    @Test("No folder is named for what does not fit elsewhere")
    func noDrawers() throws {
        for file in try Repository.swiftFiles(below: "Sources") {
            for name in ["Utilities", "Utils", "Helpers", "Extensions"] { #expect(!file.contains(name), "\(file)") }
        }
    }
}
