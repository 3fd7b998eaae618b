import ComposeSpec
import YAMLSyntax

/// Finds what other values say of containers and of the host's ports: `postgres://shop-postgres:5432`,
/// `http://localhost:8100`. An instance's containers and ports are others.
struct NamesInValues {
    private var containers: Set<String> = []
    private var ports: Set<String> = []

    private static let hosts: Set<String> = ["localhost", "127.0.0.1", "0.0.0.0", "host.docker.internal"]

    init(_ resolution: Resolution, _ variant: Variant) {
        let tree = resolution.manifest.tree
        for project in variant.projects {
            let services = Set(project.services.map(\.name.symbol))
            for service in project.services {
                // A name that is a service's as well is found as that, in each instance the right one.
                if let name = service.containerName.symbol, !services.contains(name) {
                    containers.insert(tree.text(name))
                }
                for port in resolution.ports(of: service.body) {
                    guard case .moves? = PortMove(port), let published = port.published else { continue }
                    ports.insert(String(decoding: published, as: UTF8.self))
                }
            }
        }
    }

    /// The scalars of a value that say one, each with what it says first.
    func mentioned(in value: NodeID, _ tree: Tree) -> [(node: NodeID, text: String)] {
        if containers.isEmpty, ports.isEmpty { return [] }
        var found: [(NodeID, String)] = []
        collect(value, tree, &found)
        return found
    }

    private func collect(_ node: NodeID, _ tree: Tree, _ found: inout [(NodeID, String)]) {
        switch tree[node].kind {
        case .mapping: for entry in tree.entries(node) { collect(entry.value, tree, &found) }
        case .sequence: for item in tree.items(node) { collect(item, tree, &found) }
        case .scalar: if let text = mentioned(in: tree.bytes(node)) { found.append((node, text)) }
        }
    }

    /// Words are of letters, digits, dots, hyphens and underlines; a host and its port are two.
    private func mentioned(in text: ArraySlice<UInt8>) -> String? {
        var host = ""
        var index = text.startIndex
        while index < text.endIndex {
            guard Self.isOfWord(text[index]) else {
                if text[index] != UInt8(ascii: ":") { host = "" }
                index += 1
                continue
            }
            let start = index
            while index < text.endIndex, Self.isOfWord(text[index]) { index += 1 }
            let word = String(decoding: text[start..<index], as: UTF8.self)
            if containers.contains(word) { return word }
            if Self.hosts.contains(host), ports.contains(word) { return host + ":" + word }
            host = word
        }
        return nil
    }

    private static func isOfWord(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte) || (0x41...0x5A).contains(byte) || (0x30...0x39).contains(byte)
            || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
    }
}
