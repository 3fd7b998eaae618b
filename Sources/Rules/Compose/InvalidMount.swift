import ComposeSpec
import Diagnostics
import Inspection
import SourceText
import YAMLSyntax

/// BP225: a mount that Compose refuses; the short form's texts are told by the table's grammar.
enum InvalidMount: Rule {
    static let code = Code.invalidMount
    static let summary = "Mounts without a target, bind mounts without a source, and two mounts on one path."
    static let rationale = "Compose refuses the whole file, or Docker the container when it is made."

    static func check(_ context: inout RuleContext) {
        let (tree, keys) = (context.tree, context.compose)
        for fragment in context.fragments {
            guard let volumes = tree.value(keys.volumes, in: fragment.body) else { continue }
            for item in tree.items(volumes) where tree[item].kind == .mapping { checkLong(item, &context) }
        }
        for variant in context.resolution.variants {
            for project in variant.projects {
                for service in project.services { checkTargets(service.body, tree, keys, &context) }
            }
        }
    }

    private static func checkLong(_ item: NodeID, _ context: inout RuleContext) {
        let (tree, keys) = (context.tree, context.compose)
        let target = tree.value(keys.target, in: item)
        if target.map({ tree[$0].kind == .scalar && tree[$0].count == 0 }) ?? true {
            context.report(
                .invalidMount, "this mount lacks `target`", at: tree[target ?? item].span,
                "the path in the container is missing", why: rationale,
                help: ["add `target:`, an absolute path in the container"])
        }
        guard let type = tree.value(keys.type, in: item), tree.text(type) == "bind" else { return }
        let source = tree.value(keys.source, in: item)
        if source.map({ tree[$0].kind == .scalar && tree[$0].count == 0 }) ?? true {
            context.report(
                .invalidMount, "this bind mount lacks `source`", at: tree[source ?? item].span,
                "the folder of the host is missing", why: rationale,
                help: ["add `source:`, a path such as `./data`", "or mount a volume: `type: volume`"])
        }
    }

    /// Volumes meet by their target when layers are merged; a path of `tmpfs` meets nothing, and equal texts are one.
    private static func checkTargets(
        _ body: NodeID, _ tree: Tree, _ keys: ComposeKeys, _ context: inout RuleContext
    ) {
        guard let tmpfs = tree.value(keys.tmpfs, in: body) else { return }
        var places: [[UInt8]: NodeID] = [:]
        for item in tree[tmpfs].kind == .scalar ? [tmpfs] : Array(tree.items(tmpfs)) where tree[item].kind == .scalar {
            let path = Array(tree.bytes(item).prefix { $0 != UInt8(ascii: ":") })
            if let other = places[path], !tree.bytes(other).elementsEqual(tree.bytes(item)) {
                report(path, item, other, &context)
            } else {
                places[path] = item
            }
        }
        guard let volumes = tree.value(keys.volumes, in: body) else { return }
        for item in tree.items(volumes) {
            guard let mount = ServiceMount(item, context.resolution.mountKeys, of: tree) else { continue }
            // Compose tidies the targets of volumes, and no others.
            var path: [UInt8] = []
            appendCleanPath(mount.target, to: &path)
            if !path.isEmpty, let other = places[path] { report(path, item, other, &context) }
        }
    }

    private static func report(_ path: [UInt8], _ item: NodeID, _ other: NodeID, _ context: inout RuleContext) {
        let tree = context.tree
        context.report(
            .invalidMount, "two mounts share the path `\(String(decoding: path, as: UTF8.self))`",
            at: tree[item].span, "mounted here", also: [context.label(tree[other].span, "and kept in memory here")],
            why: "newer versions of Compose refuse a path that is mounted twice", help: ["keep one of the two"])
    }
}
