import ComposeSpec
import SourceText
import StrategyManifest
import YAMLSyntax

/// Gives an image, a project or a service another name, everywhere in the manifest or not at all.
struct Rename {
    /// Why a name stays.
    struct Refusal: Error {
        let reason: String
        init(_ reason: String) { self.reason = reason }
    }

    private let manifest: Manifest
    private let tree: Tree
    private let thing: NamedThing
    private let occurrences: [NamedThing.Occurrence]
    /// Where the name stands under the cursor.
    let span: Span

    /// What stands at an offset and can be renamed.
    init(_ analysis: Analysis, at offset: Int) throws(Refusal) {
        guard let manifest = analysis.manifest else {
            throw Refusal("the manifest cannot be read as YAML; mend that first")
        }
        let all = manifest.occurrences()
        let here = all.filter { $0.span.holds(offset) }
        // A service that runs its namesake is renamed as a service: the image is renamed where it is declared.
        guard let chosen = here.first(where: { $0.role != .namesake }) else {
            throw Refusal("no image, project or service stands here")
        }
        if case .resource = chosen.thing { throw Refusal("only images, projects and services can be renamed") }
        self.manifest = manifest
        tree = manifest.tree
        thing = chosen.thing
        span = chosen.span
        var seen: Set<Span> = []
        occurrences = all.filter { $0.thing == chosen.thing && seen.insert($0.span).inserted }
    }

    /// The name as it is.
    var name: String {
        switch thing {
        case .image(let symbol), .project(let symbol): tree.text(symbol)
        case .service(_, let name), .resource(_, _, let name): name
        }
    }

    /// The edits that give another name, ascending.
    func edits(to other: String) throws(Refusal) -> [(span: Span, text: String)] {
        try check(other)
        if other == name { return [] }
        var edits: [(span: Span, text: String)] = []
        for occurrence in occurrences where occurrence.role != .namesake {
            guard let inner = inner(occurrence.span) else {
                throw Refusal("`\(name)` is not spelt out at every place, as behind an alias; rename it by hand")
            }
            edits.append((inner, other))
        }
        switch thing {
        case .image(let symbol):
            guard let image = manifest.imageIndex[symbol] else { throw Refusal("`\(name)` is not declared") }
            if manifest.images[image].isBuilt, isContext(image) {
                throw Refusal(
                    "`\(name)` is named by its reference in `additional_contexts`; rename it by hand, there too")
            }
            for project in manifest.projects {
                for service in project.services where !service.statesImage && service.image.symbol == symbol {
                    edits.append(try inserting("image", other, into: service.body, behind: service.name))
                }
            }
            for added in manifest.addedServices where added.name.symbol == symbol && !statesImage(added) {
                edits.append(try inserting("image", other, into: added.body, behind: added.name))
            }
        case .project(let symbol):
            guard let index = manifest.projectIndex[symbol] else { throw Refusal("`\(name)` is not declared") }
            let project = manifest.projects[index]
            if let node = tree.value("projects", in: tree.root).flatMap({ tree.value(symbol, in: $0) }),
                tree.value("path", in: node) == nil
            {
                // Its folder keeps its name.
                edits.append(try inserting("path", name, into: node, behind: project.name))
            }
        case .service(let index, _):
            for service in manifest.projects[index].services
            where manifest.text(service.name) == name && !service.statesImage {
                edits.append(try inserting("image", name, into: service.body, behind: service.name))
            }
            for added in manifest.addedServices
            where added.project == index && manifest.text(added.name) == name && !statesImage(added) {
                edits.append(try inserting("image", name, into: added.body, behind: added.name))
            }
        case .resource: break
        }
        return edits.sorted { $0.span.start < $1.span.start }
    }

    private func statesImage(_ added: Manifest.AddedService) -> Bool { tree.value("image", in: added.body) != nil }

    private func check(_ other: String) throws(Refusal) {
        let bytes = Array(other.utf8)
        let pattern: Spanned<NamePattern>?
        let isTaken: Bool
        switch thing {
        case .image:
            if let fault = ImageReference.pathFault(bytes[...]) { throw Refusal("no image name: \(fault.reason)") }
            pattern = manifest.naming.image
            isTaken = tree.symbols.find(other).map { manifest.imageIndex[$0] != nil } ?? false
        case .project:
            guard bytes.withUnsafeBufferPointer(Names.isProjectName) else {
                throw Refusal("a project name is lower-case letters, digits, `_` and `-`")
            }
            pattern = manifest.naming.project
            isTaken = tree.symbols.find(other).map { manifest.projectIndex[$0] != nil } ?? false
        case .service(let index, _):
            guard bytes.withUnsafeBufferPointer(Names.isServiceName) else {
                throw Refusal("a service name is letters, digits, `.`, `_` and `-`")
            }
            pattern = manifest.naming.service
            let added = manifest.addedServices.filter { $0.project == index }.map(\.name)
            isTaken = (manifest.projects[index].services.map(\.name) + added).contains { manifest.text($0) == other }
        case .resource: return
        }
        if other != name, isTaken { throw Refusal("there is a `\(other)` already") }
        let standard = try? NamePattern(Naming.defaultPattern)
        let text = pattern?.value.text ?? Naming.defaultPattern
        guard pattern?.value.matches(bytes) ?? standard?.matches(bytes) ?? true else {
            throw Refusal("`\(other)` does not follow this manifest's pattern for such names, `\(text)`")
        }
        // What another reader takes for a number or a boolean would need quotes that these edits do not write.
        guard bytes.contains(where: { (0x61...0x7A).contains($0) }), !Self.words.contains(other) else {
            throw Refusal("`\(other)` would be read as something else than a name")
        }
    }

    private static let words = ["null", "true", "false", "yes", "no", "on", "off", "y", "n"]

    /// The place of the bare name inside its quotes; nil where the source does not spell it out.
    private func inner(_ span: Span) -> Span? {
        let text = tree.source.text(span)
        if text == name { return span }
        guard span.count >= 2 else { return nil }
        let inner = Span(span.start + 1, span.end - 1)
        return text == "\"\(name)\"" || text == "'\(name)'" ? inner : nil
    }

    /// Whether a build names this image's reference as a context.
    private func isContext(_ image: Int) -> Bool {
        let name = "/" + self.name
        return manifest.images.contains { other in
            (other.build?.contexts ?? []).contains { named in
                guard case .image(let text) = named.context.kind else { return false }
                let reference = "/" + text
                return reference.hasSuffix(name) || reference.contains(name + ":") || reference.contains(name + "@")
            }
        }
    }

    /// The edit that adds an entry to the body that stands behind a name.
    private func inserting(_ key: String, _ value: String, into body: NodeID, behind owner: Name) throws(Refusal) -> (
        span: Span, text: String
    ) {
        let bytes = tree.source.bytes
        let node = tree[body]
        let refusal = Refusal(
            "`\(manifest.text(owner))` would need `\(key): \(value)`, and its body is shared or written in a way "
                + "that takes none; write that first")
        if node.kind == .mapping, let first = tree.entries(body).first, node.style == .block {
            let start = Int(tree[first.key].span.start)
            guard start >= Int(node.span.start), node.span.start > owner.span.end,
                let line = bytes[..<start].lastIndex(of: 0x0A), bytes[(line + 1)..<start].allSatisfy({ $0 == 0x20 })
            else { throw refusal }
            let indent = blanks(start - line - 1)
            return (Span(UInt32(start), UInt32(start)), "\(key): \(value)\n\(indent)")
        }
        if node.kind == .mapping, bytes.indices.contains(Int(node.span.start)),
            bytes[Int(node.span.start)] == UInt8(ascii: "{")
        {
            let place = node.span.start + 1
            return (Span(place, place), tree.entries(body).isEmpty ? "\(key): \(value)" : " \(key): \(value),")
        }
        // Nothing at all stands behind the colon.
        guard tree.isNull(body), node.span.count == 0, let colon = bytes[Int(owner.span.end)...].first,
            colon == UInt8(ascii: ":")
        else { throw refusal }
        let line = bytes[..<Int(owner.span.start)].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        guard bytes[line..<Int(owner.span.start)].allSatisfy({ $0 == 0x20 }) else { throw refusal }
        let indent = blanks(Int(owner.span.start) - line + 2)
        let place = owner.span.end + 1
        return (Span(place, place), "\n\(indent)\(key): \(value)")
    }
}
