import Diagnostics
import Resolution
import SourceText

/// BP231: what an environment of Swarm's has in other words, or not at all.
enum ChangedForSwarm: Rule {
    static let code = Code.changedForSwarm
    static let summary = """
        Keys of services that are left out of a stack, because Swarm refuses or ignores them, or written in its own words, in \
        environments with `engine: swarm`.
        """
    static let rationale = "What Compose does with the key, Swarm does not do, or does in another way."

    static func check(_ context: inout RuleContext) {
        var told: Set<Span> = []
        for variant in context.resolution.variants where !variant.swarmTurns.isEmpty {
            guard let index = variant.environment else { continue }
            let environment = context.manifest.text(context.manifest.environments[index].name)
            for turn in variant.swarmTurns {
                let (becomes, label): (String, String)
                switch turn.effect {
                case .refused: continue
                case .leftOut: (becomes, label) = ("is left out", "Swarm has no such key, or ignores it")
                case .becomes(let words): (becomes, label) = ("is written otherwise", "it becomes \(words)")
                }
                guard told.insert(turn.span).inserted, !context.countsOnly(code) else { continue }
                context.report(
                    code, "`\(turn.what)` \(becomes) in `\(environment)`", at: turn.span, label,
                    why: "Swarm runs this environment",
                    help: ["if that is meant: `# bayplan: allow(\(code.name)) <reason>` on this line"])
            }
        }
    }
}
