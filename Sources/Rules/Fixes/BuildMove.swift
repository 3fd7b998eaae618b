import Diagnostics
import SourceText
import StrategyManifest
import YAMLSyntax

/// The fix of BP212: a service's `build` moved to the image that the service runs, owned by the service's project.
///
/// The context of a build is relative to its owner's folder, which is the service's own, so that the moved text means
/// the same. There is no fix where the image is declared otherwise or where the text cannot be moved as it is.
enum BuildMove {
    static func fix(
        of build: (key: NodeID, value: NodeID), in body: NodeID, titled title: String, _ context: RuleContext
    ) -> Fix? {
        let (manifest, tree) = (context.manifest, context.tree)
        guard let (project, service) = owner(of: body, manifest), service.isImageKnown,
            manifest.imageIndex[service.image.symbol] == nil, manifest.hasAllImages, !manifest.images.isEmpty,
            let index = tree.entries(body).firstIndex(where: { $0.key == build.key }),
            let removal = removal(at: index, in: body, tree)
        else { return nil }
        let image = manifest.text(service.image)
        guard isPlainKey(image),
            let insertion = insertion(of: build, as: image, of: project, tree)
        else { return nil }
        return Fix(title: title, edits: [insertion, removal].sorted { $0.span.start < $1.span.start })
    }

    private static func owner(of body: NodeID, _ manifest: Manifest) -> (project: String, service: Service)? {
        for project in manifest.projects {
            for service in project.services where service.body == body { return (manifest.text(project.name), service) }
        }
        return nil
    }

    /// The last entry of a body may go, too: a service without a body runs the image of its own name.
    private static func removal(at index: Int, in body: NodeID, _ tree: Tree) -> Fix.Edit? {
        let entries = tree.entries(body)
        if entries.count > 1 { return tree.removal(ofEntryAt: index, in: body) }
        if tree[body].style == .flow { return Fix.Edit(tree[body].span, "{}") }
        let entry = Span(tree[entries[0].key].span.start, tree[entries[0].value].span.end)
        return tree.wholeLines(of: entry).map { Fix.Edit($0, []) }
    }

    /// The new entry, behind the last one of `images`.
    private static func insertion(
        of build: (key: NodeID, value: NodeID), as image: String, of project: String, _ tree: Tree
    ) -> Fix.Edit? {
        guard let images = tree.value("images", in: tree.root), tree[images].kind == .mapping,
            tree[images].style == .block, let last = Array(tree.entries(images)).last,
            let outer = tree.indentation(at: tree[last.key].span.start), outer > 0,
            let old = tree.indentation(at: tree[build.key].span.start),
            let lines = tree.wholeLines(of: Span(tree[last.key].span.start, tree[last.value].span.end))
        else { return nil }
        let inner = outer * 2
        guard tree.source.bytes[Int(lines.end) - 1] == 0x0A,
            let text = tree.text(of: Span(tree[build.key].span.start, tree[build.value].span.end), movedBy: inner - old)
        else { return nil }
        let indents = (blanks(outer), blanks(inner))
        return Fix.Edit(
            Span(lines.end, lines.end), "\(indents.0)\(image):\n\(indents.1)owner: \(project)\n\(indents.1)\(text)\n")
    }
}
