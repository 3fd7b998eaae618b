import Foundation
import TestSupport
import Testing
import Workspace

/// What a watch remembers of files.
struct KnownDigestsTests {
    private func digests(_ folder: ScratchFolder, _ known: KnownDigests) throws -> [String: [UInt8]] {
        known.beginProbe()
        var found: [String: [UInt8]] = [:]
        _ = try RootFolder(folder.url.path).walk([], digests: known) { _, _ in
            .take
        } found: { entry in
            if case .file(let digest, _, _) = entry.kind { found[String(decoding: entry.path, as: UTF8.self)] = digest }
        }
        return found
    }

    @Test("A file that stands still is read no more; another content of the same size and time is seen")
    func rest() throws {
        let folder = try ScratchFolder()
        try folder.write("a", "one")
        try folder.write("b", "two")
        let known = KnownDigests()
        let first = try digests(folder, known)
        // A file that was just written is read again until it is older than times can tell.
        #expect(try digests(folder, known) == first)
        #expect(
            try Patience.until {
                let before = known.readCount
                _ = try digests(folder, known)
                return known.readCount == before
            })
        let count = known.readCount
        #expect(try digests(folder, known) == first)
        #expect(known.readCount == count)
        let path = folder.url.appending(path: "a").path
        let time = try #require(FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date)
        try folder.write("a", "eno")
        try FileManager.default.setAttributes([.modificationDate: time], ofItemAtPath: path)
        let other = try digests(folder, known)
        #expect(other["a"] != first["a"])
        #expect(other["b"] == first["b"])
        #expect(known.readCount == count + 1)
    }

    @Test("A file that has long stood still is read once")
    func old() throws {
        // This file's own folder was written before the tests were built.
        let root = try RootFolder(URL(filePath: #filePath).deletingLastPathComponent().path)
        let known = KnownDigests()
        func look() throws {
            known.beginProbe()
            _ = try root.walk([], digests: known) { _, _ in
                .take
            } found: { _ in
            }
        }
        try look()
        let count = known.readCount
        #expect(count > 0)
        try look()
        #expect(known.readCount == count)
    }
}
