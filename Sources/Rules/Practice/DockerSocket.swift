import Diagnostics
import Inspection
import SourceText
import YAMLSyntax

/// BP506: a container that commands the engine.
enum DockerSocket: Rule {
    static let code = Code.dockerSocket
    static let summary = """
        Services that mount the socket of an engine (Docker, Podman, containerd, CRI-O, BuildKit) or a folder that holds \
        one, such as `/run`, and services with `use_api_socket`. A service whose image is a socket proxy is left alone.
        """
    static let rationale = "Whoever can write to the socket can start a privileged container: it is root on the host."

    /// The sockets by their names, and whom they lead to.
    private static let sockets = [
        "docker.sock": "the Docker engine", "docker.raw.sock": "the Docker engine", "podman.sock": "Podman",
        "containerd.sock": "containerd", "crio.sock": "CRI-O", "cri-dockerd.sock": "the Docker engine",
        "dockershim.sock": "the Docker engine", "buildkitd.sock": "BuildKit",
    ]
    /// The folders of sockets below `/run`.
    private static let folders: Set<String> = [
        "docker", "podman", "containerd", "crio", "k3s", "k3s/containerd", "user",
    ]

    static func check(_ context: inout RuleContext) {
        let (tree, keys) = (context.tree, context.compose)
        let socket = tree.symbols.find("use_api_socket")
        for fragment in context.fragments {
            if let volumes = tree.value(keys.volumes, in: fragment.body) {
                for mount in HostMount.all(in: volumes, tree, keys) {
                    guard let found = found(mount), !isProxy(fragment, context) else { continue }
                    report(found, at: tree[mount.node].span, &context)
                }
            }
            if let socket, let value = tree.value(socket, in: fragment.body), tree.says("true", value) {
                report(
                    ("the Docker engine", "the engine's socket, and who is logged in"), at: tree[value].span, &context)
            }
        }
        for volume in context.manifest.writtenVolumes {
            guard let mount = HostMount.bound(by: volume, tree), let found = found(mount) else { continue }
            report(found, at: tree[mount.node].span, &context)
        }
    }

    /// Whom a mount commands, and what it is; nil for one that is no socket.
    private static func found(_ mount: HostMount) -> (engine: String, label: String)? {
        guard let path = mount.path else {
            // Where a variable says which socket, the place in the container tells that it is one.
            return engine(of: mount.target).map { ($0, "the engine's socket, wherever it is") }
        }
        if let engine = engine(of: path) { return (engine, "the engine's socket") }
        return holdsSocket(path) ? ("the engine", "this folder holds the engine's socket") : nil
    }

    private static func engine(of path: String) -> String? {
        guard path.utf8.last == UInt8(ascii: "k") else { return nil }
        return sockets[WorkspacePath.folderAndName(of: path).name]
    }

    private static func holdsSocket(_ path: String) -> Bool {
        if path == "/run" || path == "/var/run" { return true }
        let parts = path.utf8.split(separator: UInt8(ascii: "/")).map { String($0) ?? "" }
        let below = parts.first == "var" ? parts.dropFirst() : parts[...]
        guard below.first == "run", path.utf8.first == UInt8(ascii: "/") else {
            // Docker Desktop and rootless engines keep theirs in the user's folder.
            return path.utf8.first == UInt8(ascii: "~") && parts.suffix(2) == [".docker", "run"]
        }
        let rest = below.dropFirst()
        if folders.contains(rest.joined(separator: "/")) { return true }
        guard rest.first == "user", rest.count <= 3 else { return false }
        return rest.count == 2 || ["docker", "podman", "containerd"].contains(rest.last)
    }

    /// Whether a service is what its warning would advise: a proxy that lets through only what is needed.
    private static func isProxy(_ fragment: ServiceFragment, _ context: RuleContext) -> Bool {
        guard let name = fragment.imageName, let image = context.manifest.imageIndex[name.symbol],
            let pull = context.manifest.images[image].pull
        else { return false }
        let mark = Array("socket-proxy".utf8)
        let bytes = Array(pull.value.utf8)
        return bytes.indices.contains { bytes[$0...].starts(with: mark) }
    }

    private static func report(_ found: (engine: String, label: String), at span: Span, _ context: inout RuleContext) {
        if context.countsOnly(code) { return }
        context.report(
            code, "this container commands \(found.engine)", at: span, found.label,
            why: "whoever can write to it can start a privileged container, and so is root on the host",
            help: [
                "put a socket proxy between that allows only what is needed",
                "if it is a tool that must: `# bayplan: allow(\(code.name)) <reason>` on this line",
            ])
    }
}
