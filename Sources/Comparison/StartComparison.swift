import Planning
import YAMLSyntax

/// What must run before each project of one variant.
struct StartComparison {
    private let before: [String: Set<String>]
    private let after: [String: Set<String>]

    init(_ pair: VariantPair) {
        before = Self.needs(pair.before)
        after = Self.needs(pair.after)
    }

    /// By project, what it starts after: a project, or one service of it as `data/postgres`.
    private static func needs(_ side: Side) -> [String: Set<String>] {
        var needs: [String: Set<String>] = [:]
        for start in side.variant.starts {
            let service = start.service.map { "/" + side.tree.text($0) } ?? ""
            needs[side.plan.projectName(start.project), default: []].insert(
                side.plan.projectName(start.needed) + service)
        }
        return needs
    }

    /// What came and went of it.
    ///
    /// - Parameters:
    ///   - former: what the project was called; nil for one that is new.
    func details(of project: String, former: String?) -> [Detail] {
        let (old, new) = (former.flatMap { before[$0] } ?? [], after[project] ?? [])
        return old == new ? [] : named(.start, old, new)
    }
}
