import ComposeSpec
import Diagnostics
import YAMLSyntax

/// BP109: a project name that Compose would change.
enum InvalidProjectName: Rule {
    static let code = Code.invalidProjectName
    static let summary = "Project names outside Compose's `[a-z0-9][a-z0-9_-]*`."
    static let rationale =
        "Compose silently rewrites such a name, so that containers and volumes carry one that nobody wrote."

    static func check(_ context: inout RuleContext) {
        for project in context.manifest.projects {
            let bytes = context.tree.symbols.bytes(project.name.symbol)
            if bytes.withUnsafeBufferPointer({ Names.isProjectName($0) }) { continue }
            let normal = normalized(bytes)
            context.report(
                .invalidProjectName, "`\(context.manifest.text(project.name))` cannot be a project's name",
                at: project.name.span, "Compose allows `a-z`, `0-9`, `_` and `-`, and a letter or digit first",
                why: "Compose would silently call it `\(normal)`",
                help: normal.isEmpty ? ["rename the project"] : ["name it `\(normal)`"])
        }
    }

    /// What Compose makes of a name (compose-go `NormalizeProjectName`).
    private static func normalized(_ bytes: ArraySlice<UInt8>) -> String {
        let kept = bytes.map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }.filter {
            ($0 >= 0x61 && $0 <= 0x7A) || ($0 >= 0x30 && $0 <= 0x39) || $0 == UInt8(ascii: "_")
                || $0 == UInt8(ascii: "-")
        }
        return String(decoding: kept.drop { $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-") }, as: UTF8.self)
    }
}
