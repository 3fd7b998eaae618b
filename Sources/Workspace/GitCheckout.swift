import SourceText

/// A git checkout and a commit of its past: what has changed since.
package struct GitCheckout: Sendable {
    /// Where it lies.
    package let place: GitPlace
    /// The tree that changes are counted from, by the name of its commit, or the tree of nothing.
    private let base: String
    /// Whether that is what is checked out: then all that is staged or changed is what has changed since.
    private let isHead: Bool
    /// The submodules that are checked out, with what the base says of each: a commit; nil when it is new.
    private let modules: [(path: String, commit: String?)]
    private let configuration: BorrowedGit.Configuration

    /// Finds a revision in a checkout.
    ///
    /// - Parameter fromMergeBase: whether changes are counted from where the revision and HEAD parted.
    package init(_ place: GitPlace, revision: String, fromMergeBase: Bool = false) throws(SystemFailure) {
        guard !revision.hasPrefix("-"), !revision.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else {
            throw SystemFailure("`\(revision)` is no revision of git")
        }
        self = try BorrowedGit.with(place) { git throws(SystemFailure) in
            guard !git.settings.isBare || place.own != place.common else {
                throw SystemFailure("the repository of \(place.top) is a bare one: no files belong to it")
            }
            guard var commit = try Self.commit(revision, git) else {
                throw SystemFailure(
                    "there is no revision `\(revision)` in the checkout \(place.top)" + (try Self.branches(git)))
            }
            if fromMergeBase {
                guard let base = try git.answer("merge-base", commit, "HEAD") else {
                    throw SystemFailure(
                        "the history of `\(revision)` and that of HEAD do not meet in the checkout \(place.top); "
                            + "`git fetch --unshallow` fetches what a shallow clone lacks of it")
                }
                commit = String(decoding: base.dropLast(), as: UTF8.self)
            }
            return try GitCheckout(place, base: commit, isHead: revision == "HEAD", git)
        }
    }

    private init(
        _ place: GitPlace, base: String, isHead: Bool = false, _ git: BorrowedGit
    ) throws(SystemFailure) {
        self.place = place
        self.base = base
        self.isHead = isHead
        configuration = git.configuration
        var modules: [(path: String, commit: String?)] = []
        for entry in Self.links(in: try git.ask("ls-files", "--stage", "-z")) {
            guard let path = Self.parts(entry)?.path else { continue }
            // A link on the way could lead anywhere; a submodule lies where its path says.
            let folder = place.top + "/" + path
            guard Discovery.canonical(folder) == folder, GitPlace(at: folder) != nil else { continue }
            let former = try git.answer("ls-tree", "-z", base, "--", path)?.split(separator: 0).first
            let commit = former.flatMap { $0.starts(with: Self.link) ? Self.parts($0)?.identity : nil }
            modules.append((path, commit))
        }
        self.modules = modules
    }

    /// Its submodules that are checked out, and theirs, each with the commit that the past of this one names.
    ///
    /// One that was not there then, or lacks that commit, has changed in everything.
    package func submodules() throws(SystemFailure) -> [GitCheckout] {
        var found: [GitCheckout] = []
        for module in modules {
            guard let place = GitPlace(at: self.place.top + "/" + module.path) else { continue }
            let checkout = try BorrowedGit.with(place) { git throws(SystemFailure) -> GitCheckout in
                var base: String?
                if let commit = module.commit { base = try Self.commit(commit, git) }
                if base == nil { base = try Self.nothing(git) }
                return try GitCheckout(place, base: base ?? "", git)
            }
            found.append(checkout)
            found += try checkout.submodules()
        }
        return found
    }

    /// The paths that differ from the base, from the checkout's top: committed since, changed, or new and not ignored.
    ///
    /// Git compares the files as they are: one that only a filter or a conversion would find equal has changed, if it
    /// was written since git last looked. A path that ends with `/` is a checkout which is not tracked.
    package func changedPaths() throws(SystemFailure) -> [String] {
        try BorrowedGit.with(place, known: configuration) { git throws(SystemFailure) in
            let committed =
                isHead
                ? []
                : try git.ask(
                    "diff-index", "--cached", "--name-only", "-z", "--no-renames", "--no-ext-diff",
                    "--ignore-submodules=dirty", base, "--")
            let states = try git.ask(
                "status", "--porcelain", "-z", "--untracked-files=all", "--ignore-submodules=dirty")
            // Before each path: two letters and a space.
            let changed = states.split(separator: 0).map { $0.dropFirst(3) }
            return (committed.split(separator: 0) + changed).map { String(decoding: $0, as: UTF8.self) }
                .filter { !git.isOwn($0) }
        }
    }

    /// What a file held in the base; nil when it was not there.
    package func formerContents(of path: String) throws(SystemFailure) -> [UInt8]? {
        try BorrowedGit.with(place, known: configuration) { git throws(SystemFailure) in
            // Of a partial clone, what is there may lack: that is no file which was not there.
            guard try !git.ask("ls-tree", "-z", base, "--", path).isEmpty else { return nil }
            return try git.ask("cat-file", "blob", base + ":" + path)
        }
    }

    private static let link = "160000 ".utf8

    /// Those of the entries, each of which a zero ends, that are links to commits: few or none of many thousands.
    private static func links(in entries: [UInt8]) -> [ArraySlice<UInt8>] {
        var found: [ArraySlice<UInt8>] = []
        entries.withUnsafeBufferPointer { bytes in
            var start = 0
            while start < bytes.count {
                let end = ByteSearch.first(0, in: bytes, from: start)
                // Files begin with 100, symbolic links with 120.
                if bytes[start..<end].starts(with: link) { found.append(entries[start..<end]) }
                start = end + 1
            }
        }
        return found
    }

    /// The full name of a revision's commit; nil when there is none.
    private static func commit(_ revision: String, _ git: BorrowedGit) throws(SystemFailure) -> String? {
        guard revision.hasPrefix(":") else { return try name(revision + "^{commit}", git) }
        // What follows `:/` is looked for in messages, whatever it is: the commit is asked for by the object's name.
        guard let object = try name(revision, git) else { return nil }
        return try name(object + "^{commit}", git)
    }

    private static func name(_ revision: String, _ git: BorrowedGit) throws(SystemFailure) -> String? {
        let output = try git.answer("rev-parse", "--verify", "--quiet", revision) ?? []
        let name = output.last == 0x0A ? output.dropLast() : output[...]
        let isName = name.allSatisfy { ($0 >= 0x30 && $0 <= 0x39) || ($0 >= 0x61 && $0 <= 0x66) }
        return !name.isEmpty && isName ? String(decoding: name, as: UTF8.self) : nil
    }

    /// Which revisions there are: the branches that were committed to last, as the end of a sentence.
    private static func branches(_ git: BorrowedGit) throws(SystemFailure) -> String {
        let most = 5
        let answer = try git.answer(
            "for-each-ref", "--count=\(most + 1)", "--sort=-committerdate", "--format=%(refname:short)", "refs/heads",
            "refs/remotes")
        let names = (answer ?? []).split(separator: 0x0A).map { String(decoding: $0, as: UTF8.self) }
        guard !names.isEmpty else { return "" }
        let list = names.prefix(most).joined(separator: ", ")
        return names.count > most ? "; of its branches there are \(list), and more" : "; its branches: \(list)"
    }

    /// The name of the tree that holds nothing, which git knows in every repository.
    private static func nothing(_ git: BorrowedGit) throws(SystemFailure) -> String {
        String(decoding: try git.ask("hash-object", "-t", "tree", "/dev/null").dropLast(), as: UTF8.self)
    }

    /// The parts of `MODE [TYPE] NAME [STAGE]`, tab, path.
    private static func parts(_ entry: ArraySlice<UInt8>) -> (identity: String, path: String)? {
        guard let tab = entry.firstIndex(of: 0x09) else { return nil }
        let words = entry[..<tab].split(separator: 0x20)
        guard let identity = words.dropFirst().first(where: { $0.count >= 40 }) else { return nil }
        return (
            String(decoding: identity, as: UTF8.self), String(decoding: entry[(tab + 1)...], as: UTF8.self)
        )
    }
}
