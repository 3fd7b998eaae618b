import YAMLSyntax

/// A Dockerfile that a build of an import reads.
package enum BuildFile: Hashable, Sendable {
    case file(FilePath)
    /// The text itself, as it stands in a Compose file.
    case inline(String)
}

extension Factoring {
    /// The Dockerfiles of all builds, each once, as far as they lie below the root.
    func buildFiles() -> [BuildFile] {
        var found: [BuildFile] = []
        var seen: Set<BuildFile> = []
        for project in projects {
            for service in project.services + project.environments.flatMap(\.services) {
                guard let build = buildNode(service.body), let file = buildFile(build, in: project.folder),
                    seen.insert(file).inserted
                else { continue }
                found.append(file)
            }
        }
        return found
    }

    private func buildFile(_ build: NodeID, in folder: FilePath) -> BuildFile? {
        if let inline = tree.value("dockerfile_inline", in: build) { return .inline(tree.text(inline)) }
        let context = tree[build].kind == .mapping ? tree.value("context", in: build) : build
        let text = Literal.resolved(context.map { tree.text($0) } ?? ".").text
        guard !text.contains("://"), let place = Paths.resolve(text.isEmpty ? "." : text, in: folder) else {
            return nil
        }
        let name = tree.value("dockerfile", in: build).map { Literal.resolved(tree.text($0)).text } ?? "Dockerfile"
        return Paths.resolve(name, in: place).map { .file($0) }
    }
}
