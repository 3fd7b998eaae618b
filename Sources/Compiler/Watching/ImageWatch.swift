import Diagnostics
import Emission
import Planning
import Workspace

/// `bayplan fingerprint --watch`: names the images whose inputs have changed, one line for each burst of changes.
///
/// It looks at the inputs again and again, and rests for many times as long as a look took. That sees every way in which
/// editors save, on every file system. A line is written once the inputs stand still and the line before has been
/// read, so that a reader who works for minutes gets all that changed meanwhile in one line.
package struct ImageWatch {
    /// Milliseconds between two probes: at least, and at most.
    private static let shortestRest = 100
    private static let longestRest = 2000
    /// How many times as long as a look it rests.
    private static let restFactor = 20
    /// Milliseconds for which what changed must have stood still.
    private static let settling: Int32 = 300
    /// How often `settling` is waited for at most: what never stands still is told as it is.
    private static let patience = 30

    package var run: FingerprintRun
    /// Those for whom it runs.
    package var readers = Readers()

    package init(_ run: FingerprintRun) { self.run = run }

    /// One state of the inputs: the manifest's entry, and what was found by the names of images.
    private struct Probe: Equatable {
        var manifest: FileStamp
        var images: [String: Result<String, Unknowable>] = [:]
    }

    /// What is watched, as the manifest has it.
    private struct Watched {
        let plan: Plan
        let session: Session
        /// The images that were asked for, and what they stand on, in build order.
        let images: [(name: String, build: Int)]
    }

    /// Runs until a reader of its output goes, or a signal ends the process.
    ///
    /// Throws what keeps it from beginning; what comes later is told, and the next change awaited.
    package func run(_ console: Console) throws(SystemFailure) -> ExitStatus {
        guard let manifest = try run.session.manifestPath() else { return try run.run(console) }
        Interruption.allow()
        var readers = readers
        let digests = KnownDigests()
        let stamp = FileStamp(ofFile: manifest, followsLinks: true)
        guard var watched = try open(console) else { return .findings }
        if isOutdated(watched, console) { return .findings }
        var last = try probe(at: watched, digests, stamp)
        // What was found last of each image that could be told.
        var known = last.images
        tellFaults(of: last, in: watched, console)
        // Who asked with the tables of a script waits for this: from here on nothing is missed.
        if run.scriptTables != nil { console.output([0x0A]) }
        let count = watched.images.count
        console.note("watching the inputs of \(count) image\(count == 1 ? "" : "s"); Ctrl-C ends")

        while true {
            func probeAgain() throws(SystemFailure) -> Probe {
                try probe(at: watched, digests, FileStamp(ofFile: manifest, followsLinks: true))
            }
            let (seen, rest) = try timed(probeAgain)
            if readers.areGone(within: rest) { return .clean }
            guard seen != last, readers.haveReadAll else { continue }
            guard var now = try settled(probeAgain, &readers) else { return .clean }
            if now.manifest != last.manifest {
                last.manifest = now.manifest
                do throws(SystemFailure) {
                    guard let opened = try open(console) else { continue }
                    if isOutdated(opened, console) { return .findings }
                    watched = opened
                    now = try probe(at: watched, digests, now.manifest)
                } catch {
                    console.fail(error.message)
                    continue
                }
            }
            tellFaults(of: now, since: last, in: watched, console)
            let changed = Self.changed(watched, now, &known)
            last = now
            if !changed.isEmpty { console.result(VisibleText(lines: changed.joined(separator: " ") + "\n")) }
        }
    }

    /// Reads the manifest and chooses what is watched; nil with findings, which are then told.
    private func open(_ console: Console) throws(SystemFailure) -> Watched? {
        let session = try Session(run.session)
        guard let development = try session.plan(run.session, reportingTo: console) else { return nil }
        let plan = try development.seen(fromEnvironment: run.environment)
        // Their bases too: a base that changed is what has to be built first.
        var wanted = Set(try plan.builtImages(named: run.images).compactMap { plan.buildOfImage[$0] })
        for build in plan.builds.indices.reversed() where wanted.contains(build) {
            wanted.formUnion(plan.builds[build].bases)
        }
        let images = wanted.sorted().flatMap { build in
            plan.builds[build].images.map { (name: plan.imageName($0), build: build) }
        }
        return Watched(plan: plan, session: session, images: images)
    }

    /// The images that are not what they were known to be; they are known as they are then.
    ///
    /// What cannot be told now, and what stands on it, is compared with what was known before once it can be told again.
    private static func changed(
        _ watched: Watched, _ now: Probe, _ known: inout [String: Result<String, Unknowable>]
    ) -> [String] {
        var changed: [String] = []
        var lost: Set<Int> = []
        for (name, build) in watched.images {
            guard case .success(let fingerprint)? = now.images[name] else {
                if case .success? = known[name] { lost.insert(build) }
                continue
            }
            if watched.plan.builds[build].bases.contains(where: lost.contains) {
                lost.insert(build)
                continue
            }
            if case .success(fingerprint)? = known[name] { continue }
            known[name] = now.images[name]
            changed.append(name)
        }
        return changed
    }

    /// Whether the script that asks is older than the manifest, which is then told.
    private func isOutdated(_ watched: Watched, _ console: Console) -> Bool {
        run.isOutdated(watched.plan, watched.session.layout, console)
    }

    private func probe(
        at watched: Watched, _ digests: KnownDigests, _ manifest: FileStamp
    ) throws(SystemFailure) -> Probe {
        digests.beginProbe()
        var fingerprints = Fingerprints(
            watched.plan, watched.session.layout, root: try watched.session.rootFolder(), variable: run.variable)
        fingerprints.watched = digests
        var probe = Probe(manifest: manifest)
        for image in watched.images { probe.images[image.name] = fingerprints.fingerprint(of: image.build) }
        return probe
    }

    /// A look, and the milliseconds to rest after it.
    private func timed(_ probe: () throws(SystemFailure) -> Probe) throws(SystemFailure) -> (Probe, Int32) {
        let clock = ContinuousClock()
        let begin = clock.now
        let found = try probe()
        let taken = (clock.now - begin).components
        let milliseconds = Int(taken.seconds) * 1000 + Int(taken.attoseconds / 1_000_000_000_000_000)
        return (found, Int32(min(max(milliseconds * Self.restFactor, Self.shortestRest), Self.longestRest)))
    }

    /// Waits until the inputs stand still, and says how they stand; nil when a reader has gone.
    private func settled(
        _ probe: () throws(SystemFailure) -> Probe, _ readers: inout Readers
    ) throws(SystemFailure) -> Probe? {
        var last = try probe()
        for _ in 0..<Self.patience {
            if readers.areGone(within: Self.settling) { return nil }
            let now = try probe()
            if now == last { return now }
            last = now
        }
        return last
    }

    /// Says once which images are not watched, and why.
    private func tellFaults(of probe: Probe, since last: Probe? = nil, in watched: Watched, _ console: Console) {
        for (name, _) in watched.images {
            guard case .failure(let fault)? = probe.images[name], probe.images[name] != last?.images[name] else {
                continue
            }
            console.fail("\(name) is not watched: \(visible(fault.reason))")
        }
    }
}
