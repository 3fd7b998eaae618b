import ComposeSpec
import Diagnostics
import Inspection
import Resolution
import SourceText
import StrategyManifest
import YAMLSyntax

/// BP224: keys that Compose takes one of.
enum ConflictingKeys: Rule {
    static let code = Code.conflictingKeys
    static let summary = """
        `network_mode` beside `networks`, `container_name` beside several replicas, two values of one limit, \
        `dockerfile` beside `dockerfile_inline`, `external` beside what would make a volume, and the like.
        """
    static let rationale = "Compose refuses the whole file."

    static func check(_ context: inout RuleContext) {
        let (tree, keys) = (context.tree, context.compose)
        for (index, variant) in context.resolution.variants.enumerated() {
            let images = context.resolution.images(of: index)
            var built: [Int: BuiltPlatforms] = [:]
            for project in variant.projects {
                for service in project.services {
                    checkService(service, of: project, tree, keys, &context)
                    checkPlatform(of: service, images, &built, tree, keys, &context)
                    checkDeployedLimits(service.body, tree, keys, &context)
                }
            }
        }
        for image in context.imagesEverywhere {
            if let build = image.build, let file = build.dockerfile, let inline = build.inlineDockerfile {
                report(
                    keys.dockerfile, file.span, keys.dockerfileInline, tree[inline].span, "a build has one Dockerfile",
                    &context)
            }
        }
        for environment in context.manifest.environments {
            for image in environment.images { checkPulled(image, &context) }
        }
        var seen = NodeSet(for: tree)
        context.resolution.eachSection { key, value in
            for entry in tree.entries(value) where tree[entry.value].kind == .mapping && seen.insert(entry.value) {
                checkResource(entry.value, of: tree[key].symbol, &context)
            }
        }
    }

    private static func checkService(
        _ service: ResolvedService, of project: ResolvedProject, _ tree: Tree, _ keys: ComposeKeys,
        _ context: inout RuleContext
    ) {
        let body = service.body
        if let mode = tree.value(keys.networkMode, in: body), tree[mode].kind == .scalar,
            let networks = tree.value(keys.networks, in: body), tree[networks].count > 0, !tree.isNull(networks),
            tree[mode].count > 0 || namesUndeclaredDefault(networks, project, context)
        {
            report(
                keys.networkMode, tree[mode].span, keys.networks, tree[networks].span,
                "a service either joins networks or uses another's network", &context)
        }
        if let provider = tree.value(keys.provider, in: body), let networks = tree.value(keys.networks, in: body),
            namesUndeclaredDefault(networks, project, context)
        {
            report(
                keys.provider, tree[provider].span, keys.networks, tree[networks].span,
                "a provided service has no container, and for it alone no default network is made", &context)
        }
        if case .literal(let name, let span) = service.containerName, let count = replicas(body, context),
            let number = tree.wholeNumber(count.node) ?? Int(tree.text(count.node)), number > 1
        {
            context.report(
                .conflictingKeys, "\(number) containers cannot all be named `\(tree.text(name))`", at: span,
                "one name", also: [context.label(tree[count.node].span, "\(number) containers")],
                why: "one Docker engine allows one container of a name",
                help: ["remove `container_name`, or write `container_name: null` where a weaker layer states one"])
        }
        if let gpus = tree.value(keys.gpus, in: body),
            let all = tree.items(gpus).first(where: { tree[$0].kind == .scalar }),
            let listed = tree.items(gpus).first(where: { tree[$0].kind == .mapping })
        {
            context.report(
                .conflictingKeys, "one layer lends all GPUs, another one lists them", at: tree[listed].span,
                "listed here", also: [context.label(tree[all].span, "and all here")],
                why: "Compose merges both into a list that it refuses",
                help: ["mark the stronger one with `!override`, or keep one of the two"])
        }
    }

    /// The platforms that a build states: many services may ask for one of many.
    private struct BuiltPlatforms {
        /// Whether one of them is in a variable without a default, which may be any.
        var mayBeAny = false
        var settled: Set<String> = []

        init(_ build: ComposeBuild) {
            for platform in build.platforms {
                guard let text = VariableText(platform.value)?.settled else {
                    mayBeAny = true
                    continue
                }
                settled.insert(text)
            }
        }
    }

    private static func checkPlatform(
        of service: ResolvedService, _ images: [Image], _ built: inout [Int: BuiltPlatforms], _ tree: Tree,
        _ keys: ComposeKeys, _ context: inout RuleContext
    ) {
        guard let platform = tree.value(keys.platform, in: service.body), let image = service.image,
            let build = images[image].build, let platforms = build.platformsSpan, !build.platforms.isEmpty,
            // `$$` is no variable.
            let wanted = tree.settledText(platform), !wanted.isEmpty
        else { return }
        let known = built[image] ?? BuiltPlatforms(build)
        built[image] = known
        if known.mayBeAny || known.settled.contains(wanted) { return }
        context.report(
            .conflictingKeys, "the image is not built for `\(wanted)`", at: tree[platform].span,
            "the service wants this platform",
            also: [context.label(platforms, "and the build makes others")], why: rationale,
            help: ["add the platform to the build's `platforms`"])
    }

    /// What an environment says of a build has no place at a pulled image.
    private static func checkPulled(_ override: Environment.ImageOverride, _ context: inout RuleContext) {
        let manifest = context.manifest
        guard let image = manifest.imageIndex[override.name.symbol], let pull = manifest.images[image].pull,
            let span = override.build.map({ context.tree[$0].span }) ?? override.platforms?.first?.span
        else { return }
        context.report(
            .conflictingKeys, "the pulled image `\(manifest.text(override.name))` is not built in any environment",
            at: span, "nobody builds a pulled image", also: [context.label(pull.span, "it is pulled here")],
            help: ["remove it, or give the environment an image of its own that is built"])
    }

    /// Whether networks name the default one, which the project does not declare: Compose makes none for a service with
    /// a `network_mode`, be it empty, or a `provider`.
    private static func namesUndeclaredDefault(
        _ networks: NodeID, _ project: ResolvedProject, _ context: RuleContext
    ) -> Bool {
        let (tree, keys) = (context.tree, context.compose)
        let isNamed =
            tree.value(keys.defaultName, in: networks) != nil
            || tree.items(networks).contains { tree.bytes($0).elementsEqual("default".utf8) }
        let sections = project.sections
        return isNamed
            && !sections.contains {
                tree[$0.key].symbol == keys.networks && tree.value(keys.defaultName, in: $0.value) != nil
            }
    }

    private static func replicas(_ body: NodeID, _ context: RuleContext) -> (key: Symbol, node: NodeID)? {
        let (tree, keys) = (context.tree, context.compose)
        if let deploy = tree.value(keys.deploy, in: body), let count = tree.value(keys.replicas, in: deploy) {
            return (keys.replicas, count)
        }
        return tree.value(keys.scale, in: body).map { (keys.scale, $0) }
    }

    /// An entry of `networks`, `volumes`, `configs` or `secrets`.
    private static func checkResource(_ node: NodeID, of section: Symbol, _ context: inout RuleContext) {
        let (tree, keys) = (context.tree, context.compose)
        if section == keys.configs || section == keys.secrets {
            conflict(keys.file, keys.environment, in: node, "its content comes from one place", &context)
            conflict(keys.file, keys.content, in: node, "its content comes from one place", &context)
            conflict(keys.environment, keys.content, in: node, "its content comes from one place", &context)
        }
        guard let external = tree.value(keys.external, in: node) else { return }
        if tree[external].kind == .mapping, let inner = tree.value(keys.name, in: external),
            let outer = tree.value(keys.name, in: node), !tree.bytes(inner).elementsEqual(tree.bytes(outer))
        {
            context.report(
                .conflictingKeys, "`name` and `external.name` differ", at: tree[outer].span,
                "it is `\(tree.text(outer))` here",
                also: [context.label(tree[inner].span, "and `\(tree.text(inner))` here")],
                why: rationale, help: ["keep `name`, and write `external: true`"])
        }
        guard section == keys.volumes, isTrue(external, tree) else { return }
        for entry in tree.entries(node) where !tree.isExtension(entry.key) {
            let key = tree[entry.key].symbol
            if key == keys.external || key == keys.name { continue }
            report(
                key, tree[entry.key].span, keys.external, tree[external].span,
                "an external volume is not made by Compose", &context)
            return
        }
    }

    private static func isTrue(_ node: NodeID, _ tree: Tree) -> Bool {
        tree[node].kind == .mapping || ["true", "yes", "y", "on"].contains(tree.text(node).lowercased())
    }

    private static func conflict(
        _ one: Symbol, _ other: Symbol, in node: NodeID, _ why: String, _ context: inout RuleContext
    ) {
        let tree = context.tree
        guard let first = tree.value(one, in: node), let second = tree.value(other, in: node) else { return }
        report(one, tree[first].span, other, tree[second].span, why, &context)
    }

    private static func report(
        _ key: Symbol, _ span: Span, _ other: Symbol, _ otherSpan: Span, _ why: String, _ context: inout RuleContext
    ) {
        let tree = context.tree
        context.report(
            .conflictingKeys, "`\(tree.text(key))` and `\(tree.text(other))` exclude each other",
            at: span, "`\(tree.text(key))` is stated here",
            also: [context.label(otherSpan, "and `\(tree.text(other))` here")],
            why: why + ": Compose refuses both together", help: ["keep one of the two"])
    }
}

/// Limits that a service itself and its `deploy` can state: Compose wants them equal, unless the
/// service's is 0 or `deploy` has no such limits at all.
extension ConflictingKeys {
    fileprivate static func checkDeployedLimits(
        _ body: NodeID, _ tree: Tree, _ keys: ComposeKeys, _ context: inout RuleContext
    ) {
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
