import Diagnostics
import Emission
import Workspace

/// `bayplan init`: a starter manifest in this folder, and the hook that keeps what is generated in step.
package struct InitRun {
    /// Whether the hook is added, to a manifest that is there already too.
    package var addsHook = false

    package init() {}

    package func run(_ console: Console) throws(SystemFailure) -> ExitStatus {
        let folder = try RootFolder(".")
        var taken: String?
        for name in Discovery.names {
            if case .missing = try folder.state(of: [name]) { continue }
            taken = taken ?? name
        }
        if let taken, !addsHook {
            console.fail("there is a \(taken) already; `init` overwrites nothing")
            return .findings
        }
        let name = Discovery.names[0]
        if taken == nil {
            var hasDockerfile = false
            if case .file = try folder.state(of: ["Dockerfile"]) { hasDockerfile = true }
            let starter = Starter.manifest(hasDockerfile: hasDockerfile)
            try folder.replace(Replacement(path: [name], bytes: starter, old: nil, mode: nil, isExecutable: false))
            tell("created \(name)", console)
            if let written = composeFile() {
                console.note("\(visible(written)) is there: `bayplan import` writes a manifest from such files")
            }
        }
        return addsHook ? try addHook(in: folder, console) : .clean
    }

    /// A Compose file of this folder or of one in it, which a manifest could be written from.
    private func composeFile() -> String? {
        let places = [""] + Discovery.names(in: ".").filter { Discovery.isFolder("./" + $0) }.map { $0 + "/" }
        return places.lazy.flatMap { place in ComposeDiscovery.names.map { place + $0 } }
            .first { Discovery.isFile("./" + $0) }
    }

    private func addHook(in folder: RootFolder, _ console: Console) throws(SystemFailure) -> ExitStatus {
        let name = HookEntry.fileName
        var old: [UInt8]?
        var identity: FileIdentity?
        switch try folder.state(of: [name]) {
        case .missing: break
        case .file(let bytes, let found): (old, identity) = (bytes, found)
        case .other(let what):
            console.fail("cannot add to \(name): it is \(what)")
            return .findings
        case .unreachable(let obstacle):
            console.fail("cannot add to \(name): \(visible(obstacle.path)) is \(obstacle.kind)")
            return .findings
        }
        switch HookEntry.added(to: old) {
        case .content(let new):
            try folder.replace(
                Replacement(path: [name], bytes: new, old: identity, mode: identity?.mode, isExecutable: false))
            tell("\(old == nil ? "created" : "updated") \(name)", console)
            if old == nil { console.note("`pre-commit install` makes git run it") }
            return .clean
        case .present:
            tell("\(name) has a hook of bayplan already", console)
            return .clean
        case .impossible(let reason):
            console.fail("cannot add to \(name): \(reason); add this to its `repos` yourself:\n\n\(HookEntry.text())")
            return .findings
        }
    }

    private func tell(_ text: String, _ console: Console) { if !console.isQuiet { console.result(text + "\n") } }
}
