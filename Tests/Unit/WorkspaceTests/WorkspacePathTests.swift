import SourceText
import Testing

/// One arithmetic of paths.
struct WorkspacePathTests {
    @Test(
        "Clean as Go's path.Clean",
        arguments: [
            ("", "."), (".", "."), ("./", "."), ("a", "a"), ("a/", "a"), ("a//b", "a/b"), ("a/./b", "a/b"),
            ("a/../b", "b"), ("a/..", "."), ("../a", "../a"), ("a/../../b", "../b"), ("../../..", "../../.."),
            ("/", "/"), ("/..", "/"), ("/../a", "/a"), ("//a/./b/..", "/a"), ("a/b/../../c/.", "c"), ("...", "..."),
            ("a\u{338}/\u{338}b/..", "a\u{338}"),
        ])
    func clean(_ path: String, _ expected: String) {
        #expect(Array(WorkspacePath.clean(path).utf8) == Array(expected.utf8))
    }

    @Test func appending() {
        let folder = WorkspacePath(["a", "b"])
        #expect(folder.appending("c/./d")?.parts == ["a", "b", "c", "d"])
        #expect(folder.appending("../c")?.parts == ["a", "c"])
        #expect(folder.appending("../../c//")?.parts == ["c"])
        #expect(folder.appending("../../..") == nil)
        #expect(folder.appending("")?.parts == ["a", "b"])
        // A slash before a combining character separates, whatever Swift takes for one character.
        #expect(folder.appending("c/\u{338}d")?.parts.count == 4)
    }

    @Test func relative() {
        let folder = WorkspacePath(["a", "b"])
        for text in [".", "c", "../c", "..", "../..", "../../x/y"] {
            #expect(folder.appending(text)?.relative(from: folder) == text)
        }
        #expect(WorkspacePath(["é"]) != WorkspacePath(["e\u{301}"]))
        #expect(Set([WorkspacePath(["é"]), WorkspacePath(["e\u{301}"])]).count == 2)
        #expect(WorkspacePath(["a", "b"]) != WorkspacePath(["ab"]))
        #expect(WorkspacePath(["e\u{301}", "x"]).parts(below: WorkspacePath(["é"])) == nil)
        #expect(WorkspacePath(absolute: "/a/../../b//c/.").parts == ["b", "c"])
    }

    @Test("Lengths and depths are bounded, and deep ones cost what long ones do")
    func bounds() {
        #expect(WorkspacePath.excess(of: String(repeating: "a", count: 4096)) == nil)
        #expect(WorkspacePath.excess(of: String(repeating: "a", count: 4097)) == "it is longer than 4096 bytes")
        #expect(WorkspacePath.excess(of: String(repeating: "a/", count: 256)) == nil)
        #expect(WorkspacePath.excess(of: String(repeating: "a/", count: 257)) == "it has more than 256 parts")
        #expect(WorkspacePath.excess(of: String(repeating: "/", count: 4000) + "a") == nil)
        let deep = String(repeating: "a/", count: 1_000_000)
        #expect(WorkspacePath().appending(deep)?.parts.count == 1_000_000)
        #expect(WorkspacePath.clean(deep + String(repeating: "../", count: 1_000_000)) == ".")
    }

    @Test(
        "Whatever some file system takes for git's folder",
        arguments: [
            ".git", ".GIT", ".Git", ".git.", ".git ", ".git . .", ".git::$INDEX_ALLOCATION", ".git:x", "git~1",
            "GIT~1", "git~2", ".g\u{200C}it", ".git\u{FEFF}", "\u{206F}.GIT", ".gi\u{202E}t ",
        ])
    func git(_ part: String) { #expect(WorkspacePath.isGitFolder(part)) }

    @Test(
        "What no file system takes for it",
        arguments: [".github", ".gitignore", "git", "x.git", "git~", "git~a", "..git"])
    func notGit(_ part: String) { #expect(!WorkspacePath.isGitFolder(part)) }

    @Test func tree() {
        var tree = PathTree(0)
        tree[tree.place(of: ["a", "b"])] = 7
        #expect(tree.next("a", from: .root).flatMap { tree.next("b", from: $0) }.map { tree[$0] } == 7)
        #expect(tree.next("b", from: .root) == nil)
        #expect(tree[tree.place(of: [])] == 0)
        #expect(tree.place(of: ["a", "b"]) != tree.place(of: ["b", "a"]))
    }
}
