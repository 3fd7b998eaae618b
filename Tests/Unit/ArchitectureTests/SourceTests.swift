import Foundation
import Testing

/// What holds of every source file.
struct SourceTests {
    @Test("The header of a module in C includes all others, or an incremental build would miss a new one")
    func headersAreIncluded() throws {
        for module in ["CPlatform", "CSHA256"] {
            let folder = "Sources/\(module)/include"
            let text = try Repository.text("\(folder)/\(module).h")
            for header in try Repository.files(in: folder) where header != "\(module).h" {
                #expect(text.contains("#include \"\(header)\""), "\(folder)/\(header)")
            }
        }
    }

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

    @Test("Git is called in one place of the program and in one part of the scripts")
    func gitIsCalledInOnePlace() throws {
        for file in try Repository.swiftFiles(below: "Sources") where !file.hasSuffix("/BorrowedGit.swift") {
            // As the first of a command's words; an option can have this name, and messages can print commands.
            #expect(try !Repository.text(file).contains(#/\[\s*"git"/#), "\(file)")
        }
        for file in try Repository.scripts() where !file.hasSuffix("/git.sh") {
            for line in try Repository.text(file).split(separator: "\n") {
                #expect(
                    !line.contains(#/(^\s*|[(;&|]\s*|exec )git -?[A-Za-z]/#), "\(file): \(line)")
            }
        }
    }

    @Test("Where awk compares fields or looks them up, they are joined with a text")
    func awkComparesTexts() throws {
        let bare = #/\[\$[0-9]+\]|\$[0-9]+ in\s|[=!]= ENVIRON|[=!]= \$[0-9]/#
        for file in try Repository.scripts() {
            for line in try Repository.text(file).split(separator: "\n") {
                #expect(!line.contains(bare), "\(file): \(line)")
            }
        }
    }
}
