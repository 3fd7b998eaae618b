import ComposeSpec
import Diagnostics
import YAMLSyntax

/// Limits that a service itself and its `deploy` can state (part of BP224): Compose wants them equal, unless the
/// service's is 0 or `deploy` has no such limits at all.
enum DeployedLimits {
    static func check(_ body: NodeID, _ tree: Tree, _ keys: ComposeKeys, _ context: inout RuleContext) {
        guard let deploy = tree.value(keys.deploy, in: body) else { return }
        let resources = tree.value(keys.resources, in: deploy)
        let limits = resources.flatMap { tree.value(keys.limits, in: $0) }
        let reservations = resources.flatMap { tree.value(keys.reservations, in: $0) }
        let pairs: [(Symbol, NodeID?, Symbol, String)] = [
            (keys.memoryLimit, limits, keys.memory, "resources.limits.memory"),
            (keys.memoryReservation, reservations, keys.memory, "resources.reservations.memory"),
            (keys.cpus, limits, keys.cpus, "resources.limits.cpus"),
            (keys.pidsLimit, limits, keys.pids, "resources.limits.pids"),
            (keys.scale, deploy, keys.replicas, "replicas"),
        ]
        for (key, holder, inner, path) in pairs {
            guard let holder, let own = tree.value(key, in: body), let one = amount(own, tree) else { continue }
            if key != keys.scale, one == 0 { continue }
            guard let deployed = tree.value(inner, in: holder) else {
                if key != keys.scale, tree[holder].kind == .mapping { reportLacking(key, own, inner, holder, &context) }
                continue
            }
            guard let other = amount(deployed, tree), one != other else { continue }
            context.report(
                .conflictingKeys, "`\(tree.text(key))` and `deploy.\(path)` differ", at: tree[own].span,
                "it is `\(tree.text(own))` here",
                also: [context.label(tree[deployed].span, "and `\(tree.text(deployed))` here")],
                why: "both say the same thing: Compose refuses two values",
                help: ["keep the one below `deploy`, or write one value in both places"])
        }
    }

    /// A limit of the service that limits of its `deploy` do not repeat.
    private static func reportLacking(
        _ key: Symbol, _ value: NodeID, _ inner: Symbol, _ holder: NodeID, _ context: inout RuleContext
    ) {
        let tree = context.tree
        let (name, limit) = (tree.text(key), tree.text(inner))
        context.report(
            .conflictingKeys, "`\(name)` stands beside resources of `deploy` without `\(limit)`", at: tree[value].span,
            "`\(name)` is stated here", also: [context.label(tree[holder].span, "and no `\(limit)` here")],
            why: "both say the same thing, and Compose takes a missing value for 0: it refuses the whole file",
            help: ["write `\(limit): \(tree.text(value))` there instead of `\(name)`"])
    }

    /// The number or size that a value says; nil behind an interpolation.
    private static func amount(_ node: NodeID, _ tree: Tree) -> Double? {
        if tree.holdsInterpolation(node) { return nil }
        return Double(tree.text(node)) ?? tree.wholeNumber(node).map(Double.init)
            ?? tree.withBytes(node) { ByteSize.bytes($0) }
    }
}
