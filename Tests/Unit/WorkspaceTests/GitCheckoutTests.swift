import Foundation
import TestSupport
import Testing

@testable import Workspace

/// What has changed since a revision, as git tells it over a borrowed repository.
struct GitCheckoutTests {
    private let repository: ScratchRepository
    private var folder: ScratchFolder { repository.folder }

    init() throws { repository = try ScratchRepository() }

    @discardableResult
    private func shell(_ line: String) throws -> String { try repository.shell(line) }

    private func checkout(
        _ name: String = "top", _ revision: String = "HEAD", fromMergeBase: Bool = false
    ) throws -> GitCheckout {
        try repository.checkout(name, revision, fromMergeBase: fromMergeBase)
    }

    private func refusal(_ name: String = "top", _ revision: String, fromMergeBase: Bool = false) -> String? {
        #expect(throws: SystemFailure.self) { try checkout(name, revision, fromMergeBase: fromMergeBase) }?.message
            .replacing(folder.url.path + "/", with: "")
    }

    @Test("Committed since, staged, edited, deleted and new; what is ignored is none")
    func changes() throws {
        #expect(try checkout().changedPaths() == [])
        try shell(
            """
            cd top; echo 2 >committed; git add committed; git commit -qm two
            echo 2 >staged; git add staged; echo 2 >sub/edited; rm gone; echo 2 >sub/new; : >x.log; echo y >.git/info/exclude; : >y
            """)
        #expect(
            Set(try checkout("top/sub", "HEAD~1").changedPaths())
                == ["committed", "staged", "sub/edited", "gone", "sub/new"])
        #expect(!(try checkout().changedPaths().contains("committed")))
    }

    @Test("What HEAD names has changed in the same as its commit by its own name")
    func head() throws {
        try shell(
            """
            cd top; echo 2 >staged; git add staged; echo 1 >staged; git mv kept moved; echo 2 >sub/edited; rm gone; : >new
            echo 3 >added; git add added; rm added; git rm -q --cached .gitignore
            """)
        let commit = try shell("git -C top rev-parse HEAD").trimmingCharacters(in: .whitespacesAndNewlines)
        let changed = Set(try checkout().changedPaths())
        #expect(changed == Set(try checkout("top", commit).changedPaths()))
        #expect(changed == ["staged", "kept", "moved", "sub/edited", "gone", "new", "added", ".gitignore"])
    }

    @Test("What a file held at the revision, and nothing where it was not there")
    func contents() throws {
        try shell("cd top; printf '2\\0\\377' >kept; git commit -qam two; echo 3 >kept; echo 3 >new")
        #expect(try checkout().formerContents(of: "kept") == [0x32, 0, 0xFF])
        #expect(try checkout("top", "HEAD~1").formerContents(of: "kept") == Array("1\n".utf8))
        #expect(try checkout().formerContents(of: "new") == nil)
    }

    @Test("From the merge base, what another branch did since is no change")
    func mergeBase() throws {
        try shell(
            """
            cd top; git checkout -qb other; echo 2 >theirs; git add .; git commit -qm theirs
            git checkout -q main; echo 2 >ours; git add .; git commit -qm ours
            """)
        #expect(Set(try checkout("top", "other").changedPaths()) == ["ours", "theirs"])
        #expect(try checkout("top", "other", fromMergeBase: true).changedPaths() == ["ours"])
        try shell("cd top; git checkout -q --orphan alone; git commit -qm alone")
        #expect(
            refusal("top", "main", fromMergeBase: true)?.hasPrefix(
                "the history of `main` and that of HEAD do not meet in the checkout top; `git fetch --unshallow`")
                == true)
    }

    @Test(
        "What is no revision is refused, and what there is, is said",
        arguments: [
            ("--output=x", "`--output=x` is no revision of git"), ("HEAD\n", "`HEAD\u{240A}` is no revision of git"),
            ("a\u{7F}", "`a\u{2421}` is no revision of git"),
            ("nosuch", "there is no revision `nosuch` in the checkout top; its branches: main"),
            ("", "there is no revision `` in the checkout top; its branches: main"),
            ("HEAD:kept", "there is no revision `HEAD:kept` in the checkout top; its branches: main"),
            (":kept", "there is no revision `:kept` in the checkout top; its branches: main"),
            (":/nothing", "there is no revision `:/nothing` in the checkout top; its branches: main"),
        ])
    func noRevision(_ revision: String, _ message: String) { #expect(refusal("top", revision) == message) }

    @Test("A commit is found by its message, a tag by its name")
    func revisions() throws {
        try shell("cd top; git tag -am note v1; echo 2 >kept; git commit -qam two")
        for revision in [":/one", "v1", "HEAD~1", "main@{0}~1"] {
            #expect(try checkout("top", revision).changedPaths() == ["kept"], "\(revision)")
        }
    }

    @Test("Of many branches five are named; of none, none")
    func branches() throws {
        try shell("cd top; for i in 1 2 3 4; do git branch b$i; done")
        #expect(refusal("top", "no")?.hasSuffix("; its branches: b1, b2, b3, b4, main") == true)
        try shell("cd top; git branch b5")
        #expect(refusal("top", "no")?.hasSuffix("; of its branches there are b1, b2, b3, b4, b5, and more") == true)
        try shell("git init -q empty")
        #expect(refusal("empty", "HEAD") == "there is no revision `HEAD` in the checkout empty")
    }

    @Test("Submodules tell their own changes, also those in one another; a new one has changed in everything")
    func submodules() throws {
        try shell(
            """
            export GIT_ALLOW_PROTOCOL=file
            git init -q -b main inner; cd inner; echo 1 >i; git add .; git commit -qm i; cd ..
            git init -q -b main middle; cd middle; echo 1 >m; git submodule --quiet add ../inner in; git commit -qam m; cd ..
            cd top; git submodule --quiet add ../middle mid; git submodule --quiet update --init --recursive
            git add .; git commit -qm mid; git submodule --quiet add ../inner late; git add .; git commit -qm late
            echo 2 >mid/in/i; echo 2 >mid/new
            """)
        let found = try checkout("top", "HEAD~1").submodules()
        let top = folder.url.path + "/top/"
        #expect(found.map { $0.place.top.replacing(top, with: "") } == ["late", "mid", "mid/in"])
        #expect(try found.map { try $0.changedPaths() } == [["i"], ["new"], ["i"]])
        #expect(try checkout().submodules().map { try $0.changedPaths() } == [[], ["new"], ["i"]])
        // A link that stands where the submodule was leads to no checkout of this one.
        try shell("cd top; mv late ../elsewhere; ln -s ../elsewhere late")
        #expect(try checkout().submodules().count == 2)
    }

    @Test("A linked worktree has its own HEAD and index; a bare repository has no files")
    func worktrees() throws {
        try shell(
            """
            cd top; git worktree add -q ../linked -b side; cd ../linked; echo 2 >kept; git add kept; git commit -qm side; echo 3 >new
            cd ..; git clone -q --bare top bare; cd bare; git worktree add -q ../ofbare main
            cd ..; git init -q odd; cd odd; git config core.bare true
            """)
        #expect(try checkout("linked", "main").changedPaths() == ["kept", "new"])
        #expect(try checkout("top", "main").changedPaths() == [])
        #expect(try checkout("ofbare").changedPaths() == [])
        #expect(refusal("odd", "HEAD") == "the repository of odd is a bare one: no files belong to it")
    }

    @Test("Nothing that a repository's configuration names is run, and no attribute changes what is compared")
    func nothingRuns() throws {
        try shell(
            """
            cd top; git config filter.f.clean 'touch ../ran; cat'; git config core.fsmonitor 'touch ../ran'
            git config diff.external 'touch ../ran'; echo '* filter=f' >.gitattributes
            printf '#!/bin/sh\\ntouch ../ran\\n' >.git/hooks/post-index-change; chmod +x .git/hooks/post-index-change
            echo 2 >kept
            """)
        #expect(Set(try checkout().changedPaths()) == ["kept", ".gitattributes"])
        #expect(try shell("ls") == "top\n")
    }

    @Test("A partial clone that lacks an object says that nothing is fetched")
    func partial() throws {
        try shell(
            """
            cd top; git config uploadpack.allowFilter true; cd ..
            git clone -q --no-local --filter=blob:none --no-checkout "file://$PWD/top" part
            """)
        let error = #expect(throws: SystemFailure.self) { try checkout("part").formerContents(of: "kept") }
        #expect(
            error?.message.hasSuffix("; it is a partial clone, and what it lacks is not fetched here") == true,
            "\(error?.message ?? "")")
    }

    @Test("A place is the nearest folder with a .git that leads to a repository")
    func places() throws {
        let path = folder.url.path
        try shell(
            """
            mkdir -p top/sub/.git none/.git; echo nonsense >none/sub 2>/dev/null || true; mkdir wrong file
            echo 'gitdir:../top/.git' >wrong/.git; echo 'gitdir: ../top/.git' >file/.git; : >none/x
            mkdir -p half/.git/objects; echo x >half/.git/HEAD
            cp -r top/.git old.git; mkdir old; mv old.git old/.git; cd old/.git; rm HEAD; ln -s refs/heads/nosuch HEAD
            """)
        #expect(GitPlace(of: path + "/top/sub")?.top == path + "/top")
        #expect(GitPlace(of: path + "/file")?.own == path + "/file/../top/.git")
        #expect(GitPlace(of: path + "/old")?.top == path + "/old")
        for name in ["none", "wrong", "half"] { #expect(GitPlace(at: path + "/" + name) == nil, "\(name)") }
        #expect(GitPlace(of: "/") == nil && GitPlace(at: "/") == nil)
    }
}
