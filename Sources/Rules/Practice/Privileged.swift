import Diagnostics
import Inspection
import YAMLSyntax

/// BP505: a container with all powers of the host.
enum Privileged: Rule {
    static let code = Code.privileged
    static let summary = "Services with `privileged: true`."
    static let rationale = "Whoever takes over such a container has taken over the host."

    static func check(_ context: inout RuleContext) {
        let tree = context.tree
        for fragment in context.fragments {
            guard isPrivileged(fragment.body, tree), let value = tree.value("privileged", in: fragment.body) else {
                continue
            }
            context.report(
                code, "this container has all powers of the host", at: tree[value].span, "privileged",
                why: "a privileged container can load kernel modules and read every disk",
                help: ["grant only what it needs, with `cap_add` and `devices`"])
        }
    }

    /// Whether a service has all powers of the host.
    static func isPrivileged(_ body: NodeID, _ tree: Tree) -> Bool {
        // Compose takes these words for true, quoted or not.
        guard let value = tree.value("privileged", in: body), tree[value].kind == .scalar else { return false }
        return ["true", "yes", "y", "on"].contains(tree.settledText(value)?.lowercased())
    }
}
