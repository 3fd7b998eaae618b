import Foundation
import TestSupport
import Testing

/// Reports that are written to files: none takes the place of what bayplan did not write as a report.
struct ReportFileTests {
    private static let formats = ["text", "concise", "json", "sarif", "github", "gitlab", "junit"]
    private static let manifest = "version: 1\nname: sample\nimages: { a: { pull: \"r:1\", nonsense: 1 } }\n"

    private func folder() throws -> ScratchFolder {
        let folder = try ScratchFolder()
        try folder.write("strategy.yaml", Self.manifest)
        return folder
    }

    @Test("A report replaces one of its format, and an empty file", arguments: formats)
    func again(_ format: String) throws {
        let folder = try folder()
        try folder.write("empty", "")
        for name in ["report", "report", "empty"] {
            let result = try Program.run(["validate", "--format", "\(format)=\(name)"], in: folder.url)
            #expect(result.status == 1, "\(result.errors)")
            #expect(try String(decoding: folder.read(name), as: UTF8.self).contains("BP003"))
        }
    }

    @Test("What is no report stays, and the run fails", arguments: formats)
    func others(_ format: String) throws {
        let folder = try folder()
        let text = "to: be kept\n"
        let names = ["a/other.yaml", "a/long", "strategy.yaml", "a/report", "a/linked"]
        try folder.write("a/other.yaml", text)
        try folder.write("a/long", String(repeating: "x", count: 200_000))
        let other = format == "json" ? "sarif" : "json"
        _ = try Program.run(["validate", "--format", "\(other)=a/report"], in: folder.url)
        try FileManager.default.createSymbolicLink(
            atPath: folder.url.path + "/a/linked", withDestinationPath: "../strategy.yaml")
        for name in names {
            let before = try folder.read(name)
            let result = try Program.run(["validate", "--format=\(format)=\(name)"], in: folder.url)
            #expect(result.status == 2, "\(result.errors)")
            let said = "bayplan: cannot write \(name): it is there and is no \(format) report of bayplan's; "
            #expect(result.errors.contains(said + "name another file, or remove it\n"), "\(result.errors)")
            #expect(try folder.read(name) == before)
        }
    }

    @Test("A link to nothing makes no file where it points")
    func linkToNothing() throws {
        let folder = try folder()
        try FileManager.default.createSymbolicLink(
            atPath: folder.url.path + "/report", withDestinationPath: "elsewhere")
        let result = try Program.run(["validate", "--format", "json=report"], in: folder.url)
        #expect(result.status == 2 && result.errors.contains("it is a symbolic link to nothing"), "\(result.errors)")
        #expect(!FileManager.default.fileExists(atPath: folder.url.path + "/elsewhere"))
    }

    @Test("A device takes any report")
    func device() throws {
        let folder = try folder()
        let result = try Program.run(["validate", "--format", "json=/dev/null"], in: folder.url)
        #expect(result.status == 1, "\(result.errors)")
    }
}
