import Diagnostics
import Inspection
import StrategyManifest
import YAMLSyntax

/// BP216: `extends` in a service.
enum ExtendsInService: Rule {
    static let code = Code.extendsInService
    static let summary = "`extends` in a service body."
    static let rationale =
        "Version 1 of the manifest shares bodies by `defaults.service` and by an image's `service` alone."

    static func check(_ context: inout RuleContext) {
        let (tree, key) = (context.tree, context.resolution.keys.extends)
        for fragment in context.fragments {
            guard let place = fragment.key(key, in: tree) else { continue }
            context.report(
                .extendsInService, "`extends` is not part of the manifest language", at: tree[place].span,
                "not in version 1",
                help: [
                    "put what services share into the image's `service` or into `defaults.service`",
                    "or share it inside the manifest with an anchor under an `x-` key and `<<`",
                ])
        }
    }
}
