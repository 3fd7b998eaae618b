import Diagnostics
import Emission
import Rules
import SourceText
import Workspace
import YAMLSyntax

/// The files on which the last round of a watching run depended, with their stamps.
///
/// Files are stamped before they are read, so that a change while a round is under way is never missed; what the round
/// itself may touch is stamped when it ends, so that no round follows from its own output. A class, because the round
/// tells it what it looks at while the watch holds it, too.
final class WatchedFiles {
    /// The manifest's path as messages write it.
    let manifest: String
    private var manifestStamp: FileStamp
    private var files: [(path: String, shown: String, stamp: FileStamp)] = []
    private var folders: [(path: String, shown: String, noticesNames: Bool, stamp: FileStamp)] = []
    private var refused: [(path: String, shown: String, stamp: FileStamp)] = []

    init(manifest: String) {
        self.manifest = manifest
        manifestStamp = FileStamp(ofFile: manifest, followsLinks: true)
    }

    private var memory = TreeMemory()

    /// Whether the structure of the manifest that was read last is sound.
    var isStructureSound: Bool {
        get { memory.isStructureSound }
        set { memory.isStructureSound = newValue }
    }

    /// The manifest as it is now.
    var manifestNow: FileStamp { FileStamp(ofFile: manifest, followsLinks: true) }
    /// Whether the manifest is no longer what the round reads or has read.
    var isManifestChanged: Bool { manifestNow != manifestStamp }

    /// Reads the manifest, of which most is what the last round read.
    func read(_ source: SourceFile, _ limits: Limits) -> TreeAsRead {
        memory.read(source, limits: limits)
    }

    /// Begins a round: the manifest is about to be read.
    func begin() {
        manifestStamp = manifestNow
        files = []
        folders = []
        refused = []
    }

    /// Takes note of what is about to be read for the builds.
    func willRead(_ looks: [BuildLook], below root: String, layout: Layout) {
        for look in looks {
            guard let path = look.dockerfile else { continue }
            let names =
                look.isDefaultName && path.last == "Dockerfile" ? [path, path.dropLast() + ["dockerfile"]] : [path]
            for name in names {
                let place = absolute(name, root)
                files.append((place, shown(name, layout), FileStamp(ofFile: place, followsLinks: false)))
            }
        }
    }

    /// Takes note of the folders whose presence was asked for.
    func didRead(_ looks: [BuildLook], _ found: [BuildSources.Found], below root: String, layout: Layout) {
        var seen: Set<[String]> = []
        func note(_ path: [String], noticesNames: Bool) {
            guard seen.insert(path).inserted else { return }
            folders.append((absolute(path, root), shown(path, layout), noticesNames, manifestStamp))
        }
        for (look, found) in zip(looks, found) {
            // A project that is not checked out may be put into the folder that Bayplan's own files already made.
            if case .noProject = found { note(look.project, noticesNames: true) }
        }
        for look in looks { note(look.context, noticesNames: false) }
    }

    /// Takes note of files that stand in the way of artifacts.
    func didRefuse(_ changes: [Change], below root: String, layout: Layout) {
        refused = changes.map { (absolute($0.path, root), shown($0.path, layout), manifestStamp) }
    }

    /// Ends a round.
    func end() {
        for index in folders.indices {
            folders[index].stamp = FileStamp(
                ofFolder: folders[index].path, noticesNames: folders[index].noticesNames)
        }
        for index in refused.indices {
            refused[index].stamp = FileStamp(ofFile: refused[index].path, followsLinks: false)
        }
    }

    /// What differs from the last round beside the manifest, as messages write it.
    var others: [String] {
        files.filter { FileStamp(ofFile: $0.path, followsLinks: false) != $0.stamp }.map(\.shown)
            + folders.filter { FileStamp(ofFolder: $0.path, noticesNames: $0.noticesNames) != $0.stamp }.map(\.shown)
            + refused.filter { FileStamp(ofFile: $0.path, followsLinks: false) != $0.stamp }.map(\.shown)
    }

    private func absolute(_ path: [String], _ root: String) -> String {
        (root == "/" ? "" : root) + "/" + path.joined(separator: "/")
    }

    private func shown(_ path: [String], _ layout: Layout) -> String {
        let prefix = manifest.lastIndex(of: "/").map { String(manifest[...$0]) } ?? ""
        return visible(prefix + Layout.relative(from: layout.folder, to: path))
    }
}
