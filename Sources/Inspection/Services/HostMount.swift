import ComposeSpec
import SourceText
import StrategyManifest
import YAMLSyntax

/// A folder or file of the host that a container sees, in whatever form it is said: a short or long mount of a service, or
/// a volume whose driver binds a folder (`driver_opts: {type: none, o: bind, device: /srv}`).
package struct HostMount {
    /// The scalar that names the folder: a whole short mount, or the long form's source.
    package let node: NodeID
    /// The folder without needless slashes and `..`, while no variable is set; nil where a variable without a default
    /// names it.
    package let path: String?
    /// Where the container sees it; empty for a volume.
    package let target: String
    package let isReadOnly: Bool
    /// `shared`, `rslave` and the like; nil for a mount that keeps to itself.
    package let propagation: String?

    /// The mounts of the host in the `volumes` of a service.
    package static func all(in volumes: NodeID, _ tree: Tree, _ keys: ComposeKeys) -> [HostMount] {
        tree.items(volumes).compactMap { item in
            tree[item].kind == .mapping ? long(item, tree, keys) : mayBind(item, tree) ? short(item, tree) : nil
        }
    }

    /// What a volume's driver binds; nil for any other volume.
    package static func bound(by volume: NodeID, _ tree: Tree) -> HostMount? {
        guard let options = tree.value("driver_opts", in: volume), let device = tree.value("device", in: options),
            tree[device].kind == .scalar, let mode = tree.value("o", in: options),
            let words = tree.settledText(mode)?.split(separator: ","), words.contains("bind") || words.contains("rbind")
        else { return nil }
        return HostMount(
            node: device, path: tree.settledText(device).map(WorkspacePath.clean), target: "",
            isReadOnly: words.contains("ro"), propagation: words.map(String.init).first(where: isPropagation))
    }

    /// The file of the host, from its root, that a secret or a configuration holds; nil where something else makes it.
    package static func file(of resource: NodeID, _ tree: Tree) -> HostMount? {
        guard let file = tree.value("file", in: resource), let path = tree.settledText(file),
            path.utf8.first == UInt8(ascii: "/")
        else { return nil }
        return HostMount(node: file, path: WorkspacePath.clean(path), target: "", isReadOnly: true, propagation: nil)
    }

    private static func isPropagation(_ word: String) -> Bool {
        ["shared", "rshared", "slave", "rslave"].contains(word)
    }

    /// Whether a short mount may be one of the host; nearly all others name a volume.
    private static func mayBind(_ item: NodeID, _ tree: Tree) -> Bool {
        tree.withBytes(item) { text in
            switch text.first {
            case UInt8(ascii: "/"), UInt8(ascii: "~"), UInt8(ascii: "$"): true
            // A folder of the project's own is told for how it is mounted alone.
            case UInt8(ascii: "."): mayPropagate(text)
            default: false
            }
        }
    }

    /// Whether what stands behind the last colon may name a propagation: `shared`, `rslave,ro`.
    private static func mayPropagate(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let colon = text.lastIndex(of: UInt8(ascii: ":")) else { return false }
        let options = text[colon...]
        return zip(options, options.dropFirst()).contains {
            $0 == UInt8(ascii: "s") && ($1 == UInt8(ascii: "h") || $1 == UInt8(ascii: "l"))
        }
    }

    private static func short(_ item: NodeID, _ tree: Tree) -> HostMount? {
        // A variable's default may hold the colon, too.
        let settled = tree.settledText(item)
        let text = Array((settled ?? tree.text(item)).utf8)
        guard case .success(let mount) = text.withUnsafeBufferPointer({ ShortMount.parse($0) }),
            let source = mount.source
        else { return nil }
        let hasVariable = settled == nil && text[source].contains(UInt8(ascii: "$"))
        guard mount.isBind || hasVariable else { return nil }
        let options = text[mount.target.upperBound...].dropFirst().split(separator: UInt8(ascii: ","))
        return HostMount(
            node: item, path: hasVariable ? nil : WorkspacePath.clean(String(decoding: text[source], as: UTF8.self)),
            target: String(decoding: text[mount.target], as: UTF8.self), isReadOnly: mount.isReadOnly,
            propagation: options.map { String(decoding: $0, as: UTF8.self) }.first(where: isPropagation))
    }

    private static func long(_ item: NodeID, _ tree: Tree, _ keys: ComposeKeys) -> HostMount? {
        guard let source = tree.value(keys.source, in: item), tree[source].kind == .scalar,
            let type = tree.value(keys.type, in: item), tree.says("bind", type)
        else { return nil }
        let propagation = tree.value("bind", in: item).flatMap { tree.value("propagation", in: $0) }
        return HostMount(
            node: source, path: tree.settledText(source).map(WorkspacePath.clean),
            target: tree.value(keys.target, in: item).flatMap(tree.settledText) ?? "",
            isReadOnly: tree.value("read_only", in: item).map { tree.says("true", $0) } ?? false,
            propagation: propagation.flatMap(tree.settledText).flatMap { isPropagation($0) ? $0 : nil })
    }
}

extension Manifest {
    /// Every volume that a project or an environment declares, by the value under its name.
    package var writtenVolumes: [NodeID] {
        // Without the word nowhere in the manifest a volume binds nothing.
        guard tree.symbols.find("driver_opts") != nil else { return [] }
        return writtenSections.filter { $0.key == "volumes" }.flatMap { section in
            tree.entries(section.value).map(\.value)
        }
    }
}
