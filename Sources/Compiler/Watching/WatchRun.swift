import Diagnostics
import Workspace

/// `bayplan compile --watch`: compiles, and again whenever the manifest or what its builds need has changed.
///
/// It looks at the entries of those files a few times a second and works only when one differs; that sees every way in
/// which editors save, on every file system, and costs nothing that could be measured.
package struct WatchRun {
    /// Milliseconds between two looks at the manifest.
    private static let interval: Int32 = 10
    /// Looks at the manifest for each look at the other files.
    private static let stride = 20
    /// Milliseconds for which a file that was being written must have stood still.
    private static let settling: Int32 = 10
    /// The bytes from which a file is read at once: reading takes longer than `settling`, and a round whose manifest
    /// changes meanwhile says nothing.
    private static let settlesWhileRead: Int64 = 1 << 20
    /// How often `settling` is waited for at most: a file that never stands still is read as it is.
    private static let patience = 100
    /// Milliseconds for which a manifest may be missing or empty before that is taken for what is meant: some editors
    /// empty or remove a file before they write it.
    private static let grace: Int32 = 500

    package var compile: CompileRun
    /// Those for whom it runs.
    package var readers = Readers()

    package init(_ compile: CompileRun) { self.compile = compile }

    /// Runs until a reader of its output goes, or a signal ends the process.
    ///
    /// Throws what keeps the first round from running; in later rounds that is told, and the next change awaited.
    package func run(_ console: Console) throws(SystemFailure) -> ExitStatus {
        guard let manifest = try compile.session.manifestPath() else { return try compile.run(console) }
        Interruption.allow()
        keepFreedMemory()
        let watched = WatchedFiles(manifest: manifest)
        var readers = readers
        var round = compile
        round.session.manifest = manifest
        round.watched = watched
        watched.begin()
        var status = try round.run(console)
        watched.end()
        console.note("watching \(visible(manifest)); Ctrl-C ends")
        while let news = next(watched, &readers, console) {
            console.note(news)
            guard let result = again(round, watched, console) else { continue }
            if result == .clean {
                // Of a manifest that has changed meanwhile nothing is known.
                if watched.isManifestChanged { continue }
                if status != .clean { console.note("all right again") }
            }
            status = result
        }
        return .clean
    }

    /// Runs another round; nil where its manifest went away meanwhile, of which nothing was said: that is the next change.
    private func again(_ round: CompileRun, _ watched: WatchedFiles, _ console: Console) -> ExitStatus? {
        watched.begin()
        defer { watched.end() }
        do {
            return try round.run(console)
        } catch {
            guard watched.manifestNow.isThere else { return nil }
            console.fail(visible(error.message))
            return .failure
        }
    }

    /// Waits for the next change and says what it is; nil when a reader has gone.
    private func next(_ watched: WatchedFiles, _ readers: inout Readers, _ console: Console) -> String? {
        var probes = 0
        var isGone = false
        while true {
            if watched.isManifestChanged, !isGone || watched.manifestNow.isThere {
                guard settle(watched, &readers) else { return nil }
                if watched.manifestNow.isThere {
                    return "\(visible(watched.manifest)) \(isGone ? "is back" : "changed")"
                }
                console.fail("\(visible(watched.manifest)) is gone; waiting for it to come back")
                isGone = true
            }
            if probes % Self.stride == 0, !isGone {
                let others = watched.others
                if let first = others.first {
                    return others.count == 1 ? "\(first) changed" : "\(others.count) files changed"
                }
            }
            probes += 1
            if readers.areGone(within: Self.interval) { return nil }
        }
    }

    /// Waits until the manifest stands still; false when a reader has gone.
    private func settle(_ watched: WatchedFiles, _ readers: inout Readers) -> Bool {
        var last = watched.manifestNow
        if last.size >= Self.settlesWhileRead { return true }
        var absence: Int32 = 0
        for _ in 0..<Self.patience {
            if readers.areGone(within: Self.settling) { return false }
            let now = watched.manifestNow
            absence = now.hasContent ? 0 : absence + Self.settling
            if now == last, now.hasContent || absence >= Self.grace { return true }
            last = now
        }
        return true
    }
}
