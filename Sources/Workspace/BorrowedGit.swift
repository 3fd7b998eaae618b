#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Git over the repository of a checkout, none of whose configuration, hooks and attributes has a say.
///
/// Git runs what a repository's configuration names, and much of it cannot be switched off on a command line: `git diff`
/// runs `filter.*.clean` whatever `-c` says. So git is given a directory of Bayplan's own, as a linked worktree has one,
/// which borrows objects, references and index by links and has its own configuration and attributes: no filter, no
/// conversion, no hook, no remote to fetch from. Every call of git in Bayplan is made here.
struct BorrowedGit {
    /// What git was asked of configurations: asked once, and told to whoever borrows the same repository again.
    struct Configuration: Sendable {
        /// What the repository's configuration says of its files.
        fileprivate(set) var settings = GitSettings([])
        /// The user's own file of what is never to be seen.
        fileprivate var excludes: String?
    }

    let place: GitPlace
    private(set) var configuration: Configuration
    private let folder: String

    var settings: GitSettings { configuration.settings }

    private static let outputLimit = 256 << 20
    private static let attributes = "* -text -eol -crlf -ident -filter -working-tree-encoding -diff -merge\n"

    /// Lends git to a body; the directory goes when it ends, and when this process is asked to end.
    ///
    /// - Parameter known: the configuration, where git was asked for it before.
    static func with<Value>(
        _ place: GitPlace, known: Configuration? = nil, _ body: (BorrowedGit) throws(SystemFailure) -> Value
    ) throws(SystemFailure) -> Value {
        try Interruption.hold { () throws(SystemFailure) in
            let parent = getenv("TMPDIR").map { String(cString: $0) } ?? ""
            var template = Array(((parent.isEmpty ? "/tmp" : parent) + "/bayplan.XXXXXX").utf8CString)
            guard mkdtemp(&template) != nil,
                let folder = Discovery.canonical(String(decoding: template.dropLast().map(UInt8.init), as: UTF8.self))
            else { throw SystemFailure("create a folder in", parent.isEmpty ? "/tmp" : parent) }
            defer { remove(folder) }
            var git = BorrowedGit(place: place, configuration: known ?? Configuration(), folder: folder)
            try git.borrow(isConfigured: known != nil)
            return try body(git)
        }
    }

    private init(place: GitPlace, configuration: Configuration, folder: String) {
        self.place = place
        self.configuration = configuration
        self.folder = folder
    }

    /// What git says; fails if it does.
    func ask(_ words: String...) throws(SystemFailure) -> [UInt8] {
        let (status, output) = try run(words)
        if status == 0 { return output }
        let errors = (try? readFile(folder + "/errors", limit: 4096)) ?? []
        let reason = String(decoding: errors, as: UTF8.self).split(separator: "\n").first.map { ": \($0)" } ?? ""
        let hint = settings.isPartial ? "; it is a partial clone, and what it lacks is not fetched here" : ""
        throw SystemFailure("git \(words[0]) failed in \(place.top)\(reason)\(hint)")
    }

    /// What git says; nil if it fails.
    func answer(_ words: String...) throws(SystemFailure) -> [UInt8]? {
        let (status, output) = try run(words)
        return status == 0 ? output : nil
    }

    /// Whether a path of the checkout is one of this directory's files.
    func isOwn(_ path: String) -> Bool { (place.top + "/" + path).hasPrefix(folder + "/") }

    private func run(_ words: [String]) throws(SystemFailure) -> (status: Int32, output: [UInt8]) {
        let variables = [
            "GIT_DIR=\(folder)/own", "GIT_WORK_TREE=\(place.top)", "GIT_OBJECT_DIRECTORY=\(place.common)/objects",
            "GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL=/dev/null", "GIT_ATTR_NOSYSTEM=1", "GIT_OPTIONAL_LOCKS=0",
            "GIT_TERMINAL_PROMPT=0", "GIT_NO_LAZY_FETCH=1", "GIT_NO_REPLACE_OBJECTS=1", "GIT_ALLOW_PROTOCOL=",
            "GIT_LITERAL_PATHSPECS=1", "HOME=\(folder)", "XDG_CONFIG_HOME=\(folder)", "LC_ALL=C",
        ]
        return try run(words, variables)
    }

    private func run(
        _ words: [String], _ variables: [String]
    ) throws(SystemFailure) -> (status: Int32, output: [UInt8]) {
        try Subprocess.run(
            ["git", "-C", place.top, "--no-pager"] + words, variables: variables, without: "GIT_",
            errors: folder + "/errors", limit: Self.outputLimit)
    }

    /// Fills the directory: `own` is that of a linked worktree, `common` what it shares.
    private mutating func borrow(isConfigured: Bool) throws(SystemFailure) {
        for name in ["own", "common", "common/info"] where mkdir(folder + "/" + name, 0o700) != 0 {
            throw SystemFailure("create the folder", folder + "/" + name)
        }
        try write("own/commondir", Array("../common\n".utf8))
        try copy(place.own + "/HEAD", "own/HEAD")
        try copy(place.common + "/HEAD", "common/HEAD")
        for name in Discovery.names(in: place.own) where Self.isCheckouts(name) {
            try link(place.own + "/" + name, "own/" + name)
        }
        for name in ["refs", "packed-refs", "reftable", "logs", "shallow"] {
            try link(place.common + "/" + name, "common/" + name)
        }
        try write("common/info/attributes", Array(Self.attributes.utf8))
        if Discovery.isFile(place.common + "/info/exclude") {
            try copy(place.common + "/info/exclude", "common/info/exclude")
        }
        var text = Self.ownSettings
        if !isConfigured { try askForConfiguration() }
        text += configuration.settings.text
        if let excludes = configuration.excludes {
            var settings = GitSettings([])
            settings.append("core.excludesfile", excludes)
            text += settings.text
        }
        try write("common/config", Array(text.utf8))
    }

    private static let ownSettings: String = {
        var settings = GitSettings([])
        for (key, value) in [
            ("core.repositoryformatversion", "1"), ("core.bare", "false"), ("core.fsmonitor", "false"),
            ("core.untrackedcache", "false"), ("core.hookspath", "/dev/null"), ("core.attributesfile", "/dev/null"),
            ("core.autocrlf", "false"), ("protocol.allow", "never"), ("status.renames", "false"),
            ("diff.renames", "false"), ("gc.auto", "0"),
        ] { settings.append(key, value) }
        return settings.text
    }()

    private mutating func askForConfiguration() throws(SystemFailure) {
        if Discovery.isFile(place.common + "/config") {
            let listing = try ask("config", "--file", place.common + "/config", "--no-includes", "--null", "--list")
            configuration.settings = GitSettings(listing)
        }
        // Which files the user never wants to see is for the user's own configuration to say.
        let named = try run(
            ["config", "--path", "--get", "core.excludesFile"], ["GIT_DIR=\(folder)/own", "LC_ALL=C"])
        configuration.excludes =
            named.status == 0 && named.output.count > 1
            ? String(decoding: named.output.dropLast(), as: UTF8.self)
            : Self.usersConfiguration.map { $0 + "/git/ignore" }
    }

    private static var usersConfiguration: String? {
        func value(_ name: String) -> String? {
            getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
        }
        return value("XDG_CONFIG_HOME") ?? value("HOME").map { $0 + "/.config" }
    }

    /// Whether a file of a checkout's own directory says what is checked out: not what to run.
    private static func isCheckouts(_ name: String) -> Bool {
        ["index", "refs", "reftable", "logs"].contains(name) || name.hasPrefix("sharedindex.")
            || name.hasSuffix("_HEAD") && name.utf8.allSatisfy { ($0 >= 0x41 && $0 <= 0x5A) || $0 == 0x5F }
    }

    private func copy(_ source: String, _ name: String) throws(SystemFailure) {
        guard let bytes = try readFile(source, limit: 16 << 20) else {
            throw SystemFailure("cannot read \(source): it is too large")
        }
        try write(name, bytes)
    }

    private func write(_ name: String, _ bytes: [UInt8]) throws(SystemFailure) {
        try writeFile(bytes, to: folder + "/" + name, O_TRUNC)
    }

    /// A link to what is there; none to what is not.
    private func link(_ target: String, _ name: String) throws(SystemFailure) {
        var status = stat()
        guard lstat(target, &status) == 0 else { return }
        guard symlink(target, folder + "/" + name) == 0 else { throw SystemFailure("create the link", name) }
    }

    /// Removes a folder of Bayplan's own; links in it are removed, not followed.
    private static func remove(_ folder: String) {
        for name in Discovery.names(in: folder) {
            let path = folder + "/" + name
            if unlink(path) != 0, rmdir(path) != 0 { remove(path) }
        }
        rmdir(folder)
    }
}
