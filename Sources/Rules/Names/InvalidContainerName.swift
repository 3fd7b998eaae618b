import ComposeSpec
import Diagnostics
import Resolution
import SourceText
import StrategyManifest
import YAMLSyntax

/// BP106: a container name that Docker does not accept.
enum InvalidContainerName: Rule {
    static let code = Code.invalidContainerName
    static let summary = "Container names, stated or made by a template, outside `[a-zA-Z0-9][a-zA-Z0-9_.-]+`."
    static let rationale = "Compose lets such a name pass; the engine refuses it when the container is created."
    static let configuring: String? =
        "`naming.container`, a project's or an environment's `container_name` make the names."

    static func check(_ context: inout RuleContext) {
        var reportedTemplates: Set<UInt32> = []
        for variant in context.resolution.variants {
            for project in variant.projects {
                if let fault = templateFault(project.template) {
                    if reportedTemplates.insert(project.template.span.start).inserted {
                        context.report(
                            .invalidContainerName, "this template makes names that no container can have",
                            at: project.template.span, fault, why: why, help: [help])
                    }
                    continue
                }
                for service in project.services { check(service, project, &context) }
            }
        }
    }

    private static let why = "an engine accepts letters and digits, then also `_`, `.` and `-`, two characters or more"
    private static let help = "use only letters, digits, `_`, `.` and `-`"

    private static func check(_ service: ResolvedService, _ project: ResolvedProject, _ context: inout RuleContext) {
        guard let symbol = service.containerName.symbol else { return }
        let bytes = context.tree.symbols.bytes(symbol)
        if bytes.withUnsafeBufferPointer({ Names.isContainerName($0) }) { return }
        // What a variable becomes is known only to Compose; `$$` is a dollar sign to it.
        if String(decoding: bytes, as: UTF8.self).replacing("$$", with: "").contains("$") { return }
        let text = context.tree.text(symbol)
        if case .literal(_, let span) = service.containerName {
            context.report(
                .invalidContainerName, "`\(text)` cannot be a container's name", at: span, reason(bytes), why: why,
                help: [help])
        } else if Names.isServiceName(service, context) {
            context.report(
                .invalidContainerName, "this container would be named `\(text)`", at: service.name.span,
                reason(bytes), why: why, help: ["rename the service, or change the template"])
        }
    }

    private static func reason(_ bytes: ArraySlice<UInt8>) -> String {
        if bytes.count < 2 { return "a container's name has at least two characters" }
        if let first = bytes.first, [UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "-")].contains(first) {
            return "it must begin with a letter or digit"
        }
        for character in String(decoding: bytes, as: UTF8.self).unicodeScalars {
            let isWord =
                character.isASCII && (character.properties.isAlphabetic || character.properties.numericType != nil)
            if !isWord, !"_.-".unicodeScalars.contains(character) {
                return character == " " ? "a space may not stand in it" : "`\(character)` may not stand in it"
            }
        }
        return "a character that may not stand in it"
    }

    private static func templateFault(_ template: Template) -> String? {
        for case .text(let literal) in template.parts {
            for character in literal.unicodeScalars {
                let isAllowed =
                    character.isASCII
                    && (character.properties.isAlphabetic || "0123456789_.-".unicodeScalars.contains(character))
                if !isAllowed { return "`\(character)` may not stand in a container's name" }
            }
        }
        return nil
    }
}

extension Names {
    /// Whether the service's own name is well formed, so that a bad container name is not its consequence.
    fileprivate static func isServiceName(_ service: ResolvedService, _ context: RuleContext) -> Bool {
        context.tree.symbols.bytes(service.name.symbol).withUnsafeBufferPointer { Names.isServiceName($0) }
    }
}
