import Diagnostics
import Emission
import SourceText
import Workspace

/// One file that the command line names for a result.
struct OutputFile {
    enum Outcome {
        case written
        case unchanged
        /// Not written, and why.
        case refused(String)
    }

    let path: String
    /// Whether a file that bayplan did not write is overwritten.
    var isForced = false

    init(path: String) { self.path = path }

    /// Writes the file whole or not at all, unless something that is not bayplan's stands there.
    func write(_ bytes: [UInt8]) throws(SystemFailure) -> Outcome {
        let (folder, name) = WorkspacePath.folderAndName(of: path)
        guard !name.isEmpty, name != ".", name != ".." else {
            throw SystemFailure("cannot write \(visible(path)): it names no file")
        }
        let root = try RootFolder(folder)
        switch try root.state(of: [name]) {
        case .missing:
            try root.replace(Replacement(path: [name], bytes: bytes, old: nil, mode: nil, isExecutable: false))
        case .file(let old, let identity):
            if isSame(old, bytes) { return .unchanged }
            guard isForced || Header.manifest(namedBy: old) != nil else {
                return .refused("bayplan did not write \(visible(path)); `--force` overwrites it")
            }
            try root.replace(
                Replacement(path: [name], bytes: bytes, old: identity, mode: identity.mode, isExecutable: false))
        case .other(let what):
            return .refused("cannot write \(visible(path)): it is \(what)")
        case .unreachable(let obstacle):
            return .refused("cannot write \(visible(path)): \(visible(obstacle.path)) is \(obstacle.kind)")
        }
        return .written
    }
}
