import SourceText

/// Which artifacts are emitted, and their names.
package struct Outputs: Sendable {
    /// An artifact that is emitted.
    package struct Output: Sendable {
        package let kind: ArtifactKind
        /// Where it lies, as `ArtifactKind.Place` says; the span is empty for a default name.
        package let name: Spanned<String>
    }

    /// The artifacts that are emitted, in the order of their kinds.
    package private(set) var emitted: [Output]

    package init() {
        emitted = ArtifactKind.allCases.map {
            Output(kind: $0, name: Spanned($0.facts.defaultName, at: .beginning))
        }
    }

    /// The name of a kind of artifact; nil where it is switched off.
    package subscript(kind: ArtifactKind) -> Spanned<String>? { emitted.first { $0.kind == kind }?.name }

    /// Gives a kind of artifact another name, or switches it off with nil.
    mutating func set(_ kind: ArtifactKind, _ name: Spanned<String>?) {
        guard let index = emitted.firstIndex(where: { $0.kind == kind }) else { return }
        if let name { emitted[index] = Output(kind: kind, name: name) } else { emitted.remove(at: index) }
    }

    /// The artifacts whose name leads to a place of some kind.
    package func at(_ place: ArtifactKind.Place) -> [Output] {
        emitted.filter { $0.kind.facts.place == place }
    }

    /// The name of the file in a project's folder for an environment: `docker-compose.yml` becomes
    /// `docker-compose.production.yml`.
    package static func fileName(_ name: String, environment: String?) -> String {
        guard let environment else { return name }
        guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return name + "." + environment }
        return String(name[..<dot]) + "." + environment + String(name[dot...])
    }
}

extension Manifest {
    /// A file that lies in each project's folder.
    package struct ProjectFile: Sendable {
        package let kind: ArtifactKind
        package let name: String
        /// Its environment, by its index; nil for development.
        package let environment: Int?
    }

    /// The files of each project's folder, development's first.
    package var projectFiles: [ProjectFile] {
        outputs.at(.projects).flatMap { output in
            [ProjectFile(kind: output.kind, name: output.name.value, environment: nil)]
                + environments.enumerated().map { index, environment in
                    let name = Outputs.fileName(output.name.value, environment: text(environment.name))
                    return ProjectFile(kind: output.kind, name: name, environment: index)
                }
        }
    }
}
