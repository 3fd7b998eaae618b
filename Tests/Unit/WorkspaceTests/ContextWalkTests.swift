import Foundation
import SourceText
import TestSupport
import Testing

@testable import Workspace

/// What a build context is read through: every kind of entry, in one order, and no way out of the root.
struct ContextWalkTests {
    private let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    private func shell(_ line: String) throws {
        let result = try Tool.run(["sh", "-c", line], in: folder.url)
        try #require(result.status == 0, "\(result.errors)")
    }

    private func walk(
        _ path: [String] = [], at root: String? = nil, choose: (String, Bool) -> WalkChoice = { _, _ in .take }
    ) throws -> [FolderEntry]? {
        var entries: [FolderEntry] = []
        let isThere = try RootFolder(root ?? folder.url.path).walk(path) { path, isFolder in
            choose(String(decoding: path, as: UTF8.self), isFolder)
        } found: {
            entries.append($0)
        }
        return isThere ? entries : nil
    }

    private func paths(_ entries: [FolderEntry]?) -> [String]? {
        entries?.map { String(decoding: $0.path, as: UTF8.self) }
    }

    @Test("Names come in the order of their bytes, a folder before what lies in it, and nothing is left out")
    func order() throws {
        try shell("mkdir -p b/c Z .git; : >a; : >b.x; : >b/c/d; : >b/a; : >.hidden; : >é")
        #expect(
            paths(try walk()) == [".git", ".hidden", "Z", "a", "b", "b/a", "b/c", "b/c/d", "b.x", "é"])
        #expect(paths(try walk(["b"])) == ["a", "c", "c/d"])
        #expect(paths(try walk(["Z"])) == [])
        #expect(paths(try walk(["nosuch"])) == nil)
    }

    @Test("A folder that is passed is entered, one that is left is not")
    func choices() throws {
        try shell("mkdir -p in/deep out; : >in/x; : >out/x; : >in/deep/y")
        var asked: [String] = []
        let found = try walk { path, isFolder in
            asked.append(path + (isFolder ? "/" : ""))
            return path == "out" ? .leave : isFolder ? .pass : .take
        }
        #expect(paths(found) == ["in/deep/y", "in/x"])
        #expect(asked == ["in/", "in/deep/", "in/deep/y", "in/x", "out/"])
    }

    @Test("Each kind of entry is what it is, with its mode")
    func kinds() throws {
        try shell(
            "printf abc >file; chmod 4750 file; ln -s ../away link; mkfifo pipe; mkdir -m 2755 sub; chmod 600 pipe")
        try shell("python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind(\"end\")'")
        let found = try #require(try walk())
        let kinds = Dictionary(uniqueKeysWithValues: zip(paths(found) ?? [], found))
        let abc = SHA256.hex(of: Array("abc".utf8))
        guard case .file(let digest, let capability, let twin) = kinds["file"]?.kind else {
            Issue.record("\(found)")
            return
        }
        #expect(digest.map { String(format: "%02x", $0) }.joined() == abc && capability == [] && twin == nil)
        #expect(kinds["file"]?.mode == 0o4750)
        #expect(kinds["link"]?.kind == .link(target: Array("../away".utf8)))
        #expect(kinds["pipe"]?.kind == .pipe && kinds["pipe"]?.mode == 0o600)
        #expect(kinds["end"]?.kind == .socket)
        #expect(kinds["sub"]?.kind == .folder && kinds["sub"]?.mode == 0o2755)
        let device = try walk(at: "/dev") { path, _ in path == "null" ? .take : .leave }
        var status = stat()
        #expect(stat("/dev/null", &status) == 0)
        #expect(device?.map(\.kind) == [.characterDevice(UInt64(truncatingIfNeeded: status.st_rdev))])
    }

    @Test("Of several hard links each later one names the first; a file of one link names none")
    func hardLinks() throws {
        try shell("echo 1 >b; ln b a; mkdir c; ln b c/d; echo 1 >e")
        let twins = try #require(try walk()).map { entry -> [UInt8]? in
            guard case .file(_, _, let twin) = entry.kind else { return nil }
            return twin
        }
        #expect(twins == [nil, Array("a".utf8), nil, Array("a".utf8), nil])
    }

    @Test("A file of more than one piece has the digest of all of it")
    func largeFile() throws {
        let bytes = (0..<700_001).map { UInt8(truncatingIfNeeded: $0 / 7) }
        try folder.write("large", bytes)
        guard case .file(let digest, _, _) = try #require(try walk()?.first).kind else { return }
        #expect(digest.map { String(format: "%02x", $0) }.joined() == SHA256.hex(of: bytes))
    }

    @Test("A name may hold any bytes")
    func names() throws {
        try shell("mkdir \"$(printf 'x\\377')\"; : >\"$(printf 'x\\377/\\376')\"")
        #expect(try walk()?.map(\.path) == [[0x78, 0xFF], [0x78, 0xFF, 0x2F, 0xFE]])
    }

    @Test("Folders are walked to a depth, and below it the walk says so")
    func depth() throws {
        let limit = ContextWalk.depthLimit
        try shell("p=.; for i in $(seq \(limit)); do p=$p/d; done; mkdir -p $p; : >$p/f")
        #expect(try walk()?.count == limit + 1)
        try shell("p=.; for i in $(seq \(limit + 1)); do p=$p/d; done; mkdir $p")
        let error = #expect(throws: SystemFailure.self) { try walk() }
        #expect(error?.message.hasSuffix("/d lies more than \(limit) folders deep") == true)
    }

    @Test(
        "Git's own folder, a link and what is no folder are not walked; a place is told from the root",
        arguments: [
            (["a", ".git"], "cannot read a/.git: it lies in git's own folder"),
            ([".GIT", "x"], "cannot read .GIT/x: it lies in git's own folder"),
            (["link"], "cannot use link: it is a symbolic link, and bayplan follows no link below the root"),
            (["a", "file", "x"], "cannot use a/file: it is a file, and bayplan follows no link below the root"),
        ])
    func refused(_ path: [String], _ message: String) throws {
        try shell("mkdir -p a/.git .GIT/x; ln -s a link; : >a/file")
        let error = #expect(throws: SystemFailure.self) { try walk(path) }
        #expect(error?.message == message)
    }

    @Test(
        "Single files: the bytes of a file below the root, and why there are none",
        arguments: [
            (["a", "file"], "abc"), (["nosuch"], nil), (["nosuch", "x"], nil), ([], nil),
            (["a", "link"], "cannot read a/link: it is a symbolic link, and none is followed below the root"),
            (["a"], "cannot read a: it is a folder, not a file"),
            (["pipe"], "cannot read pipe: it is a pipe, not a file"),
            (["long"], "long holds more than 3 bytes"),
            ([".git", "HEAD"], "cannot read .git/HEAD: it lies in git's own folder"),
        ] as [([String], String?)])
    func contents(_ path: [String], _ expected: String?) throws {
        try shell("mkdir a .git; printf abc >a/file; printf abcd >long; ln -s file a/link; mkfifo pipe; : >.git/HEAD")
        let root = try RootFolder(folder.url.path)
        do {
            let bytes = try root.contents(of: path, limit: 3)
            #expect(bytes.map { String(decoding: $0, as: UTF8.self) } == expected)
        } catch { #expect(error.message == expected) }
    }
}
