import ComposeSpec
import Diagnostics
import Inspection
import SourceText
import YAMLSyntax

/// BP229: what else Compose refuses.
enum OtherComposeRule: Rule {
    static let code = Code.otherComposeRule
    static let summary = """
        Health checks that begin with none of `CMD`, `CMD-SHELL` and `NONE`, secrets and configurations without a \
        content, watched paths without a target, devices that are both counted and listed, negative counts.
        """
    static let rationale = "Compose refuses the whole file."

    static func check(_ context: inout RuleContext) {
        // Lent on: a copy for each fragment would count references to each array of the tree.
        let (tree, keys) = (context.tree, context.compose)
        for fragment in context.fragments {
            checkHealthcheck(fragment.body, tree, keys, &context)
            checkWatch(fragment.body, tree, keys, &context)
            checkDevices(fragment.body, tree, keys, &context)
            checkCounts(fragment.body, tree, keys, &context)
            checkFiles(fragment.body, tree, keys, &context)
        }
        var seen = NodeSet(for: tree)
        context.resolution.eachSection { key, value in
            let section = tree[key].symbol
            guard section == keys.secrets || section == keys.configs else { return }
            for entry in tree.entries(value) where tree[entry.value].kind == .mapping && seen.insert(entry.value) {
                checkContent(entry.key, entry.value, isSecret: section == keys.secrets, &context)
            }
        }
    }

    private static func checkHealthcheck(
        _ body: NodeID, _ tree: Tree, _ keys: ComposeKeys, _ context: inout RuleContext
    ) {
        guard let check = tree.value(keys.healthcheck, in: body), let test = tree.value(keys.test, in: check),
            let first = tree.items(test).first, let word = tree.settledText(first)
        else { return }
        if ["CMD", "CMD-SHELL", "NONE"].contains(word) { return }
        context.report(
            .otherComposeRule, "a health check in a list begins with how it runs", at: tree[first].span,
            "this is none of `CMD`, `CMD-SHELL` and `NONE`", why: rationale,
            help: ["begin the list with `CMD`, or write the command as one text"])
    }

    private static func checkWatch(
        _ body: NodeID, _ tree: Tree, _ keys: ComposeKeys, _ context: inout RuleContext
    ) {
        guard let develop = tree.value(keys.develop, in: body), let watch = tree.value(keys.watch, in: develop) else {
            return
        }
        for item in tree.items(watch) {
            if let path = tree.value(keys.path, in: item), tree[path].kind == .scalar, tree[path].count == 0 {
                context.report(
                    .otherComposeRule, "a watched path cannot be empty", at: tree[path].span, "this is empty",
                    why: rationale, help: ["name the folder or the file to watch"])
            }
            let target = tree.value(keys.target, in: item)
            guard let action = tree.value(keys.action, in: item), tree.bytes(action).starts(with: "sync".utf8),
                target.map({ tree[$0].kind == .scalar && tree[$0].count == 0 }) ?? true
            else { continue }
            context.report(
                .otherComposeRule, "`\(tree.text(action))` lacks a target", at: tree[action].span,
                "files are copied into the container", why: rationale,
                help: [
                    target == nil
                        ? "add `target:`, the path in the container" : "write the path in the container as `target`"
                ])
        }
    }

    private static func checkDevices(
        _ body: NodeID, _ tree: Tree, _ keys: ComposeKeys, _ context: inout RuleContext
    ) {
        var devices = tree.value(keys.gpus, in: body).map { Array(tree.items($0)) } ?? []
        if let deploy = tree.value(keys.deploy, in: body), let resources = tree.value(keys.resources, in: deploy),
            let reservations = tree.value(keys.reservations, in: resources),
            let listed = tree.value(keys.devices, in: reservations)
        {
            devices += tree.items(listed)
        }
        for device in devices {
            guard let count = tree.value(keys.count, in: device), let listed = tree.value(keys.deviceIDs, in: device)
            else { continue }
            context.report(
                .conflictingKeys, "`count` and `device_ids` exclude each other", at: tree[count].span,
                "devices are counted here", also: [context.label(tree[listed].span, "and listed here")], why: rationale,
                help: ["keep one of the two"])
        }
    }

    private static func checkCounts(
        _ body: NodeID, _ tree: Tree, _ keys: ComposeKeys, _ context: inout RuleContext
    ) {
        var counts: [(Symbol, NodeID)] = []
        if let check = tree.value(keys.healthcheck, in: body), let value = tree.value(keys.retries, in: check) {
            counts.append((keys.retries, value))
        }
        if let deploy = tree.value(keys.deploy, in: body) {
            if let value = tree.value(keys.replicas, in: deploy) { counts.append((keys.replicas, value)) }
            for (part, key) in [
                (keys.restartPolicy, keys.maxAttempts), (keys.placement, keys.maxReplicasPerNode),
            ] {
                if let holder = tree.value(part, in: deploy), let value = tree.value(key, in: holder) {
                    counts.append((key, value))
                }
            }
            for part in [keys.updateConfig, keys.rollbackConfig] {
                if let config = tree.value(part, in: deploy), let value = tree.value(keys.parallelism, in: config) {
                    counts.append((keys.parallelism, value))
                }
            }
        }
        if let value = tree.value(keys.scale, in: body) { counts.append((keys.scale, value)) }
        for (key, value) in counts where tree[value].kind == .scalar && tree.bytes(value).first == UInt8(ascii: "-") {
            context.report(
                .otherComposeRule, "`\(tree.text(key))` cannot be negative", at: tree[value].span,
                "this is below 0", why: rationale, help: ["write 0 or more"])
        }
    }

    /// Files of variables and of labels, whose paths cannot be empty.
    private static func checkFiles(
        _ body: NodeID, _ tree: Tree, _ keys: ComposeKeys, _ context: inout RuleContext
    ) {
        for key in [keys.envFile, keys.labelFile] {
            guard let files = tree.value(key, in: body) else { continue }
            for file in tree[files].kind == .sequence ? Array(tree.items(files)) : [files] {
                // What need not be there may lack a name, too.
                guard tree[file].kind == .scalar || tree.value(keys.required, in: file) == nil,
                    let path = tree[file].kind == .mapping ? tree.value(keys.path, in: file) : file,
                    tree[path].kind == .scalar, tree[path].count == 0, !tree.isNull(path)
                else { continue }
                context.report(
                    .otherComposeRule, "the path of a file in `\(tree.text(key))` cannot be empty", at: tree[path].span,
                    "this is empty", why: rationale, help: ["name the file, or remove the entry"])
            }
        }
    }

    private static func checkContent(
        _ name: NodeID, _ node: NodeID, isSecret: Bool, _ context: inout RuleContext
    ) {
        let (tree, keys) = (context.tree, context.compose)
        let sources = isSecret ? [keys.file, keys.environment] : [keys.file, keys.environment, keys.content]
        let external = tree.value(keys.external, in: node)
        if let external {
            let word = tree.text(external).lowercased()
            if !["false", "no", "n", "off"].contains(word) { return }
        }
        let stated = sources.compactMap { tree.value($0, in: node) }
        if stated.contains(where: { tree[$0].kind == .scalar && (tree[$0].count > 0 || !isSecret) }) { return }
        let noun = isSecret ? "secret" : "configuration"
        context.report(
            .otherComposeRule, "the \(noun) `\(tree.text(name))` has no content", at: tree[name].span,
            "Compose cannot know what it holds", why: rationale,
            help: [
                "state one of \(sources.map { "`\(tree.text($0))`" }.joined(separator: ", ")), or `external: true`"
            ])
    }
}
