import ComposeSpec
import SourceText
import YAMLSyntax

/// Makes of a merged service what `docker stack deploy` accepts, and notes each difference at its place.
///
/// The keys are those of the schema that the Docker command carries (`cli/compose/schema/data`, 3.13), without those
/// that it names as ignored (`cli/compose/types`, `UnsupportedProperties` and `DeprecatedProperties`).
struct SwarmService {
    private static let known: Set<String> = [
        "image", "cap_add", "cap_drop", "command", "configs", "credential_spec", "depends_on", "deploy", "dns",
        "dns_search", "entrypoint", "env_file", "environment", "extra_hosts", "healthcheck", "hostname", "init",
        "isolation", "labels", "logging", "networks", "ports", "read_only", "secrets", "stdin_open",
        "stop_grace_period", "stop_signal", "sysctls", "tmpfs", "tty", "ulimits", "user", "volumes", "working_dir",
    ]
    private static let attachment: Set<String> = ["aliases", "ipv4_address", "ipv6_address"]
    private static let port: Set<String> = ["mode", "target", "published", "protocol"]
    private static let mount: Set<String> = [
        "type", "source", "target", "read_only", "consistency", "bind", "volume", "tmpfs",
    ]
    private static let mountOptions = ["bind": ["propagation"], "volume": ["nocopy"], "tmpfs": ["size"]]

    private typealias Entry = (key: NodeID, value: NodeID)

    private var tree: Tree
    private(set) var turns: [SwarmTurn] = []
    /// What else stands in `deploy`, by its path.
    private var deploy: [(path: [String], value: NodeID)] = []

    private let portKeys: PortMapping.Keys

    init(_ tree: consuming Tree) {
        self.tree = tree
        portKeys = PortMapping.Keys(&self.tree.symbols)
    }

    consuming func finish() -> Tree { tree }

    func text(_ node: NodeID) -> String { tree.text(node) }
    func value(_ key: String, in node: NodeID) -> NodeID? { tree.value(key, in: node) }
    func values(of node: NodeID) -> [NodeID] { tree.entries(node).map(\.value) }

    mutating func refuse(_ what: String, _ reason: String, at node: NodeID) {
        turns.append(SwarmTurn(what: what, effect: .refused(reason), span: tree[node].span))
    }

    /// The service as Swarm runs it.
    mutating func turned(_ body: NodeID) -> NodeID {
        guard tree[body].kind == .mapping else { return body }
        deploy = []
        noteInterpolation(in: body)
        var entries: [Entry] = []
        var stated: Entry?
        for (key, value) in Array(tree.entries(body)) {
            let name = tree.text(key)
            switch name {
            case "deploy": stated = (key, value)
            case "restart": turnRestart(key, value)
            case "scale": move(key, value, to: ["replicas"])
            case "cpus": move(key, value, to: ["resources", "limits", "cpus"])
            case "mem_limit": move(key, value, to: ["resources", "limits", "memory"])
            case "mem_reservation": move(key, value, to: ["resources", "reservations", "memory"])
            case "pids_limit": move(key, value, to: ["resources", "limits", "pids"])
            case "image", "build", "container_name", "profiles", "pull_policy":
                if name == "profiles" || name == "pull_policy" || name == "container_name" { note(key, .leftOut) }
            case _ where name.hasPrefix("x-"): entries.append((key, value))
            case _ where Self.known.contains(name): entries.append((key, turned(name, key, value)))
            default: note(key, .leftOut)
            }
        }
        if let node = deployNode(stated) {
            let key = stated?.key ?? tree.addKey("deploy", at: tree[body].span)
            entries.append((key, node))
        }
        return tree.addMapping(entries, style: .block, at: tree[body].span)
    }

    mutating func note(_ key: NodeID, _ effect: SwarmTurn.Effect) {
        turns.append(SwarmTurn(what: tree.text(key), effect: effect, span: tree[key].span))
    }

    /// Swarm's command puts in `${X}`, `${X:-word}` and `${X:?word}`, and no variable within a word.
    mutating func noteInterpolation(in root: NodeID) {
        let tree = tree
        tree.eachScalar(below: [root]) { node in
            guard tree[node].count > 3, tree.bytes(node).contains(UInt8(ascii: "$")),
                let text = VariableText(tree.text(node)), let fault = text.swarmFault
            else { return }
            refuse(tree.text(node), fault, at: node)
        }
    }

    // MARK: Parts

    private mutating func turned(_ name: String, _ key: NodeID, _ value: NodeID) -> NodeID {
        switch (name, tree[value].kind) {
        case ("depends_on", .mapping):
            note(key, .becomes("a list: Swarm starts services side by side, whatever it says"))
            return tree.addSequence(tree.entries(value).map(\.key), at: tree[value].span)
        case ("env_file", .sequence): return mapItems(value) { $0.turnedFile($1) }
        case ("ports", .sequence): return mapItems(value) { $0.turnedPort($1) }
        case ("volumes", .sequence): return mapItems(value) { $0.turnedMount($1) }
        case ("networks", .mapping):
            return mapValues(value) { this, _, network in this.kept(Self.attachment, of: network) }
        case ("healthcheck", .mapping):
            guard let off = tree.value("disable", in: value), tree.text(off) == "true" else { return value }
            return kept(["disable"], of: value)
        default: return value
        }
    }

    private mutating func mapItems(_ node: NodeID, _ turn: (inout Self, NodeID) -> NodeID?) -> NodeID {
        let items = Array(tree.items(node))
        let turned = items.compactMap { turn(&self, $0) }
        return turned == items ? node : tree.addSequence(turned, style: .block, at: tree[node].span)
    }

    mutating func mapValues(_ node: NodeID, _ turn: (inout Self, NodeID, NodeID) -> NodeID) -> NodeID {
        let entries = Array(tree.entries(node))
        let turned = entries.map { ($0.key, turn(&self, $0.key, $0.value)) }
        let isSame = zip(entries, turned).allSatisfy { $0.value == $1.1 }
        return isSame ? node : tree.addMapping(turned, at: tree[node].span)
    }

    /// A mapping without the keys that Swarm does not know.
    mutating func kept(_ keys: Set<String>, of node: NodeID) -> NodeID {
        guard tree[node].kind == .mapping else { return node }
        let entries = Array(tree.entries(node))
        var kept: [(NodeID, NodeID)] = []
        for (key, value) in entries {
            let name = tree.text(key)
            if keys.contains(name) || name.hasPrefix("x-") { kept.append((key, value)) } else { note(key, .leftOut) }
        }
        return kept.count == entries.count ? node : tree.addMapping(kept, style: .block, at: tree[node].span)
    }

    private mutating func turnedFile(_ item: NodeID) -> NodeID? {
        guard tree[item].kind == .mapping, let path = tree.value("path", in: item) else { return item }
        for (key, _) in tree.entries(item) where tree.text(key) != "path" { note(key, .leftOut) }
        return path
    }

    private mutating func turnedPort(_ item: NodeID) -> NodeID? {
        guard let port = PortMapping(item, portKeys, of: tree) else { return item }
        if port.address != nil { refuseAddress(port.long?.address ?? item) }
        if port.long == nil { return item }
        let short = kept(Self.port.union(["host_ip"]), of: item)
        let entries = tree.entries(short).filter { tree.text($0.key) != "host_ip" }
        let turned = entries.map { key, value in
            let text = tree.text(value)
            let isNumber = !text.isEmpty && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
            if tree.text(key) == "published", !isNumber, !text.utf8.contains(UInt8(ascii: "$")) {
                refuse(text, "Swarm takes one number here", at: value)
            }
            guard isNumber else { return (key, value) }
            return (key, tree.addScalar(text.utf8, at: tree[value].span))
        }
        return tree.addMapping(turned.map { ($0.0, $0.1) }, style: .block, at: tree[item].span)
    }

    private mutating func refuseAddress(_ node: NodeID) {
        refuse(tree.text(node), "Swarm opens the port on all addresses of every node", at: node)
    }

    private mutating func turnedMount(_ item: NodeID) -> NodeID? {
        guard tree[item].kind == .mapping else { return item }
        if let type = tree.value("type", in: item), tree.text(type) == "image" {
            refuse("type: image", "Swarm mounts no images", at: type)
        }
        let short = kept(Self.mount, of: item)
        return mapValues(short) { this, key, value in
            guard let options = Self.mountOptions[this.tree.text(key)] else { return value }
            return this.kept(Set(options), of: value)
        }
    }

    // MARK: deploy

    private mutating func move(_ key: NodeID, _ value: NodeID, to path: [String]) {
        note(key, .becomes("`deploy." + path.joined(separator: ".") + "`"))
        let text = tree.text(value)
        deploy.append(
            (path, path.last == "replicas" || path.last == "pids" ? value : tree.addString(text, at: tree[value].span)))
    }

    private mutating func turnRestart(_ key: NodeID, _ value: NodeID) {
        let text = tree.text(value)
        let span = tree[value].span
        note(key, .becomes("`deploy.restart_policy`"))
        let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
        let condition = ["no": "none", "on-failure": "on-failure"][parts.first ?? ""] ?? "any"
        deploy.append((["restart_policy", "condition"], tree.addString(condition, at: span)))
        if parts.count == 2 {
            deploy.append((["restart_policy", "max_attempts"], tree.addScalar(parts[1].utf8, at: span)))
        }
    }

    /// `deploy` with what came to it; what it states by itself counts.
    private mutating func deployNode(_ stated: Entry?) -> NodeID? {
        guard let stated, tree[stated.value].kind == .mapping else {
            return deploy.isEmpty ? stated?.value : merged(nil, deploy)
        }
        let own = withoutDevices(stated.value)
        return deploy.isEmpty ? own : merged(own, deploy)
    }

    private mutating func withoutDevices(_ node: NodeID) -> NodeID {
        guard let resources = tree.value("resources", in: node),
            let reservations = tree.value("reservations", in: resources),
            tree.value("devices", in: reservations) != nil
        else { return node }
        return mapValues(node) { this, key, value in
            guard this.tree.text(key) == "resources" else { return value }
            return this.mapValues(value) { this, key, value in
                this.tree.text(key) == "reservations"
                    ? this.kept(["cpus", "memory", "generic_resources"], of: value) : value
            }
        }
    }

    private mutating func merged(_ node: NodeID?, _ more: [(path: [String], value: NodeID)]) -> NodeID {
        var entries: [Entry] = node.map { tree.entries($0).map { ($0.key, $0.value) } } ?? []
        let span = node.map { tree[$0].span } ?? more.first.map { tree[$0.value].span } ?? .beginning
        var heads: [String] = []
        for head in more.compactMap(\.path.first) where !heads.contains(head) { heads.append(head) }
        for head in heads {
            let below = more.filter { $0.path.first == head }
            let place = entries.firstIndex { tree.text($0.key) == head }
            if let leaf = below.first, leaf.path.count == 1 {
                if place == nil { entries.append((tree.addKey(head, at: span), leaf.value)) }
                continue
            }
            let inner = below.map { (path: Array($0.path.dropFirst()), value: $0.value) }
            if let place {
                // A policy of its own is whole.
                if head != "restart_policy" { entries[place].value = merged(entries[place].value, inner) }
            } else {
                entries.append((tree.addKey(head, at: span), merged(nil, inner)))
            }
        }
        return tree.addMapping(entries.map { ($0.key, $0.value) }, style: .block, at: span)
    }
}

extension VariableText {
    /// Why Swarm's command does not put in what the text means, as a sentence without its full stop; nil if it does.
    var swarmFault: String? {
        for case .variable(let variable) in pieces {
            if variable.operation == .alternative { return "Swarm does not expand `${NAME:+word}`" }
            for case .variable in variable.word.pieces { return "Swarm does not expand variables in a default" }
        }
        return nil
    }
}
