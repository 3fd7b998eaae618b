import Diagnostics
import Inspection
import SourceText
import YAMLSyntax

/// BP512: a container that sees, or changes, what makes the host what it is.
enum HostPathMounted: Rule {
    static let code = Code.hostPathMounted
    static let summary = """
        Services, and volumes with `o: bind`, that mount a folder of the host's own system: `/`, `/etc`, `/proc`, `/sys`, \
        `/boot`, `/dev`, `/root`, `/run`, `/var/run`, `/var/lib/docker`, or a folder that holds one of these; secrets and \
        configs that are such a file, as `/etc/shadow`; and mounts with `shared` or `slave` propagation.
        """
    static let rationale =
        "What is in these folders decides who may do what on the host; a container that can write there is root on it."

    static let options = ["paths"]
    static let configuring: String? = """
        `rules: {host-path-mounted: {paths: [/etc, /srv/keys]}}` says which folders no container is to see. The list takes \
        the place of Bayplan's own, and what lies in these folders counts, too.
        """

    private struct Place {
        let path: String
        /// Whether what lies in it counts, too.
        let countsBelow: Bool
        /// Whether reading it does no harm.
        var isHarmlessToRead = false
    }

    /// Places by what is asked of them, so that a path is looked up and not compared with each.
    private struct Places {
        private var byPath: [String: Place] = [:]
        /// The folders that hold places, and those that hold one which it is no harmless thing to read.
        private var holding: Set<String> = []
        private var holdingHarmful: Set<String> = []

        init(_ places: [Place]) {
            for place in places {
                byPath[place.path] = place
                for folder in Places.folders(above: place.path) {
                    holding.insert(folder)
                    if !place.isHarmlessToRead { holdingHarmful.insert(folder) }
                }
            }
        }

        /// Whether a path is a place, holds one, or lies in one of which all counts.
        func concern(_ path: String, isReadOnly: Bool) -> Bool {
            func counts(_ place: Place) -> Bool { !(place.isHarmlessToRead && isReadOnly) }
            if byPath[path].map(counts) ?? false { return true }
            if (isReadOnly ? holdingHarmful : holding).contains(path) { return true }
            return Places.folders(above: path).contains { folder in
                byPath[folder].map { $0.countsBelow && counts($0) } ?? false
            }
        }

        /// `/var` and `/var/lib` for `/var/lib/docker`. No system opens a path of more bytes, and of a path of more parts the
        /// first say enough: their lengths add up.
        private static func folders(above path: String) -> [String] {
            path.utf8.indices.prefix(4096).dropFirst().lazy.filter { path.utf8[$0] == UInt8(ascii: "/") }.prefix(256)
                .map { String(path[..<$0]) }
        }
    }

    private static let places = [
        Place(path: "/", countsBelow: false), Place(path: "/etc", countsBelow: false),
        Place(path: "/proc", countsBelow: true), Place(path: "/sys", countsBelow: false),
        Place(path: "/boot", countsBelow: true), Place(path: "/dev", countsBelow: false),
        Place(path: "/root", countsBelow: true), Place(path: "/run", countsBelow: false),
        Place(path: "/var/run", countsBelow: false), Place(path: "/var/lib/docker", countsBelow: true),
        Place(path: "/var/lib/containerd", countsBelow: true), Place(path: "/var/lib/containers", countsBelow: true),
        Place(path: "/var/lib/kubelet", countsBelow: true),
        // In folders of which most is harmless, what is not.
        Place(path: "/etc/shadow", countsBelow: false), Place(path: "/etc/gshadow", countsBelow: false),
        Place(path: "/etc/sudoers", countsBelow: false), Place(path: "/etc/sudoers.d", countsBelow: true),
        Place(path: "/etc/ssh", countsBelow: true), Place(path: "/etc/pam.d", countsBelow: true),
        Place(path: "/etc/systemd", countsBelow: true), Place(path: "/etc/cron.d", countsBelow: true),
        Place(path: "/etc/crontab", countsBelow: false), Place(path: "/etc/docker", countsBelow: true),
        Place(path: "/etc/kubernetes", countsBelow: true), Place(path: "/etc/ld.so.preload", countsBelow: false),
        Place(path: "/etc/passwd", countsBelow: false, isHarmlessToRead: true),
        Place(path: "/etc/group", countsBelow: false, isHarmlessToRead: true),
        Place(path: "/sys/fs/cgroup", countsBelow: true, isHarmlessToRead: true),
        Place(path: "/sys/kernel", countsBelow: true, isHarmlessToRead: true),
        Place(path: "/sys/firmware", countsBelow: true, isHarmlessToRead: true),
    ]

    /// What a mount is told for.
    private struct Finding {
        let node: NodeID
        /// `/etc`, or the word of a propagation.
        let what: String
        let isPropagation: Bool
        let isReadOnly: Bool
    }

    static func check(_ context: inout RuleContext) {
        let (tree, keys) = (context.tree, context.compose)
        let stated = context.settings.values(of: "paths", for: code)
        let places = Places(
            stated?.map { Place(path: WorkspacePath.clean($0), countsBelow: true) } ?? Self.places)
        func finding(_ mount: HostMount) -> Finding? { Self.finding(mount, places) }
        for fragment in context.fragments {
            guard let volumes = tree.value(keys.volumes, in: fragment.body) else { continue }
            report(HostMount.all(in: volumes, tree, keys).compactMap(finding), "this container", &context)
        }
        for volume in context.manifest.writtenVolumes {
            report([HostMount.bound(by: volume, tree).flatMap(finding)].compactMap { $0 }, "this volume", &context)
        }
        for section in context.manifest.writtenSections where section.key == "secrets" || section.key == "configs" {
            for (_, entry) in tree.entries(section.value) {
                guard let mount = HostMount.file(of: entry, tree) else { continue }
                report([finding(mount)].compactMap { $0 }, "this \(section.key.dropLast())", &context)
            }
        }
    }

    private static func finding(_ mount: HostMount, _ places: Places) -> Finding? {
        if let path = mount.path, isSensitive(path, mount.isReadOnly, places) {
            return Finding(node: mount.node, what: path, isPropagation: false, isReadOnly: mount.isReadOnly)
        }
        guard let word = mount.propagation else { return nil }
        return Finding(node: mount.node, what: word, isPropagation: true, isReadOnly: mount.isReadOnly)
    }

    private static func isSensitive(_ path: String, _ isReadOnly: Bool, _ places: Places) -> Bool {
        guard path.utf8.first == UInt8(ascii: "/") else { return false }
        // Collectors of logs read them there, and nowhere else.
        if isReadOnly, path == "/var/lib/docker/containers" { return false }
        return places.concern(path, isReadOnly: isReadOnly)
    }

    private static func report(_ findings: [Finding], _ subject: String, _ context: inout RuleContext) {
        guard let first = findings.first, !context.countsOnly(code) else { return }
        let tree = context.tree
        var seen: Set<String> = []
        let paths = findings.filter { !$0.isPropagation && seen.insert($0.what).inserted }.map { "`\($0.what)`" }
        let isWritable = findings.contains { !$0.isPropagation && !$0.isReadOnly }
        let also = findings.dropFirst().prefix(8).map { context.label(tree[$0.node].span, "and this") }
        if paths.isEmpty {
            let isShared = first.what.hasSuffix("shared")
            context.report(
                code,
                isShared
                    ? "\(subject) and the host see each other's mounts"
                    : "\(subject) sees what is mounted on the host", at: tree[first.node].span,
                "`\(first.what)`", also: also,
                why: isShared
                    ? "what is mounted in the container appears on the host, and the other way round"
                    : "what is later mounted on the host appears in the container, too",
                help: ["remove `\(first.what)`: without it a mount keeps to itself"])
            return
        }
        context.report(
            code, "\(subject) mounts \(fewOf(paths)) of the host", at: tree[first.node].span,
            first.isPropagation ? "`\(first.what)`" : first.isReadOnly ? "to read" : "to write", also: also,
            why: isWritable
                ? "whoever takes over the container can change the host itself, and what starts there"
                : "whoever takes over the container reads what the host keeps there: keys, users, processes",
            help: [
                "mount the one file or folder below that it needs"
                    + (isWritable ? ", and `:ro` where it only reads" : ""),
                "if it is a tool that must: `# bayplan: allow(\(code.name)) <reason>` on this line",
            ])
    }
}
