import ComposeSpec
import SourceText
import YAMLSyntax

/// Looks through the merged services and sections of a variant.
struct ImmovableSearch {
    private(set) var found: [Immovable] = []
    private let resolution: Resolution
    private let created: CreatedResources
    private let names: NamesInValues
    private let keys: Keys

    /// The symbols of the keys that are read; nil for one that the manifest never says.
    private struct Keys {
        let networkMode, networks, volumes, ipam, config, subnet: Symbol?
        let addresses, values: [Symbol]

        init(_ symbols: SymbolTable) {
            networkMode = symbols.find("network_mode")
            networks = symbols.find("networks")
            volumes = symbols.find("volumes")
            ipam = symbols.find("ipam")
            config = symbols.find("config")
            subnet = symbols.find("subnet")
            addresses = ["ipv4_address", "ipv6_address", "mac_address"].compactMap { symbols.find($0) }
            values = ["environment", "command", "entrypoint", "healthcheck", "extra_hosts"].compactMap {
                symbols.find($0)
            }
        }
    }

    init(_ resolution: Resolution, _ variant: Variant) {
        self.resolution = resolution
        created = resolution.createdResources(in: variant)
        names = NamesInValues(resolution, variant)
        keys = Keys(resolution.manifest.tree.symbols)
    }

    private var tree: Tree { _read { yield resolution.manifest.tree } }

    mutating func look(into project: ResolvedProject) {
        for service in project.services {
            for (key, value) in tree.entries(service.body) {
                let symbol: Symbol? = tree[key].symbol
                func add(_ kind: Immovable.Kind, _ node: NodeID, _ text: String) {
                    found.append(
                        Immovable(
                            kind: kind, project: project.project, service: service.name.symbol, span: tree[node].span,
                            text: text))
                }
                if symbol == resolution.portKeys.ports {
                    for port in resolution.ports(of: service.body) {
                        guard let move = PortMove(port) else { continue }
                        switch move {
                        case .moves: break
                        case .isRange: add(.range, port.item, port.hostText)
                        case .isVariable: add(.variable, port.item, port.hostText)
                        }
                    }
                } else if symbol == keys.networkMode {
                    if tree.text(value) == "host" { add(.host, value, "host") }
                } else if symbol == keys.networks {
                    for network in tree.entries(value) {
                        for address in keys.addresses {
                            if let node = tree.value(address, in: network.value) {
                                add(.address, node, tree.text(node))
                            }
                        }
                    }
                } else if symbol == keys.volumes {
                    for item in tree.items(value) {
                        if let (node, path) = writtenFolder(item) { add(.folder, node, path) }
                    }
                } else if let symbol, keys.values.contains(symbol) {
                    for (node, text) in names.mentioned(in: value, tree) { add(.value, node, text) }
                }
            }
        }
        lookIntoSections(of: project)
    }

    private mutating func lookIntoSections(of project: ResolvedProject) {
        var external: [(NodeID, String)] = []
        let (resolution, created) = (resolution, created)
        resolution.eachResource(of: project.sections) { section, resource in
            guard resource.isExternal else { return }
            let name = resource.name(in: "", resolution.manifest.tree)
            if created.creator(of: name, section: section) == nil { external.append((resource.key, name)) }
        }
        func add(_ kind: Immovable.Kind, _ node: NodeID, _ text: String) {
            found.append(
                Immovable(kind: kind, project: project.project, service: nil, span: tree[node].span, text: text))
        }
        for (node, name) in external { add(.external, node, name) }
        guard let ipam = keys.ipam, let config = keys.config, let subnet = keys.subnet else { return }
        for (key, value) in project.sections where tree[key].symbol == keys.networks {
            for network in tree.entries(value) {
                guard let pools = tree.value(ipam, in: network.value).flatMap({ tree.value(config, in: $0) }) else {
                    continue
                }
                for pool in tree.items(pools) {
                    if let node = tree.value(subnet, in: pool) { add(.subnet, node, tree.text(node)) }
                }
            }
        }
    }

    /// A folder of the host, outside the project, that a service can write to; sockets and devices are made to be shared.
    private func writtenFolder(_ item: NodeID) -> (node: NodeID, path: String)? {
        guard let mount = ServiceMount(item, resolution.mountKeys, of: tree), mount.kind == .bind, !mount.isReadOnly,
            let source = mount.source
        else { return nil }
        let bytes = tree.bytes(source.node)
        let path = bytes[(bytes.startIndex + source.range.lowerBound)..<(bytes.startIndex + source.range.upperBound)]
        guard let first = path.first, first == UInt8(ascii: "/") || first == UInt8(ascii: "~") else { return nil }
        let isSystem = ["/var/run/", "/run/", "/dev/", "/proc/", "/sys/", "/etc/"].contains {
            path.starts(with: $0.utf8)
        }
        return isSystem ? nil : (source.node, String(decoding: path, as: UTF8.self))
    }
}
