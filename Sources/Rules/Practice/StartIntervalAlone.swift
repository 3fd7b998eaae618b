import Diagnostics
import YAMLSyntax

/// BP523: an interval for a time that there is not.
enum StartIntervalAlone: Rule {
    static let code = Code.startIntervalAlone
    static let summary = "Health checks with `start_interval` and without `start_period`."
    static let rationale =
        "`start_interval` counts in the start period alone: without one Compose starts no container of the service."

    static func check(_ context: inout RuleContext) {
        let tree = context.tree
        guard let key = tree.symbols.find("start_interval") else { return }
        var seen: Set<NodeID> = []
        for service in context.resolution.variants.flatMap(\.projects).flatMap(\.services) {
            guard let check = tree.value("healthcheck", in: service.body), let interval = tree.value(key, in: check),
                !tree.isNull(interval), !(tree.value("disable", in: check).map { tree.says("true", $0) } ?? false),
                isMissing(tree.value("start_period", in: check), tree), seen.insert(interval).inserted,
                !context.countsOnly(code)
            else { continue }
            context.report(
                code, "`start_interval` counts in the start period alone, and there is none", at: tree[interval].span,
                "`start_period` is missing", why: rationale,
                help: [
                    "add `start_period`, the time that the program may take to start, such as `30s`",
                    "or remove `start_interval`",
                ])
        }
    }

    /// Whether there is no start period, or one of no length.
    private static func isMissing(_ period: NodeID?, _ tree: Tree) -> Bool {
        guard let period, !tree.isNull(period) else { return true }
        guard let text = tree.settledText(period) else { return false }
        return text.utf8.contains { (0x30...0x39).contains($0) } && !text.utf8.contains { (0x31...0x39).contains($0) }
    }
}
