import Diagnostics
import SourceText
import StrategyManifest
import YAMLSyntax

/// BP201: an image that the manifest does not declare.
enum UnknownImage: Rule {
    static let code = Code.unknownImage
    static let finds = "Services, `needs` and environments that name an image which `images` does not have."
    static let matters = "Every container runs a declared image, so that one place says what it is and who builds it."

    /// One place that names an image.
    private enum Place { case image, serviceName, need, override }

    static func check(_ context: inout RuleContext) {
        let manifest = context.manifest
        var uses = UnknownNames<Place>()
        func note(_ name: Name, _ place: Place, _ uses: inout UnknownNames<Place>) {
            // Where `images` itself cannot be read, every name would be unknown.
            guard manifest.hasAllImages, manifest.imageIndex[name.symbol] == nil,
                !manifest.unreadable.contains(name.symbol)
            else { return }
            uses.note(name, place)
        }
        for project in manifest.projects {
            for service in project.services where service.isImageKnown {
                note(service.image, service.statesImage ? .image : .serviceName, &uses)
            }
        }
        for image in manifest.images {
            for base in image.needs {
                note(base, .need, &uses)
                checkIsBuilt(base, &context)
            }
        }
        for environment in manifest.environments {
            for override in environment.images { note(override.name, .override, &uses) }
        }
        if uses.isEmpty { return }
        let known = manifest.images.map { manifest.text($0.name) }
        for (name, places) in uses.inOrder { report(manifest.text(name), places, known, &context) }
    }

    private static func report(
        _ name: String, _ places: [(name: Name, place: Place)], _ known: [String], _ context: inout RuleContext
    ) {
        let first = places[0]
        var help = nearest(to: name, among: known).map { ["did you mean `\($0)`?"] } ?? []
        switch first.place {
        case .image where help.isEmpty: help.append("name one of `images`, or declare `\(name)` there")
        case .serviceName where help.isEmpty:
            help.append("declare `\(name)` under `images`, or say with `image:` which one this service runs")
        case .serviceName: help.append("if the service is to keep its name, say with `image:` which image it runs")
        case .need where help.isEmpty:
            help.append("declare it under `images`, or remove it: images of registries are no `needs`")
        case .override where help.isEmpty: help.append("remove this entry, or declare `\(name)` under `images`")
        default: break
        }
        context.report(
            .unknownImage, "there is no image `\(name)`", at: first.name.span,
            first.place == .serviceName
                ? "a service without `image` runs the image of its own name" : "not declared under `images`",
            also: UnknownNames<Place>.further(places.map(\.name), "and it is named here", context), help: help)
    }

    private static func checkIsBuilt(_ base: Name, _ context: inout RuleContext) {
        guard let index = context.manifest.imageIndex[base.symbol], let pull = context.manifest.images[index].pull
        else { return }
        context.report(
            .unknownImage, "`\(context.manifest.text(base))` is pulled, not built", at: base.span,
            "only built images can be needed", also: [context.label(pull.span, "it comes from a registry")],
            why: "`needs` says what must be built first; a pulled image is there already",
            help: ["remove it from `needs`"])
    }
}
