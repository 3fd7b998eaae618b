import Diagnostics
import Inspection
import SourceText
import YAMLSyntax

/// BP517: a container that has the memory or a disk of the host, or any device.
enum HostDevice: Rule {
    static let code = Code.hostDevice
    static let summary = """
        Services with a device that is the memory or a disk of the host (`/dev/mem`, `/dev/sda`, `/dev/nvme0n1`), with all \
        of `/dev`, or with a rule in `device_cgroup_rules` for every device (`a *:* rwm`). What `privileged` grants anyway \
        is told by `privileged` alone.
        """
    static let rationale =
        "Whoever reads a disk or the memory past the system reads every file and every password on it."

    private static let memory: Set<String> = ["mem", "kmem", "port", "kcore"]
    /// How the names of disks begin; a letter or digit follows: `sda1`, `nvme0n1`.
    private static let disks = ["sd", "hd", "vd", "xvd", "nvme", "mmcblk", "dm-", "md", "loop"]
    /// The folders of `/dev` that hold names of disks.
    private static let diskFolders: Set<String> = ["mapper", "disk", "block"]

    static func check(_ context: inout RuleContext) {
        let tree = context.tree
        let (devices, rules) = (tree.symbols.find("devices"), tree.symbols.find("device_cgroup_rules"))
        for fragment in context.fragments {
            var found: [(node: NodeID, name: String, what: String)] = []
            for item in devices.flatMap({ tree.value($0, in: fragment.body) }).map({ tree.items($0) }) ?? [] {
                let source = tree.value(context.compose.source, in: item) ?? item
                guard let text = tree.settledText(source) else { continue }
                // Without the place in the container and the permissions.
                let path = WorkspacePath.clean(String(text.prefix { $0 != ":" }))
                guard let what = meaning(of: path) else { continue }
                found.append((source, path, what))
            }
            for item in rules.flatMap({ tree.value($0, in: fragment.body) }).map({ tree.items($0) }) ?? [] {
                guard let text = tree.settledText(item), let what = allowed(by: text) else { continue }
                found.append((item, text, what))
            }
            guard let first = found.first, !Privileged.isPrivileged(fragment.body, tree), !context.countsOnly(code)
            else { continue }
            context.report(
                code, "this container has \(fewOf(found.map { "`\($0.name)`" })) of the host",
                at: tree[first.node].span, first.what,
                also: found.dropFirst().prefix(8).map { context.label(tree[$0.node].span, $0.what) },
                why: rationale,
                help: [
                    "name the one device that it needs, such as `/dev/dri` or `/dev/ttyUSB0`; mount files as a volume",
                    "if it must: `# bayplan: allow(\(code.name)) <reason>` on this line",
                ])
        }
    }

    /// What a device is, if it is one that leads to all others.
    private static func meaning(of path: String) -> String? {
        if path == "/dev" { return "every device" }
        guard path.hasPrefix("/dev/") else { return nil }
        let name = String(path.dropFirst(5))
        if memory.contains(name) { return "the host's memory" }
        let first = String(name.prefix { $0 != "/" })
        if diskFolders.contains(first) { return "a disk of the host" }
        guard let start = disks.first(where: first.hasPrefix) else { return nil }
        let rest = Array(first.utf8.dropFirst(start.utf8.count))
        // `sda` and `sda1`, `dm-0`, `nvme0n1`; `loop-control` and `nvme-fabrics` are none.
        let isDisk =
            start.utf8.count <= 3 && start.utf8.last == UInt8(ascii: "d")
            ? (rest.first.map { (0x61...0x7A).contains($0) || start == "md" } ?? false) && rest.count <= 5
            : rest.first.map { (0x30...0x39).contains($0) } ?? false
        return isDisk ? "a disk of the host" : nil
    }

    /// What a rule of the kernel such as `c 1:3 rwm` allows, if that is more than one kind of device.
    private static func allowed(by rule: String) -> String? {
        let words = rule.split { $0 == " " || $0 == "\t" }
        guard let kind = words.first else { return nil }
        if kind == "a" { return "every device" }
        guard words.count > 1, words[1].hasPrefix("*") else { return nil }
        return kind == "b" ? "every disk" : kind == "c" ? "every device that is no disk" : nil
    }
}
