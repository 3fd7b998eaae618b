import Diagnostics
import Inspection
import SourceText
import YAMLSyntax

/// BP511: a container that is not apart from the host in something that containers are made to be apart in.
enum HostNamespace: Rule {
    static let code = Code.hostNamespace
    static let summary = """
        Services whose `network_mode`, `pid`, `ipc`, `uts`, `userns_mode` or `cgroup` is `host`, and networks of a project \
        that are the host's.
        """
    static let rationale =
        "Such a container sees and reaches what the others are kept from: whoever takes it over does, too."

    private struct Namespace {
        let key: String
        let shares: String
        let why: String
        let help: String
    }

    private static let namespaces = [
        Namespace(
            key: "network_mode", shares: "network",
            why: "it reaches what listens on 127.0.0.1 of the host, and all its own ports are open there",
            help: "remove `network_mode: host`, and publish under `ports` what others are to reach"),
        Namespace(
            key: "pid", shares: "processes", why: "it sees the processes of the host, and may end or read them",
            help: "remove `pid: host`; `pid: service:<name>` shares those of one other service"),
        Namespace(
            key: "ipc", shares: "shared memory", why: "it reads and writes the memory that programs of the host share",
            help: "remove `ipc: host`; `shm_size` gives it more memory of its own to share"),
        Namespace(
            key: "uts", shares: "host name", why: "it can give the host another name",
            help: "remove `uts: host`; `hostname` gives it a name of its own"),
        Namespace(
            key: "userns_mode", shares: "users", why: "its root is root of the host, although the engine maps users",
            help: "remove `userns_mode: host`"),
        Namespace(
            key: "cgroup", shares: "control groups", why: "it sees the control groups of the host",
            help: "remove `cgroup: host`, or write `cgroup: private`"),
    ]

    static func check(_ context: inout RuleContext) {
        let tree = context.tree
        // A word that stands nowhere in the manifest is no key.
        let known = namespaces.compactMap { namespace in tree.symbols.find(namespace.key).map { ($0, namespace) } }
        for fragment in context.fragments {
            var found: [(value: NodeID, namespace: Namespace)] = []
            for (symbol, namespace) in known {
                guard let value = tree.value(symbol, in: fragment.body), tree.says("host", value) else { continue }
                found.append((value, namespace))
            }
            found.sort { tree[$0.value].span.start < tree[$1.value].span.start }
            guard let first = found.first, !context.countsOnly(code) else { continue }
            let shared = found.map(\.namespace.shares)
            let list =
                shared.dropLast().joined(separator: ", ") + (shared.count > 1 ? " and " : "") + (shared.last ?? "")
            context.report(
                code, "this container shares the host's \(list)", at: tree[first.value].span,
                "not apart from the host",
                also: found.dropFirst().map { context.label(tree[$0.value].span, "nor here") },
                why: first.namespace.why, help: found.map(\.namespace.help) + [Self.exception])
        }
        guard let externalKey = tree.symbols.find("external") else { return }
        for section in context.manifest.writtenSections where section.key == "networks" {
            for (key, network) in tree.entries(section.value) {
                guard let external = tree.value(externalKey, in: network), tree.says("true", external) else { continue }
                let name = tree.value("name", in: network) ?? key
                guard tree.says("host", name), !context.countsOnly(code) else { continue }
                context.report(
                    code, "the containers in this network share the host's network", at: tree[name].span,
                    "the network `host` is the host's own", why: namespaces[0].why,
                    help: ["let Compose make a network: remove `external`, and the name", exception])
            }
        }
    }

    private static let exception = "if it must: `# bayplan: allow(\(code.name)) <reason>` on this line"
}
