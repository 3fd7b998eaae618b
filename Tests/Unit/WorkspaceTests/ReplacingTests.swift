import Foundation
import SourceText
import TestSupport
import Testing

@testable import Workspace

/// Files take the places of others whole, or nothing changes.
struct ReplacingTests {
    private let folder: ScratchFolder
    private let root: RootFolder

    init() throws {
        folder = try ScratchFolder()
        root = try RootFolder(folder.url.path)
    }

    private func identity(_ name: String) throws -> FileIdentity? {
        guard case .file(_, let identity) = try root.state(of: name.split(separator: "/").map(String.init)) else {
            return nil
        }
        return identity
    }

    private func replacement(
        _ name: String, _ text: String, old: FileIdentity? = nil, mode: UInt32? = nil, isExecutable: Bool = false,
        isRemains: @escaping ([UInt8]) -> Bool = { _ in true }
    ) -> Replacement {
        Replacement(
            path: name.split(separator: "/").map(String.init), bytes: Array(text.utf8), old: old, mode: mode,
            isExecutable: isExecutable, isRemains: isRemains)
    }

    private func text(_ name: String) throws -> String { String(decoding: try folder.read(name), as: UTF8.self) }

    /// The names that lie in the folder, with each file's mode.
    private func listing() throws -> String {
        try Tool.run(["find", ".", "-type", "f", "-printf", "%P %m\n"], in: folder.url).output
    }

    @Test("Folders that are missing are made, also beside one that is there, and a link is none")
    func missingFolders() throws {
        try folder.write("b/kept", "kept")
        try root.replace(["a/x", "b/x", "c/x"].map { replacement($0, $0) })
        for name in ["a/x", "b/x", "c/x"] { #expect(try text(name) == name) }
        try FileManager.default.createSymbolicLink(atPath: folder.url.path + "/e", withDestinationPath: "b")
        let error = #expect(throws: SystemFailure.self) {
            try root.replace([replacement("d/y", "y"), replacement("e/y", "y")])
        }
        #expect(error?.message == "cannot use e: it is a symbolic link, and bayplan follows no link below the root")
        #expect(try listing().split(separator: "\n").map { $0.prefix(4) }.sorted() == ["a/x ", "b/ke", "b/x ", "c/x "])
    }

    @Test("New folders are made, modes are those asked for, and every file is there")
    func several() throws {
        var told: [Int] = []
        try root.replace(
            [
                replacement("a/b/one", "1"), replacement("a/two", "2", isExecutable: true),
                replacement("three", "3", mode: 0o640),
            ]
        ) { told.append($0) }
        #expect(told == [0, 1, 2])
        let mask = umask(0)
        umask(mask)
        let lines = Set(try listing().split(separator: "\n").map(String.init))
        #expect(
            lines == [
                "a/b/one " + String(0o666 & ~mask, radix: 8), "a/two " + String(0o777 & ~mask, radix: 8), "three 640",
            ])
        #expect(try text("a/b/one") == "1" && text("a/two") == "2")
    }

    @Test("More files than are saved at once are saved and stand in their places")
    func manySaved() throws {
        let names = (0..<300).map { "f\($0)" }
        for name in names { try folder.write(name, "old") }
        try root.replace(try names.map { replacement($0, "new \($0)", old: try identity($0)) })
        for name in names { #expect(try text(name) == "new \(name)") }
        #expect(try listing().split(separator: "\n").count == names.count)
    }

    @Test("What was changed, made or taken away meanwhile is not replaced, and nothing else is")
    func changedMeanwhile() throws {
        for change in ["written", "made", "gone"] {
            try folder.write("a", "a")
            try folder.write("b", "b")
            let (first, second) = (try identity("a"), try identity("b"))
            if change == "written" { try folder.write("b", "another") }
            if change == "gone" { try FileManager.default.removeItem(at: folder.url.appending(path: "b")) }
            let error = #expect(throws: SystemFailure.self) {
                try root.replace([
                    replacement("a", "new", old: first), replacement("b", "new", old: change == "made" ? nil : second),
                ])
            }
            #expect(error?.message == "b was changed while bayplan ran; run it again")
            #expect(try text("a") == "a")
            #expect(try listing().split(separator: "\n").count == (change == "gone" ? 1 : 2), "nothing is left beside")
        }
    }

    @Test("What a run left that was cut short is written over; what is somebody's is in the way")
    func remains() throws {
        let beside = ".x.bayplan-new"
        for (left, isReplaced) in [("", true), ("\0\0", true), ("ours", true), ("theirs", false)] {
            try folder.write(beside, left)
            let new = replacement("x", "new", old: try identity("x")) { $0 == Array("ours".utf8) }
            if isReplaced {
                try root.replace(new)
                #expect(try text("x") == "new")
                #expect(try listing().split(separator: "\n").count == 1)
            } else {
                let error = #expect(throws: SystemFailure.self) { try root.replace(new) }
                #expect(
                    error?.message
                        == "cannot write x: \(beside) is in the way, and bayplan did not make it; move it away")
                #expect(try text(beside) == left)
            }
        }
    }

    @Test("Remains are taken away where they are some, and only there")
    func discarding() throws {
        try folder.write("a/.x.bayplan-new", "ours")
        try root.discardRemains(of: ["a", "x"]) { _ in false }
        #expect(try text("a/.x.bayplan-new") == "ours")
        try root.discardRemains(of: ["nosuch", "x"]) { _ in true }
        try root.discardRemains(of: ["a", "y"]) { _ in true }
        try root.discardRemains(of: []) { _ in true }
        try root.discardRemains(of: ["a", "x"]) { $0 == Array("ours".utf8) }
        #expect(try listing() == "")
    }

    @Test("A name of 240 bytes has its own beside it; a longer one has one that fits a directory")
    func longNames() throws {
        for count in [240, 241, 255] {
            let name = String(repeating: "n", count: count)
            var seen = ""
            try root.replace([replacement(name, "1"), replacement("z", "2", old: try identity("z"))]) { staged in
                if staged == 1 { seen = (try? listing()) ?? "" }
            }
            #expect(try text(name) == "1")
            #expect(seen.contains(".\(name).bayplan-new") == (count == 240))
        }
    }

    @Test("A file is deleted as it was looked at; one that has gone is none to be deleted")
    func deleting() throws {
        try folder.write("a/x", "1")
        try folder.write("a/y", "2")
        let (x, y) = (try #require(try identity("a/x")), try #require(try identity("a/y")))
        try root.delete([(path: ["nosuch", "z"], old: x), (path: ["a", "x"], old: x)])
        #expect(try listing().hasPrefix("a/y "))
        try folder.write("a/y", "other")
        let error = #expect(throws: SystemFailure.self) { try root.delete([(path: ["a", "y"], old: y)]) }
        #expect(error?.message == "a/y was changed while bayplan ran; run it again")
        #expect(try text("a/y") == "other")
    }

    @Test("What cannot be deleted is told")
    func undeletable() throws {
        try folder.write("a/x", "1")
        var status = stat()
        try #require(stat(folder.url.path + "/a", &status) == 0)
        let error = #expect(throws: SystemFailure.self) { try root.delete([(path: ["a"], old: FileIdentity(status))]) }
        #expect(error?.message.hasPrefix("cannot delete a: ") == true)
        #expect(try text("a/x") == "1")
    }

    @Test("A folder is made, opened and saved, or the system's reason is told")
    func folders() throws {
        let handle = try FolderHandle.open(folder.url.path)
        try folder.write("file", "")
        try FileManager.default.createSymbolicLink(atPath: folder.url.path + "/link", withDestinationPath: ".")
        for name in ["file", "link"] {
            let error = #expect(throws: SystemFailure.self) {
                try handle.folder(bytes: Array(name.utf8CString), shown: "a/" + name)
            }
            #expect(
                error?.message
                    == "cannot use a/\(name): it is a symbolic link or no folder, and none is followed below the root")
        }
        let error = #expect(throws: SystemFailure.self) { try handle.folder(bytes: [0x78, 0], shown: "x") }
        #expect(error?.message == "cannot open the folder x: No such file or directory")
        #if os(Linux)
            // The kernel's own file system makes no folder, and has nothing to save.
            let system = try FolderHandle.open("/proc")
            let refused = #expect(throws: SystemFailure.self) { try system.folder("new", at: "p/new", create: true) }
            #expect(refused?.message == "cannot create the folder p/new: No such file or directory")
            try system.synchronize()
        #endif
        #expect(
            [EINVAL, ENOTSUP, EOPNOTSUPP, EROFS].allSatisfy(isUnsupported) && !isUnsupported(EIO)
                && !isUnsupported(ENOSPC))
        #expect(isSocket(ENXIO) && isSocket(EOPNOTSUPP) && !isSocket(ENOENT))
    }

    @Test("A file where a folder is needed, and a place that is the root, are told")
    func noPlace() throws {
        try folder.write("a", "1")
        let error = #expect(throws: SystemFailure.self) { try root.replace(replacement("a/b", "2")) }
        #expect(error?.message == "cannot use a: it is a file, and bayplan follows no link below the root")
        let other = #expect(throws: SystemFailure.self) { try root.replace(replacement("", "2")) }
        #expect(other?.message == "cannot write .: its folder is missing")
        #expect(try listing().split(separator: "\n").count == 1)
    }
}
