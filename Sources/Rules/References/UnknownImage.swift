import Diagnostics
import Inspection
import SourceText
import StrategyManifest
import YAMLSyntax

/// BP201: an image that the manifest does not declare.
enum UnknownImage: Rule {
    static let code = Code.unknownImage
    static let summary = "Services, `needs` and environments that name an image which `images` does not have."
    static let rationale = "Every container runs a declared image, so that one place says what it is and who builds it."
    static let fixDescription: String? = "Takes a pulled image out of `needs`."

    /// One place that names an image.
    private enum Place { case image, serviceName, addedService(Int), need, override }

    static func check(_ context: inout RuleContext) {
        let (manifest, tree, keys) = (context.manifest, context.tree, context.resolution.keys)
        var uses = UnknownNames<Place>()
        func note(_ name: Name, _ place: Place, _ uses: inout UnknownNames<Place>) {
            // Where `images` itself cannot be read, every name would be unknown.
            guard manifest.hasAllImages, manifest.imageIndex[name.symbol] == nil,
                !manifest.unreadable.contains(name.symbol)
            else { return }
            uses.note(name, place)
        }
        for project in manifest.projects {
            // A service that brings its own build is told by BP212.
            for service in project.services where service.isImageKnown && !context.statesBuild(service) {
                note(service.image, service.statesImage ? .image : .serviceName, &uses)
            }
        }
        for image in manifest.images {
            for base in image.needs {
                note(base, .need, &uses)
                checkIsBuilt(base, of: image, &context)
            }
        }
        for environment in manifest.environments {
            for override in environment.images { note(override.name, .override, &uses) }
            for (_, body) in environment.projects.flatMap(\.services) {
                guard let image = tree.value(keys.image, in: body), tree[image].kind == .scalar, !tree.isNull(image),
                    let symbol = tree.symbols.find(tree.text(image))
                else { continue }
                note(Name(symbol, at: tree[image].span), .image, &uses)
            }
        }
        for added in manifest.addedServices where tree.isNull(added.body) || tree[added.body].kind == .mapping {
            let layers = [added.body] + [manifest.environments[added.environment].defaultService].compactMap(\.self)
            if layers.contains(where: { tree.value(keys.image, in: $0) != nil }) { continue }
            // A misspelt `image` is told as that.
            if manifest.imageIndex[added.name.symbol] == nil, manifest.misspelling(of: "image", in: added.body) != nil {
                continue
            }
            note(added.name, .addedService(added.project), &uses)
        }
        if uses.isEmpty { return }
        let known = manifest.images.map { manifest.text($0.name) }
        for (name, places) in uses.inOrder where !context.countsOnly(.unknownImage) {
            report(manifest.text(name), places, known, &context)
        }
        context.diagnostics.count(uses.furtherNames, .unknownImage)
    }

    private static func report(
        _ name: String, _ places: [(name: Name, place: Place)], _ known: [String], _ context: inout RuleContext
    ) {
        let first = places[0]
        // As many as a person has, so that a hostile manifest costs no search of all for each name.
        let pulling = WrittenReference(name).flatMap { _ in
            context.manifest.images.prefix(2000).first { $0.pull?.value == name }.map { context.manifest.text($0.name) }
        }
        let near = pulling ?? context.closestMatch(to: name, among: known)
        var help = near.map { ["did you mean `\($0)`?"] } ?? []
        if let pulling { help = ["write `\(pulling)`, the image that pulls it"] }
        // Of two names that differ by case alone the one without capitals is right: no image's name has any.
        let isWronglyDeclared = near?.lowercased() == name
        if isWronglyDeclared { help = ["call it `\(name)` where it is declared"] }
        // A name that only an environment has is most likely that of a service which it was to change.
        var service: String?
        if case .addedService(let project) = first.place {
            let manifest = context.manifest
            let services = manifest.projects[project].services.lazy.map { manifest.text($0.name) }
            service = context.closestMatch(to: name, among: services)
            if let service { help.insert("did you mean the service `\(service)` of the project?", at: 0) }
        }
        switch first.place {
        case .image where help.isEmpty:
            help.append(
                WrittenReference(name).map {
                    "declare it once under `images`, as `\($0.shortName): { pull: \(name) }`, and name that here"
                } ?? "name one of `images`, or declare `\(name)` there")
        case .serviceName where help.isEmpty:
            help.append("declare `\(name)` under `images`, or say with `image:` which one this service runs")
        case .serviceName where !isWronglyDeclared:
            help.append("if the service is to keep its name, say with `image:` which image it runs")
        case .addedService where service == nil:
            help.append(
                "only this environment has the service: declare `\(name)` under `images`, or say with `image:` which one "
                    + "it runs")
        case .need where help.isEmpty:
            help.append("declare it under `images`, or remove it: images of registries are no `needs`")
        case .override where help.isEmpty: help.append("remove this entry, or declare `\(name)` under `images`")
        default: break
        }
        context.report(
            .unknownImage, "there is no image `\(name)`", at: first.name.span,
            runsOwnName(first.place)
                ? "a service without `image` runs the image of its own name" : "not declared under `images`",
            also: UnknownNames<Place>.further(places.map(\.name), "and it is named here", context)
                + declaration(of: near, context), help: help,
            fix: isWronglyDeclared
                ? nil : .renaming(name, to: service ?? near, at: places.map(\.name.span), in: context.tree.source))
    }

    private static func runsOwnName(_ place: Place) -> Bool {
        switch place {
        case .serviceName, .addedService: true
        case .image, .need, .override: false
        }
    }

    /// Where the image that was probably meant is declared.
    private static func declaration(of near: String?, _ context: RuleContext) -> [Diagnostic.Label] {
        guard let near, let image = context.manifest.images.first(where: { context.manifest.text($0.name) == near })
        else { return [] }
        return [context.label(image.name.span, "`\(near)` is declared here")]
    }

    private static func checkIsBuilt(_ base: Name, of image: Image, _ context: inout RuleContext) {
        guard let index = context.manifest.imageIndex[base.symbol], let pull = context.manifest.images[index].pull
        else { return }
        if context.countsOnly(.unknownImage) { return }
        context.report(
            .unknownImage, "`\(context.manifest.text(base))` is pulled, not built", at: base.span,
            "only built images can be needed", also: [context.label(pull.span, "it comes from a registry")],
            why: "`needs` says what must be built first; a pulled image is there already",
            help: ["remove it from `needs`"], fix: removal(of: base, from: image, context.tree))
    }

    /// Takes a base out of the image's `needs`; the last one with `needs` itself.
    private static func removal(of base: Name, from image: Image, _ tree: Tree) -> Fix? {
        guard let images = tree.value("images", in: tree.root), let body = tree.value(image.name.symbol, in: images),
            let place = tree.entries(body).firstIndex(where: { tree.text($0.key) == "needs" })
        else { return nil }
        let needs = tree.entries(body)[place].value
        // Each of many bases would search the whole list.
        guard tree[needs].count <= 1000 else { return nil }
        let items = Array(tree.items(needs))
        let edit =
            items.count > 1
            ? items.firstIndex { tree[$0].span == base.span }.flatMap { tree.removal(ofItemAt: $0, in: needs) }
            : tree.removal(ofEntryAt: place, in: body)
        return edit.map { Fix(title: "remove it from `needs`", edits: [$0]) }
    }
}
