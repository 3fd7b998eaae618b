/// A git checkout, asked without a shell, a pager, a hook, a file watcher or an external program for differences.
package struct GitCheckout: Sendable {
    /// The canonical path of its top.
    package let top: String
    /// The commit that changes are counted from, as git names it.
    private let commit: String

    private static let outputLimit = 256 << 20

    /// Finds the checkout of a folder, and a revision in it.
    package init(of folder: String, revision: String) throws(SystemFailure) {
        guard !revision.hasPrefix("-"), !revision.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else {
            throw SystemFailure("`\(revision)` is no revision of git")
        }
        let found = try Self.git(in: folder, ["rev-parse", "--show-toplevel"])
        guard found.status == 0, let top = Discovery.canonical(Self.line(found.output)) else {
            throw SystemFailure("\(folder) does not lie in a git checkout")
        }
        let resolved = try Self.git(
            in: top, ["rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}"])
        let commit = Self.line(resolved.output)
        guard resolved.status == 0, !commit.isEmpty,
            commit.utf8.allSatisfy({ ($0 >= 0x30 && $0 <= 0x39) || ($0 >= 0x61 && $0 <= 0x66) })
        else {
            throw SystemFailure("there is no revision `\(revision)` in the checkout \(top)")
        }
        self.top = top
        self.commit = commit
    }

    /// Whether a folder, by its canonical path, lies in it.
    package func isTop(of folder: String) -> Bool { Discovery.components(from: top, to: folder) != nil }

    /// The paths that differ from the commit, from the checkout's top: committed since, changed, or new and not ignored.
    package func changedPaths() throws(SystemFailure) -> [String] {
        let tracked = try ask([
            "diff", "--name-only", "-z", "--no-renames", "--no-ext-diff", "--no-textconv", "--no-color", commit, "--",
        ])
        let new = try ask(["ls-files", "--others", "--exclude-standard", "-z"])
        return (tracked + new).split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
    }

    /// What a file held in the commit; nil when it was not there.
    package func formerContents(of path: String) throws(SystemFailure) -> [UInt8]? {
        let found = try Self.git(in: top, ["cat-file", "-e", commit + ":" + path], isQuiet: true)
        return found.status == 0 ? try ask(["cat-file", "blob", commit + ":" + path]) : nil
    }

    private func ask(_ words: [String]) throws(SystemFailure) -> [UInt8] {
        let (status, output) = try Self.git(in: top, words)
        guard status == 0 else { throw SystemFailure("git \(words[0]) failed in \(top) with exit status \(status)") }
        return output
    }

    private static func git(
        in folder: String, _ words: [String], isQuiet: Bool = false
    ) throws(SystemFailure) -> (status: Int32, output: [UInt8]) {
        try Subprocess.run(
            ["git", "-C", folder, "--no-pager", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null"] + words,
            variables: [
                "GIT_OPTIONAL_LOCKS=0", "GIT_TERMINAL_PROMPT=0", "GIT_EXTERNAL_DIFF=", "GIT_LITERAL_PATHSPECS=1",
                "LC_ALL=C",
            ],
            limit: outputLimit, isQuiet: isQuiet)
    }

    private static func line(_ bytes: [UInt8]) -> String {
        String(decoding: bytes.last == 0x0A ? bytes.dropLast() : bytes[...], as: UTF8.self)
    }
}
