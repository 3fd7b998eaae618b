import ComposeSpec
import Diagnostics
import SourceText

/// BP105: one third-party image in two versions.
enum InconsistentTag: Rule {
    static let code = Code.inconsistentTag
    static let summary = "Pulled images of one repository under different tags."
    static let rationale = "Two versions of one thing run side by side, usually because only one of them was updated."

    private static func isVersion(_ reference: ImageReference) -> Bool {
        guard let tag = reference.tag else { return true }
        return reference.digest != nil || tag == "latest" || tag.utf8.contains { (0x30...0x39).contains($0) }
    }

    static func check(_ context: inout RuleContext) {
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
}
