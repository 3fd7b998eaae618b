import Diagnostics
import StrategyManifest

/// BP201: an image that the manifest does not declare.
enum UnknownImage: Rule {
    static let code = Code.unknownImage
    static let finds = "Services, `needs` and environments that name an image which `images` does not have."
    static let matters = "Every container runs a declared image, so that one place says what it is and who builds it."

    static func check(_ context: inout RuleContext) {
        let manifest = context.manifest
        let known = manifest.images.map { manifest.text($0.name) }
        for project in manifest.projects {
            for service in project.services where manifest.imageIndex[service.image.symbol] == nil {
                let name = manifest.text(service.image)
                let meant = nearest(to: name, among: known)
                var help = meant.map { ["did you mean `\($0)`?"] } ?? []
                if service.statesImage {
                    help.append("name one of `images`, or declare `\(name)` there")
                } else {
                    help.append("say which image it runs with `image:`, or declare `\(name)` under `images`")
                }
                context.report(
                    .unknownImage, "there is no image `\(name)`", at: service.image.span,
                    service.statesImage
                        ? "not declared under `images`" : "a service without `image` runs the image of its own name",
                    help: help)
            }
        }
        for image in manifest.images {
            for base in image.needs { checkBase(base, of: image, known, &context) }
        }
        for environment in manifest.environments {
            for override in environment.images where manifest.imageIndex[override.name.symbol] == nil {
                let name = manifest.text(override.name)
                context.report(
                    .unknownImage, "there is no image `\(name)`", at: override.name.span, "not declared under `images`",
                    help: nearest(to: name, among: known).map { ["did you mean `\($0)`?"] } ?? ["remove this entry"])
            }
        }
    }

    private static func checkBase(_ base: Name, of image: Image, _ known: [String], _ context: inout RuleContext) {
        let name = context.manifest.text(base)
        guard let index = context.manifest.imageIndex[base.symbol] else {
            context.report(
                .unknownImage, "there is no image `\(name)`", at: base.span, "not declared under `images`",
                help: nearest(to: name, among: known).map { ["did you mean `\($0)`?"] }
                    ?? ["declare it under `images`, or remove it: images of registries are no `needs`"])
            return
        }
        if let pull = context.manifest.images[index].pull {
            context.report(
                .unknownImage, "`\(name)` is pulled, not built", at: base.span, "only built images can be needed",
                also: [context.label(pull.span, "it comes from a registry")],
                why: "`needs` says what must be built first; a pulled image is there already",
                help: ["remove it from `needs`"])
        }
    }
}
