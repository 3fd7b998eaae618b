import Diagnostics
import Resolution
import SourceText
import YAMLSyntax

/// What the rules of the group `hardening` share: which services they look at, and how they tell what one lacks.
enum HardenedServices {
    /// What a service lacks.
    struct Lack {
        /// What the service can do for that reason, behind its name: `` `api` can write to the files of its image``.
        let message: String
        let label: String
        /// A place that says it; nil where nothing does.
        var place: Diagnostic.Label?
    }

    /// Reports each service that lacks something, where it runs for others: in environments that only pull, or, without one,
    /// in development. A service that lacks it in several is told once.
    static func report(
        _ code: Code, why: String, help: [String], _ context: inout RuleContext,
        lack: (ResolvedService, Int, RuleContext) -> Lack?
    ) {
        guard context.isWhole else { return }
        let manifest = context.manifest
        let variants = context.resolution.variants
        let released = variants.indices.filter { index in
            variants[index].environment.map { !manifest.environments[$0].keepsBuild } ?? false
        }
        var told: Set<UInt32> = []
        for index in released.isEmpty ? [0] : released {
            for service in variants[index].projects.flatMap(\.services) where !told.contains(service.name.span.start) {
                guard let lack = lack(service, index, context) else { continue }
                told.insert(service.name.span.start)
                if context.countsOnly(code) { continue }
                let environment = variants[index].environment.map {
                    context.label(manifest.environments[$0].name.span, "in this environment")
                }
                context.report(
                    code, "`\(manifest.text(service.name))` \(lack.message)", at: service.name.span, lack.label,
                    also: [lack.place, environment].compactMap { $0 }, why: why, help: help)
            }
        }
    }

    /// Whether a number is stated that bounds something: neither 0 nor -1, which mean no bound.
    static func bounds(_ value: NodeID?, _ tree: Tree) -> Bool {
        guard let value, tree[value].kind == .scalar, !tree.isNull(value) else { return false }
        // What a variable without a default holds cannot be told.
        guard let text = tree.settledText(value) else { return true }
        return !text.isEmpty && !text.hasPrefix("-") && text.contains { $0 != "0" && $0 != "." }
    }

    /// `deploy.resources.limits.KEY` of a service.
    static func limit(_ key: String, in body: NodeID, _ tree: Tree) -> NodeID? {
        var node: NodeID? = body
        for key in ["deploy", "resources", "limits", key] { node = node.flatMap { tree.value(key, in: $0) } }
        return node
    }
}
