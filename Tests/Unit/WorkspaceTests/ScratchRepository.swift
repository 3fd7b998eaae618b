import Foundation
import TestSupport
import Testing

@testable import Workspace

/// A folder with a checkout of one commit, `top`, in which lines of shell are run.
struct ScratchRepository {
    let folder: ScratchFolder

    init() throws {
        folder = try ScratchFolder()
        try shell(
            """
            git init -q -b main top; cd top; mkdir sub; echo 1 >kept; echo 1 >sub/edited; echo 1 >staged; echo 1 >gone
            printf '*.log\\n' >.gitignore; git add .; git commit -qm one
            """)
    }

    /// What the lines say; git knows of no configuration but the repository's.
    @discardableResult
    func shell(_ line: String) throws -> String {
        let result = try Tool.run(
            ["sh", "-ec", line], in: folder.url,
            environment: [
                "GIT_AUTHOR_NAME": "t", "GIT_AUTHOR_EMAIL": "t@t", "GIT_COMMITTER_NAME": "t",
                "GIT_COMMITTER_EMAIL": "t@t",
                "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1",
            ])
        try #require(result.status == 0, "\(result.errors)")
        return result.output
    }

    func place(_ name: String = "top") throws -> GitPlace {
        try #require(GitPlace(of: folder.url.path + "/" + name))
    }

    func checkout(
        _ name: String = "top", _ revision: String = "HEAD", fromMergeBase: Bool = false
    ) throws -> GitCheckout {
        try GitCheckout(place(name), revision: revision, fromMergeBase: fromMergeBase)
    }
}
