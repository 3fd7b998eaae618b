import Foundation
import Testing

/// Files that hold what is expected, whole.
package enum Golden {
    /// Whether this run writes the files instead: it fails for each that it changes, so that no recording passes for a test.
    package static let isRecording = ProcessInfo.processInfo.environment["BAYPLAN_RECORD"] == "1"

    /// The repository that holds the tests.
    package static let repository = (0..<4).reduce(URL(filePath: #filePath)) { place, _ in
        place.deletingLastPathComponent()
    }

    /// Compares a folder, file by file and byte for byte.
    ///
    /// - Parameter folder: from the repository's top.
    package static func expect(
        _ files: [String: [UInt8]], in folder: String, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let base = repository.appending(path: folder)
        let manager = FileManager.default
        if isRecording {
            let names = (try? manager.subpathsOfDirectory(atPath: base.path)) ?? []
            let old = names.reduce(into: [:]) { $0[$1] = try? Array(Data(contentsOf: base.appending(path: $1))) }
            if old == files { return }
            try? manager.removeItem(at: base)
            for (name, bytes) in files {
                let file = base.appending(path: name)
                try manager.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data(bytes).write(to: file)
            }
            Issue.record("recorded \(folder): read it, then run without BAYPLAN_RECORD", sourceLocation: sourceLocation)
            return
        }
        let found = try manager.subpathsOfDirectory(atPath: base.path).filter { name in
            var isFolder: ObjCBool = false
            return manager.fileExists(atPath: base.appending(path: name).path, isDirectory: &isFolder)
                && !isFolder.boolValue
        }
        #expect(found.sorted() == files.keys.sorted(), "the files of \(folder)", sourceLocation: sourceLocation)
        for name in found.sorted() {
            guard let bytes = files[name] else { continue }
            let expected = try Array(Data(contentsOf: base.appending(path: name)))
            if bytes != expected {
                let diff = try difference(expected, bytes)
                Issue.record("\(folder)/\(name) differs:\n\(diff)", sourceLocation: sourceLocation)
            }
        }
    }

    /// Compares a text with the file that holds it; without a text there must be no file.
    package static func expect(
        _ text: String?, at file: URL, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let name = file.path.replacing(repository.path + "/", with: "")
        let manager = FileManager.default
        if isRecording {
            if (try? Data(contentsOf: file)) == text.map({ Data($0.utf8) }) { return }
            if let text {
                try Data(text.utf8).write(to: file)
            } else {
                try? manager.removeItem(at: file)
            }
            Issue.record("recorded \(name): read it, then run without BAYPLAN_RECORD", sourceLocation: sourceLocation)
            return
        }
        guard let text else {
            #expect(!manager.fileExists(atPath: file.path), "\(name) is not expected", sourceLocation: sourceLocation)
            return
        }
        let expected = String(decoding: try Data(contentsOf: file), as: UTF8.self)
        #expect(text == expected, "\(name)", sourceLocation: sourceLocation)
    }

    private static func difference(_ old: [UInt8], _ new: [UInt8]) throws -> String {
        let scratch = try ScratchFolder()
        try scratch.write("expected", old)
        try scratch.write("emitted", new)
        return try Tool.run(["diff", "-u", "expected", "emitted"], in: scratch.url).output
    }
}
