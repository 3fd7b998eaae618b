import ComposeSpec
import Diagnostics
import Inspection
import SourceText
import StrategyManifest

/// BP515: an image from elsewhere than the workspace takes its images from.
enum RegistryNotAllowed: Rule {
    static let code = Code.registryNotAllowed
    static let summary = """
        Pulled images, and images that Dockerfiles build on, whose registry is not among `naming.registries`; without that \
        list there is nothing to find.
        """
    static let rationale =
        "Whoever owns a registry decides what runs; the list says whom the workspace trusts with that."

    static let options = ["registries"]
    static let configuring: String? = """
        `naming: {registries: [docker.io/library, ghcr.io/team]}` lists the registries, each with or without the beginning of \
        a path; `docker.io` is Docker Hub, also where a reference names no registry. \
        `rules: {registry-not-allowed: {registries: […]}}` adds to the list.
        """

    static func check(_ context: inout RuleContext) {
        let naming = context.manifest.naming.registries
        let stated = naming + context.settings.written("registries", for: code)
        if stated.isEmpty { return }
        var allowed: Set<String> = []
        for registry in stated {
            if let fault = ImageReference.registryFault(of: registry.value) {
                let host = withoutScheme(registry.value)
                context.report(
                    .invalidReference, "`\(registry.value)` is no registry", at: registry.span, fault.reason,
                    help: [
                        host == registry.value
                            ? "write the registry's host and, if you like, a path: `ghcr.io/team`" : "write `\(host)`"
                    ], fix: host == registry.value ? nil : context.renaming(registry.value, to: host, at: registry.span)
                )
            } else if let text = VariableText(registry.value)?.settled {
                allowed.insert(normalized(text))
            } else {
                // What a variable without a default allows cannot be told.
                return
            }
        }
        let list = fewOf(stated.map { "`\($0.value)`" })
        for pulled in context.pulledReferences() where !isAllowed(pulled.settled, allowed) {
            if context.countsOnly(code) { continue }
            context.report(
                code, "`\(pulled.written.text)` comes from a registry that is not allowed", at: pulled.span,
                "from `\(pulled.settled.normalized.domain ?? "docker.io")`",
                also: stated.first.map { [context.label($0.span, "allowed: \(list)")] } ?? [],
                why: "images of this workspace come from \(list) alone",
                help: ["take it from one of these", "or add its registry to `naming.registries`"])
        }
        checkBases(allowed, list, &context)
    }

    /// What the Dockerfiles build on that is none of the manifest's images.
    private static func checkBases(_ allowed: Set<String>, _ list: String, _ context: inout RuleContext) {
        context.eachBuild { build, context in
            var told: Set<String> = []
            // A folder or another image takes the place of what a Dockerfile names so.
            let contexts = Set(build.build.contexts.map(\.name))
            for use in build.uses where use.meaning == .foreign {
                guard case .success(let reference) = ImageReference.parse(use.text), !reference.hasVariables,
                    !isAllowed(reference, allowed), !contexts.contains(use.text), told.insert(use.text).inserted,
                    !context.countsOnly(code)
                else { continue }
                let name = context.manifest.images[build.image].name
                context.report(
                    code, "`\(context.manifest.text(name))` is built from `\(use.text)`, whose registry is not allowed",
                    at: name.span, "built from `\(reference.normalized.domain ?? "docker.io")`",
                    also: [.init(use.location, "here")], why: "images of this workspace come from \(list) alone",
                    help: ["build on an image from one of these", "or add its registry to `naming.registries`"])
            }
        }
    }

    /// Whether a repository is allowed, or a path that it lies below: a look for each of its parts, however long the list is.
    /// A host and a path of 255 bytes are the longest that a reference can have.
    private static func isAllowed(_ reference: ImageReference, _ allowed: Set<String>) -> Bool {
        let name = reference.normalized.repository
        return allowed.contains(name)
            || name.utf8.indices.prefix(512).contains {
                name.utf8[$0] == UInt8(ascii: "/") && allowed.contains(String(name[..<$0]))
            }
    }

    /// A registry as references in normal form begin: `docker.io/team` for `team`.
    private static func normalized(_ registry: String) -> String {
        var text = registry
        while text.hasSuffix("/") { text.removeLast() }
        let host = String(text.prefix { $0 != "/" })
        if host == "index.docker.io" { return "docker.io" + text.dropFirst(host.count) }
        let isHost = host == "localhost" || host.utf8.contains { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ":") }
        return isHost ? text : "docker.io/" + text
    }

    private static func withoutScheme(_ registry: String) -> String {
        ["https://", "http://"].first(where: registry.hasPrefix).map { String(registry.dropFirst($0.count)) }
            ?? registry
    }
}
