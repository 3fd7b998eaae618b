import Diagnostics
import Dockerfiles
import Inspection
import Resolution
import SourceText
import YAMLSyntax

/// BP534: a container whose program is root.
enum RunsAsRoot: Rule {
    static let code = Code.runsAsRoot
    static let summary = """
        Services whose `user` is root, and services without `user` whose Dockerfile ends as root or never says `USER`; part \
        of the group `hardening`. Of an image that is pulled nothing is known.
        """
    static let rationale = "Root in a container is root of the host as soon as anything leads out of it."
    static let runsLast = true

    /// What a build runs as.
    private enum User {
        /// It cannot be told, or is not root.
        case other
        case root(Location, isStated: Bool)
        /// No `USER` stands on the way; the last `FROM`.
        case unstated(Location)
    }

    /// The builds of images, as an environment builds them or else as development does.
    private struct Builds {
        private struct Own: Hashable {
            let image: Int
            let variant: Int
        }

        private let development: [Int: CheckedBuild]
        private let own: [Own: CheckedBuild]

        init(_ context: borrowing RuleContext) {
            development = Dictionary(context.builds.map { ($0.image, $0) }) { first, _ in first }
            own = Dictionary(context.ownBuilds.map { (Own(image: $0.image, variant: $0.variant), $0) }) { first, _ in
                first
            }
        }

        subscript(image: Int, in variant: Int) -> CheckedBuild? {
            own[Own(image: image, variant: variant)] ?? development[image]
        }
    }

    static func check(_ context: inout RuleContext) {
        let builds = Builds(context)
        HardenedServices.report(
            code, why: "root in a container is root of the host as soon as anything leads out of it",
            help: [
                "add `USER` with a number to the Dockerfile: `USER 1000`", "or `user: \"1000:1000\"` to the service",
            ],
            &context
        ) { service, variant, context in
            let tree = context.tree
            if let user = tree.value("user", in: service.body), !tree.isNull(user) {
                guard let name = tree.settledText(user)?.prefix(while: { $0 != ":" }), isRoot(name) else { return nil }
                return .init(
                    message: "runs as root", label: "it is started as root",
                    place: context.label(tree[user].span, "here"))
            }
            guard let image = service.image, let build = builds[image, in: variant] else { return nil }
            switch user(of: build, variant, builds, context, depth: 0) {
            case .other: return nil
            case .root(let place, let isStated):
                return .init(
                    message: "runs as root",
                    label: isStated ? "its Dockerfile makes it root" : "nothing states its user",
                    place: .init(place, isStated ? "the last `USER`" : "no `USER` stands behind this"))
            case .unstated(let place):
                return .init(
                    message: "runs as root unless its base says otherwise", label: "nothing states its user",
                    place: .init(place, "no `USER` stands behind this"))
            }
        }
    }

    private static func isRoot(_ name: some StringProtocol) -> Bool {
        name == "root" || !name.isEmpty && name.allSatisfy { $0 == "0" }
    }

    /// The user of the stage that is built: the last `USER` in it, or else in what it stands on.
    private static func user(
        of build: CheckedBuild, _ variant: Int, _ builds: Builds, _ context: RuleContext, depth: Int
    ) -> User {
        guard let graph = build.graph, let text = build.text, var stage = build.target, depth < 20 else {
            return .other
        }
        // A stage stands on one above it.
        while true {
            if let user = graph.stages.stages[stage].user {
                let name = user.name.prefix { $0 != ":" }
                return isRoot(name) ? .root(text.location(user.span, context.tree), isStated: true) : .other
            }
            guard let base = graph.uses[stage].first else { return .other }
            switch base.source {
            case .stage(let below) where below < stage: stage = below
            case .scratch: return .root(text.location(base.span, context.tree), isStated: false)
            case .image(let name):
                let use = build.uses.first { $0.kind == .from && $0.text == name }
                switch use?.meaning {
                case .built(let image):
                    guard let other = builds[image, in: variant] else { return .other }
                    return user(of: other, variant, builds, context, depth: depth + 1)
                case .foreign: return .unstated(text.location(base.span, context.tree))
                default: return .other
                }
            default: return .other
            }
        }
    }
}
