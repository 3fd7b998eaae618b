import SourceText
import StrategyManifest

/// A file that is to be written, or a folder that is needed, below the root.
package struct PlaceClaim {
    package let path: [String]
    /// Where the manifest says it; empty where it says nothing.
    package let span: Span
    /// What it is, with its article.
    package let what: String
    package var isFolder = false
}

/// The folders of the projects, each of which holds the same Compose files by name.
package struct ProjectPlaces {
    /// Nil for a path that leads nowhere below the root.
    package let claims: [PlaceClaim?]
    /// The files of each project, by what their names are where names are told apart least.
    package let files: [String: Manifest.ProjectFile]
    package let first: Manifest.ProjectFile?
    package let home: [String]

    package init(of manifest: borrowing Manifest, in home: [String]) {
        self.home = home
        claims = manifest.projects.map { project in
            guard let path = Self.place(project.path.value, home) else { return nil }
            return PlaceClaim(
                path: path, span: project.path.span, what: "the folder of `\(manifest.text(project.name))`",
                isFolder: true)
        }
        let all = manifest.projectFiles
        first = all.first
        files = Dictionary(all.map { (WorkspacePath.folded($0.name), $0) }) { first, _ in first }
    }

    /// The claim of a project's file.
    package func claim(of file: Manifest.ProjectFile, in folder: PlaceClaim) -> PlaceClaim {
        PlaceClaim(
            path: folder.path + [file.name], span: folder.span,
            what: "the \(file.kind.facts.noun) of" + folder.what.dropFirst("the folder of".count))
    }

    /// The files of projects that have the name which some of the others have until they are whole; none in all but odd
    /// manifests, and else as many as there are projects and a few artifacts.
    package func temporaryFiles(of others: [PlaceClaim]) -> [PlaceClaim] {
        let odd = files.values.filter { $0.name.hasPrefix(".") && $0.name.hasSuffix(OwnFiles.temporaryEnding) }
        if odd.isEmpty { return [] }
        let names = Set(others.compactMap { $0.path.last.map(WorkspacePath.folded) })
        return odd.filter {
            let name = WorkspacePath.folded($0.name)
            return names.contains(String(name.dropFirst().dropLast(OwnFiles.temporaryEnding.count)))
        }.sorted { $0.name < $1.name }.flatMap { file in claims.compactMap { $0.map { claim(of: file, in: $0) } } }
    }

    /// Everything that Bayplan writes or needs, but for the files of projects.
    package func claims(of manifest: borrowing Manifest, named manifestName: String) -> [PlaceClaim] {
        let outputs = manifest.outputs
        var found = [PlaceClaim(path: home + [manifestName], span: .beginning, what: "the manifest")]
        let folders = claims.compactMap { $0 }
        var written = folders.map(\.path)
        for output in outputs.at(.folder) {
            guard let path = Self.place(output.name.value, home) else { continue }
            written.append(path)
            found += output.kind.facts.files.map { name in
                PlaceClaim(path: path + [name], span: output.name.span, what: "the script `\(name)`")
            }
        }
        let files = outputs.at(.file).compactMap { output in
            Self.place(output.name.value, home).map {
                PlaceClaim(path: $0, span: output.name.span, what: "the " + output.kind.facts.noun)
            }
        }
        // What lies outside the manifest's folder is recorded in its own.
        var lockFolders: Set<WorkspacePath> = [WorkspacePath(home)]
        for folder in (written + files.map { $0.path.dropLast() }).map({ WorkspacePath($0) }) {
            if !folder.starts(with: WorkspacePath(home)) { lockFolders.insert(folder) }
        }
        found += lockFolders.map { $0.parts + [OwnFiles.lock] }.sorted { $0.lexicographicallyPrecedes($1) }
            .map { PlaceClaim(path: $0, span: .beginning, what: "Bayplan's lock") }
        return found + folders + files
    }

    private static func place(_ path: String, _ home: [String]) -> [String]? {
        RelativePath.fault(path) == nil ? RelativePath.components(path, from: home) : nil
    }
}

/// Who wants which place.
///
/// A claim costs time that grows with the length of its path, however many others there are. Two paths that some file
/// system takes for one are one.
package struct ArtifactPlaces {
    package enum Kind {
        /// Both are one file.
        case same
        /// The claim is a file where the other needs a folder.
        case inTheWay
        /// The claim has the name under which the other is written.
        case temporary
    }

    package struct Clash {
        package let claim: PlaceClaim
        package let other: PlaceClaim
        package let kind: Kind
    }

    private struct Place {
        package var file: PlaceClaim?
        /// The first that needs a folder here.
        package var folder: PlaceClaim?
        /// The first project of this folder.
        package var project: PlaceClaim?
    }

    private var tree = PathTree(Place())
    private let projects: ProjectPlaces
    /// Projects in the folder of an earlier one.
    package private(set) var shared: [Clash] = []

    package init(_ projects: ProjectPlaces) {
        self.projects = projects
        for case let claim? in projects.claims {
            let place = tree.place(of: claim.path.map(WorkspacePath.folded))
            guard let first = tree[place].project, let file = projects.first else {
                tree[place].project = claim
                continue
            }
            shared.append(
                Clash(
                    claim: projects.claim(of: file, in: claim), other: projects.claim(of: file, in: first), kind: .same)
            )
        }
    }

    /// Takes a place, unless somebody has it or it is in the way.
    package mutating func add(_ claim: PlaceClaim) -> Clash? {
        var place = PathTree<Place>.Place.root
        for (index, part) in claim.path.enumerated() {
            if let file = tree[place].file { return Clash(claim: file, other: claim, kind: .inTheWay) }
            let name = WorkspacePath.folded(part)
            if let project = tree[place].project, let file = projects.files[name] {
                let other = projects.claim(of: file, in: project)
                let isSame = index == claim.path.count - 1 && !claim.isFolder
                return isSame
                    ? Clash(claim: claim, other: other, kind: .same)
                    : Clash(claim: other, other: claim, kind: .inTheWay)
            }
            if tree[place].folder == nil { tree[place].folder = claim }
            place = tree.step(name, from: place)
        }
        if let file = tree[place].file {
            return claim.isFolder
                ? Clash(claim: file, other: claim, kind: .inTheWay) : Clash(claim: claim, other: file, kind: .same)
        }
        if !claim.isFolder {
            if let folder = tree[place].folder { return Clash(claim: claim, other: folder, kind: .inTheWay) }
            tree[place].file = claim
            return nil
        }
        if tree[place].folder == nil { tree[place].folder = claim }
        return nil
    }

    /// A claim of the name that another's file has until it is whole; asked when every place is taken.
    package func temporary(_ claim: PlaceClaim) -> Clash? {
        var place: PathTree<Place>.Place? = .root
        for part in claim.path {
            let name = WorkspacePath.folded(part)
            if name.hasPrefix("."), name.hasSuffix(OwnFiles.temporaryEnding), let folder = place {
                let target = String(name.dropFirst().dropLast(OwnFiles.temporaryEnding.count))
                let file = tree.next(target, from: folder).flatMap { tree[$0].file }
                let own = projects.files[target].flatMap { file in
                    tree[folder].project.map { projects.claim(of: file, in: $0) }
                }
                if let other = file ?? own { return Clash(claim: claim, other: other, kind: .temporary) }
            }
            place = place.flatMap { tree.next(name, from: $0) }
        }
        return nil
    }
}
