import ComposeSpec
import Diagnostics

/// BP105: one third-party image in two versions.
enum InconsistentTag: Rule {
    static let code = Code.inconsistentTag
    static let finds = "Pulled images of one repository under different tags."
    static let matters = "Two versions of one thing run side by side, usually because only one of them was updated."

    private static func isVersion(_ reference: ImageReference) -> Bool {
        guard let tag = reference.tag else { return true }
        return reference.digest != nil || tag == "latest" || tag.utf8.contains { (0x30...0x39).contains($0) }
    }

    static func check(_ context: inout RuleContext) {
        var first: [String: (image: Int, reference: ImageReference)] = [:]
        for (index, image) in context.manifest.images.enumerated() {
            guard let pull = image.pull, case .success(let written) = ImageReference.parse(pull.value),
                let reference = written.settled
            else { continue }
            let key = reference.normalized.repository
            guard let other = first[key] else {
                first[key] = (index, reference)
                continue
            }
            let (one, two) = (other.reference, reference)
            // `cpu` and `gpu` are two things of one version.
            guard one.tag != two.tag || one.digest != two.digest, isVersion(one) || isVersion(two),
                let place = context.manifest.images[other.image].pull
            else { continue }
            context.report(
                code, "`\(two.familiarName)` is pulled in two versions", at: pull.span, "this is `\(two.text)`",
                also: [context.label(place.span, "but this is `\(one.text)`")],
                why: "two versions run side by side, and only one of them is what the other's users expect",
                help: [
                    "use one tag in both, or one image for both",
                    "if both are meant: `# bayplan: allow(\(code.name)) <reason>` on this line",
                ])
        }
    }
}
