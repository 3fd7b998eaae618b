import Foundation
import TestSupport
import Testing

@testable import Workspace

/// What git is told of a repository that is borrowed, and that nothing stays of the directory that borrows it.
struct BorrowedGitTests {
    private let repository: ScratchRepository

    init() throws { repository = try ScratchRepository() }

    private static func isThere(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

    @Test(
        "The directory goes when what needs it ends, also in a failure; what it links to stays",
        arguments: [false, true])
    func removal(_ fails: Bool) throws {
        let place = try repository.place()
        var folder = ""
        do {
            try BorrowedGit.with(place) { git throws(SystemFailure) in
                let own = String(decoding: try git.ask("rev-parse", "--absolute-git-dir").dropLast(), as: UTF8.self)
                folder = String(own.dropLast("/own".count))
                #expect(Self.isThere(folder + "/own/index") && Self.isThere(folder + "/common/refs/heads"))
                if fails { throw SystemFailure("no") }
            }
            #expect(!fails)
        } catch { #expect(fails && error.message == "no") }
        #expect(!folder.isEmpty && !Self.isThere(folder))
        #expect(try repository.checkout().changedPaths().isEmpty)
    }

    @Test("A repository's names of objects are read in its own format")
    func objectFormat() throws {
        try repository.shell(
            """
            git init -q -b main --object-format=sha256 long; cd long; echo 1 >a; git add .; git commit -qm one; echo 2 >a
            """)
        #expect(try repository.checkout("long").changedPaths() == ["a"])
        #expect(try repository.checkout("long").formerContents(of: "a") == Array("1\n".utf8))
    }

    @Test("A mode is no change where the repository keeps none", arguments: [true, false])
    func modes(_ keeps: Bool) throws {
        try repository.shell("cd top; git config core.fileMode \(keeps); chmod +x kept")
        #expect(try repository.checkout().changedPaths() == (keeps ? ["kept"] : []))
    }

    @Test("Files are compared as they are, whatever attributes make of the ends of their lines")
    func attributes() throws {
        try repository.shell(
            """
            cd top; echo '* text' >.gitattributes; printf '1\\r\\n' >kept; git add . 2>/dev/null; git commit -qm two
            touch -t 200101010000 kept; test -z "$(git status --porcelain)"; touch -t 200201010000 kept
            """)
        #expect(try repository.checkout().changedPaths() == ["kept"])
    }

    @Test("In a linked worktree the main one's HEAD is a revision")
    func mainHead() throws {
        try repository.shell(
            "cd top; git worktree add -q ../linked -b side; cd ../linked; echo 2 >kept; git commit -qam side")
        #expect(try repository.checkout("linked", "main-worktree/HEAD").changedPaths() == ["kept"])
    }
}
