import ComposeSpec
import Diagnostics
import SourceText
import YAMLSyntax

/// BP101: an image name or repository that registries do not accept.
enum InvalidImageName: Rule {
    static let code = Code.invalidImageName
    static let summary = "Image names and repositories that are outside the grammar of image references."
    static let rationale =
        "Docker refuses such a name when it builds, tags or pulls, long after the manifest was committed."

    static func check(_ context: inout RuleContext) {
        for image in context.manifest.images {
            let bytes = context.tree.symbols.bytes(image.name.symbol)
            if let fault = fault(in: bytes) {
                report(context.manifest.text(image.name), image.name.span, fault, "name", &context)
            }
            guard let repository = image.repository, let fault = ImageReference.repositoryFault(of: repository.value)
            else { continue }
            if ImageReference.hasVariable(repository.value) {
                context.report(
                    .invalidImageName, "`\(repository.value)` cannot become a repository", at: repository.span,
                    fault.reason,
                    help: ["give it defaults that make a repository, such as `${REGISTRY:-ghcr.io/team}/api`"])
            } else {
                report(repository.value, repository.span, fault.reason, "repository", &context)
            }
        }
    }

    private static func fault(in bytes: ArraySlice<UInt8>) -> String? {
        ImageReference.pathFault(bytes)?.reason
    }

    private static func report(
        _ name: String, _ span: Span, _ reason: String, _ noun: String, _ context: inout RuleContext
    ) {
        let suggestion = String(decoding: repaired(name), as: UTF8.self)
        context.report(
            .invalidImageName, "`\(name)` cannot be an image's \(noun)", at: span, reason,
            why: "Docker and registries accept lower-case names such as `trading-api` or `team/trading-api`",
            help: suggestion != name && ImageReference.pathFault(Array(suggestion.utf8)[...]) == nil
                ? ["write `\(suggestion)`"] : ["rename the image"])
    }

    /// The name in lower case with hyphens for what may not stand in it.
    private static func repaired(_ name: String) -> [UInt8] {
        var result: [UInt8] = []
        for byte in name.utf8 {
            let lower = byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
            let isWord = (lower >= 0x61 && lower <= 0x7A) || (lower >= 0x30 && lower <= 0x39)
            if isWord || lower == UInt8(ascii: "/") {
                result.append(lower)
            } else if let last = result.last, last != UInt8(ascii: "-"), last != UInt8(ascii: "/") {
                result.append(UInt8(ascii: "-"))
            }
        }
        while result.last == UInt8(ascii: "-") { result.removeLast() }
        return result
    }
}
