import ComposeSpec
import Diagnostics
import SourceText

/// BP105: one image in two versions.
enum InconsistentTag: Rule {
    static let code = Code.inconsistentTag
    static let summary = "Images of one repository under different tags, of which at least one is pulled."
    static let rationale = "Two versions of one thing run side by side, usually because only one of them was updated."

    private static func isVersion(_ reference: ImageReference) -> Bool {
        guard let tag = reference.tag else { return true }
        return reference.digest != nil || tag == "latest" || tag.utf8.contains { (0x30...0x39).contains($0) }
    }

    static func check(_ context: inout RuleContext) {
        checkBuilt(&context)
        var groups: [String: [(reference: ImageReference, span: Span)]] = [:]
        var order: [String] = []
        for image in context.manifest.images {
            guard let pull = image.pull, case .success(let written) = ImageReference.parse(pull.value),
                let reference = written.settled
            else { continue }
            let key = reference.normalized.repository
            if groups[key] == nil { order.append(key) }
            groups[key, default: []].append((reference, pull.span))
        }
        for key in order {
            guard let group = groups[key], group.count > 1 else { continue }
            let first = group[0]
            // `cpu` and `gpu` are two things of one version.
            let others = group.dropFirst().filter { other in
                (first.reference.tag != other.reference.tag || first.reference.digest != other.reference.digest)
                    && (isVersion(first.reference) || isVersion(other.reference))
            }
            guard let second = others.first, !context.countsOnly(code) else { continue }
            let count = Set(others.map(\.reference.text)).count + 1
            let isTwo = count == 2
            context.report(
                code, "`\(second.reference.familiarName)` is pulled in \(isTwo ? "two" : "\(count)") versions",
                at: second.span, "this is `\(second.reference.text)`",
                also: [context.label(first.span, "but this is `\(first.reference.text)`")]
                    + others.dropFirst().prefix(20).map { context.label($0.span, "and this is `\($0.reference.text)`") },
                why: isTwo
                    ? "two versions run side by side, and only one of them is what the other's users expect"
                    : "they run side by side, and each is what the users of the others do not expect",
                help: [
                    isTwo ? "use one tag in both, or one image for both" : "use one tag in all, or one image for all",
                    "if \(isTwo ? "both" : "all") are meant: `# bayplan: allow(\(code.name)) <reason>` on this line",
                ])
        }
    }

    /// What is built here, and pulled by the same repository in another version: most often one service names by a
    /// variable what another one builds.
    private static func checkBuilt(_ context: inout RuleContext) {
        let (manifest, references) = (context.manifest, context.resolution.variants[0].references)
        if !manifest.images.contains(where: { $0.pull != nil }) { return }
        var built: [String: Int] = [:]
        for (index, image) in manifest.images.enumerated() where image.isBuilt {
            let repository = references[index].normalized.repository
            if built[repository] == nil { built[repository] = index }
        }
        if built.isEmpty { return }
        for image in manifest.images {
            guard let pull = image.pull, case .success(let reference) = ImageReference.parse(pull.value),
                let index = built[reference.normalized.repository]
            else { continue }
            let own = references[index]
            // Two of one text are told as such.
            let isSame = (reference.settled ?? reference).normalized == (own.settled ?? own).normalized
            if isSame || context.countsOnly(code) { continue }
            let name = manifest.text(manifest.images[index].name)
            context.report(
                code, "`\(own.familiarName)` is built here as `\(own.text)`, and pulled as `\(reference.text)`",
                at: pull.span, "a registry is asked for this one",
                also: [context.label(manifest.images[index].name.span, "this one is built")],
                why: "services that run the one do not get what is built of the other",
                help: [
                    "if the one that is built is meant: let its services name the image `\(name)`, and remove this one",
                    "if both are meant: `# bayplan: allow(\(code.name)) <reason>` on this line",
                ])
        }
    }
}
