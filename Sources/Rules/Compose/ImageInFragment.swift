import Diagnostics
import Inspection
import StrategyManifest
import YAMLSyntax

/// BP224: a key that only a service itself can state, in a fragment that lies under many.
enum ImageInFragment: Rule {
    static let code = Code.conflictingKeys
    static let summary = "`image` in `defaults.service`, in an image's `service` or in an environment's `defaults`."
    static let rationale =
        "Which image a service runs decides which fragments lie under it; a fragment cannot change that."

    static func check(_ context: inout RuleContext) {
        let (tree, key) = (context.tree, context.resolution.keys.image)
        for fragment in context.fragments where !fragment.isService {
            guard let place = fragment.key(key, in: tree) else { continue }
            context.report(
                .conflictingKeys, "a shared fragment cannot say which image a service runs",
                at: tree[place].span,
                "`image` may only stand in a service", help: ["remove it, and state `image` in the services"])
        }
    }
}
