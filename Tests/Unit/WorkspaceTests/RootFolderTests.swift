import Foundation
import SourceText
import TestSupport
import Testing

@testable import Workspace

/// What stands below the root is told as it is, and nothing that stands there leads out of it.
struct RootFolderTests {
    private let folder: ScratchFolder

    init() throws {
        folder = try ScratchFolder()
        let made = try Tool.run(
            [
                "sh", "-c",
                """
                mkdir -p a/b .git empty; printf abc >a/file; ln -s file a/link; ln -s a away; mkfifo pipe
                echo 1 >one; ln one two; : >none; : >.git/HEAD
                python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind("end")'
                """,
            ], in: folder.url)
        try #require(made.status == 0, "\(made.errors)")
    }

    private static let long = String(repeating: "n", count: 256)

    private static func told(_ state: FileState) -> String {
        switch state {
        case .missing: "missing"
        case .file(let bytes, _): "file " + String(decoding: bytes, as: UTF8.self)
        case .other(let what): what
        case .unreachable(let obstacle): "\(obstacle.path) is \(obstacle.kind) to \(obstacle.target ?? "nothing")"
        }
    }

    @Test(
        arguments: [
            ("", "missing"), ("a/file", "file abc"), ("none", "file "), ("nosuch", "missing"), ("a/b/c/d", "missing"),
            (long, "missing"), (long + "/x", "missing"), ("a", "a folder"), ("a/link", "a symbolic link"),
            ("pipe", "a pipe"), ("end", "a socket"), ("one", "a file with several hard links"),
            ("away/file", "away is a symbolic link to a"), ("a/file/x/y", "a/file is a file to nothing"),
            ("pipe/x", "pipe is a pipe to nothing"),
        ])
    func state(_ path: String, _ expected: String) throws {
        let root = try RootFolder(folder.url.path)
        let parts = path.split(separator: "/").map(String.init)
        // The second look finds its folder open.
        for _ in 0..<2 { #expect(Self.told(try root.state(of: parts)) == expected) }
    }

    @Test(
        "A plain file is told by which it is, and nothing else is",
        arguments: ["", "nosuch", "nosuch/x", "a", "a/link", "pipe", "away/file", "a/file/x"])
    func noIdentity(_ path: String) throws {
        let root = try RootFolder(folder.url.path)
        #expect(try root.identity(of: path.split(separator: "/").map(String.init)) == nil)
    }

    @Test("A file is one under all its names, and another than its copy")
    func identity() throws {
        let root = try RootFolder(folder.url.path)
        guard case .file(_, let identity) = try root.state(of: ["a", "file"]) else { throw SystemFailure("no file") }
        #expect(try root.identity(of: ["a", "file"]) == identity)
        #expect(try root.identity(of: ["one"]) == root.identity(of: ["two"]) && root.identity(of: ["one"]) != nil)
        #expect(try Tool.run(["cp", "-p", "a/file", "a/copy"], in: folder.url).status == 0)
        #expect(try root.identity(of: ["a", "copy"]) != identity)
    }

    @Test(
        "What a file most likely holds is given back where it does, and what it holds where not",
        arguments: [0, 1, 65_535, 65_536, 65_537, 200_000])
    func likely(_ count: Int) throws {
        let root = try RootFolder(folder.url.path)
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7 / 5) }
        try Data(bytes).write(to: folder.url.appending(path: "likely"))
        var others = [bytes + [1], Array(bytes.dropLast())].filter { $0 != bytes }
        for place in Set([0, count / 2, count - 1]) where bytes.indices.contains(place) {
            others.append(bytes)
            others[others.count - 1][place] ^= 1
        }
        for guess in [bytes] + others {
            guard case .file(let found, let identity) = try root.state(of: ["likely"], likely: guess) else {
                throw SystemFailure("no file")
            }
            #expect(found == bytes)
            #expect(try root.identity(of: ["likely"]) == identity)
            // Where it is the same, no copy was made.
            let isCopy = found.withUnsafeBytes { found in guess.withUnsafeBytes { found.baseAddress != $0.baseAddress }
            }
            #expect(count == 0 || isCopy == (guess != bytes))
        }
        #expect(Self.told(try root.state(of: ["nosuch"], likely: [])) == "missing")
        #expect(Self.told(try root.state(of: ["a", "link"], likely: [])) == "a symbolic link")
    }

    @Test("In a folder that was just made nothing is made by looking")
    func lookingMakesNothing() throws {
        let root = try RootFolder(folder.url.path)
        #expect(try root.reachedFolder(["new"], create: true) != nil)
        #expect(try root.reachedFolder(["new", "x"], create: false) == nil)
        #expect(try root.reachedFolder(["new", "x", "y"], create: true) != nil)
        #expect(try root.reachedFolder(["new", "x", "z"], create: false) == nil)
        let made = try Tool.run(["find", "new", "-printf", "%P "], in: folder.url).output
        #expect(made == " x x/y ")
    }

    @Test("A file is read to 128 MiB")
    func largest() throws {
        let path = folder.url.appending(path: "huge").path
        let root = try RootFolder(folder.url.path)
        #expect(truncate(path, (128 << 20) + 1) == -1 && errno == ENOENT)
        #expect(try Tool.run(["truncate", "-s", "\((128 << 20) + 1)", path]).status == 0)
        #expect(Self.told(try root.state(of: ["huge"])) == "a file of more than 128 MiB")
    }

    private static func told(_ sight: Sight) -> String {
        switch sight {
        case .missing: "missing"
        case .folder: "folder"
        case .file(let bytes): "file " + String(decoding: bytes, as: UTF8.self)
        case .other(let what): what
        }
    }

    @Test(
        "What is only looked at never fails",
        arguments: [
            ("", "folder"), ("a", "folder"), ("a/file", "file abc"), ("a/b/x", "missing"), ("nosuch/x", "missing"),
            ("a/link", "a symbolic link"), ("away", "a symbolic link"), ("pipe", "a pipe"), ("end", "a socket"),
            ("one", "file 1\n"), (".git/HEAD", "in git's own folder"), (".git", "in git's own folder"),
            ("away/file", "behind a symbolic link or what cannot be opened"),
            ("a/file/x", "behind a symbolic link or what cannot be opened"),
            (long, "a file that cannot be opened (File name too long)"),
        ])
    func look(_ path: String, _ expected: String) throws {
        let root = try RootFolder(folder.url.path)
        #expect(Self.told(root.look(at: path.split(separator: "/").map(String.init), limit: 3)) == expected)
    }

    @Test("A file that is looked at is read to the limit")
    func lookLimit() throws {
        #expect(
            Self.told(try RootFolder(folder.url.path).look(at: ["a", "file"], limit: 2))
                == "a file of more than 2 bytes")
    }

    @Test("Whether a folder holds more than some names")
    func holdsMore() throws {
        let root = try RootFolder(folder.url.path)
        #expect(root.holdsMore(than: [], in: ["a"]))
        #expect(root.holdsMore(than: ["b", "file"], in: ["a"]))
        #expect(!root.holdsMore(than: ["b", "file", "link"], in: ["a"]))
        #expect(!root.holdsMore(than: [], in: ["empty"]))
        #expect(!root.holdsMore(than: [], in: ["nosuch"]))
        #expect(!root.holdsMore(than: [], in: ["away"]))
        #expect(!root.holdsMore(than: [], in: ["pipe"]))
    }

    @Test("A root that is missing holds nothing, is refused, or is made, as is asked for")
    func missing() throws {
        let path = folder.url.path + "/new/root"
        #expect(Self.told(try RootFolder(lookingAt: path).state(of: ["x"])) == "missing")
        #expect(try !RootFolder(lookingAt: path).walk([], choose: { _, _ in .take }, found: { _ in }))
        let error = #expect(throws: SystemFailure.self) { try RootFolder(path) }
        #expect(error?.message == "cannot open the folder \(path): No such file or directory")
        try RootFolder(creating: path).replace(
            Replacement(path: ["x"], bytes: [0x31], old: nil, mode: nil, isExecutable: false))
        #expect(Self.told(try RootFolder(lookingAt: path).state(of: ["x"])) == "file 1")
        #expect(Self.told(try RootFolder(creating: path).state(of: ["x"])) == "file 1")
        let blocked = #expect(throws: SystemFailure.self) { try RootFolder(creating: folder.url.path + "/one/x/y") }
        #expect(blocked?.message == "cannot create the folder \(folder.url.path)/one/x: Not a directory")
    }

    @Test("More folders than are kept open stay what they are, and the latest are found again")
    func manyFolders() throws {
        let root = try RootFolder(folder.url.path)
        for index in 0..<40 { try folder.write("many/\(index)/x", "\(index)") }
        for index in Array(0..<40) + [39, 25, 0, 24, 39] {
            #expect(Self.told(try root.state(of: ["many", "\(index)", "x"])) == "file \(index)")
        }
    }

    @Test("A run waits for the turn of another one, and says so; alone it does neither")
    func turns() throws {
        var first: RootFolder? = try RootFolder(folder.url.path)
        var waits = 0
        try first?.waitForTurn(in: ["turn"]) { waits += 1 }
        #expect(waits == 0)
        try RootFolder(folder.url.path).waitForTurn(in: ["turn"]) {
            waits += 1
            first = nil
        }
        #expect(waits == 1)
    }

    @Test("A name of the file is told as the user reaches it")
    func shown() throws {
        let shown = ShownPaths(home: WorkspacePath(["deploy"]), folder: ".")
        let root = try RootFolder(folder.url.path, shown: shown)
        let error = #expect(throws: SystemFailure.self) { try root.contents(of: ["a"], limit: 1) }
        #expect(error?.message == "cannot read ../a: it is a folder, not a file")
    }
}
