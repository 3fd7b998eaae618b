import ComposeSpec
import Resolution
import StrategyManifest
import YAMLSyntax

extension Plan {
    /// The plan with names that carry the instance and ports that move, for what Compose, Buildx and the scripts read; the
    /// same plan without `instances`.
    ///
    /// What people read, and what is compared, keeps the names that there are while the variable is unset.
    package var inInstances: Plan {
        guard instances == nil, let variable = manifest.instances?.value, let suffix = manifest.instanceSuffix else {
            return self
        }
        var work = InstanceWork(self, Instances(variable: variable, suffix: suffix))
        return work.plan()
    }
}

/// Makes the plan of a workspace whose checkouts run side by side.
struct InstanceWork {
    private let plain: Plan
    private(set) var instances: Instances
    var resolution: Resolution
    private var portVariables = PortVariables()
    let symbols: InstanceSymbols

    init(_ plan: Plan, _ instances: Instances) {
        plain = plan
        self.instances = instances
        resolution = plan.resolution
        symbols = InstanceSymbols(&resolution.manifest.tree.symbols)
    }

    var suffix: String { instances.suffix }

    mutating func plan() -> Plan {
        var plan = plain
        let (suffix, symbols) = (suffix, symbols)
        resolution.changeBuilds { build, tree in Self.carryTags(of: build, suffix, symbols, &tree) }
        plan.variants = plain.variants.map { carry($0) }
        plan.instances = instances
        plan.resolution = resolution
        plan.carryReferences()
        return plan
    }

    private mutating func carry(_ variant: PlannedVariant) -> PlannedVariant {
        if variant.isSwarm {
            // Swarm's command expands no `${X:+word}`: a stack of another name has names of its own anyway.
            instances.ports.append([])
            return variant
        }
        var carried = variant
        let images = resolution.manifest.images.indices
        carried.references = images.map { image in
            let reference = variant.references[image]
            return resolution.carriesInstance(image, in: variant.index)
                && resolution.variants[variant.index].references[image].digest == nil ? reference + suffix : reference
        }
        let created = resolution.createdResources(in: resolution.variants[variant.index])
        let containers = Set(variant.projects.lazy.flatMap { $0.services.lazy.compactMap(\.containerName) })
        instances.ports.append([])
        for index in carried.projects.indices {
            carried.projects[index].sections = carrySections(of: carried.projects[index], created)
            let project = carried.projects[index].project
            for position in carried.projects[index].services.indices {
                var service = carried.projects[index].services[position]
                service.reference = carried.references[service.image]
                service.body = carryMounts(of: service, variant.index, carried.references)
                service.body = carryContainers(in: service.body, containers)
                let (body, ports) = movePorts(of: service, project: project)
                instances.ports[variant.index] += ports
                service.body = addLabels(ports, to: body)
                if let name = service.containerName {
                    let text = resolution.manifest.tree.text(name) + suffix
                    service.containerName = resolution.manifest.tree.symbols.intern(text)
                }
                carried.projects[index].services[position] = service
            }
        }
        return carried
    }

    /// The body with a variable for each published port.
    private mutating func movePorts(
        of service: PlannedService, project: Int
    ) -> (body: NodeID, ports: [InstancePort]) {
        var ports: [InstancePort] = []
        var ordinals: [String: Int] = [:]
        let items = Array(resolution.ports(of: service.body)).map { port in
            guard case .moves(let number, let target, let transport)? = PortMove(port), let published = port.published
            else { return port.item }
            let container = String(target) + (transport == .tcp ? "" : "/" + transport.rawValue)
            let ordinal = ordinals[container, default: 0]
            ordinals[container] = ordinal + 1
            let moved = InstancePort(
                project: project, service: service.name,
                variable: portVariables.variable(
                    project: project, named: plain.projectName(project), service: service.name,
                    named: resolution.manifest.tree.text(service.name), target: target, transport: transport,
                    ordinal: ordinal),
                published: String(decoding: published, as: UTF8.self), number: number, container: container)
            ports.append(moved)
            return move(port, to: "${\(moved.variable):-\(moved.published)}")
        }
        if ports.isEmpty { return (service.body, []) }
        return (resolution.manifest.tree.setting(resolution.portKeys.ports, to: items, in: service.body), ports)
    }

    /// An item of `ports` with another text in the place of the host's port.
    private mutating func move(_ port: PortMapping, to text: String) -> NodeID {
        if let published = port.long?.published {
            let node = resolution.manifest.tree.addString(text, at: resolution.manifest.tree[published].span)
            return resolution.manifest.tree.replacing(symbols.published, by: node, in: port.item)
        }
        var short = port.address.map { String(decoding: $0, as: UTF8.self) + ":" } ?? ""
        short += text + ":" + String(decoding: port.container, as: UTF8.self)
        if let transport = port.transport { short += "/" + String(decoding: transport, as: UTF8.self) }
        return resolution.manifest.tree.addString(short, at: resolution.manifest.tree[port.item].span)
    }

    /// The body with the labels by which the scripts know the container's instance and its ports.
    private mutating func addLabels(_ ports: [InstancePort], to body: NodeID) -> NodeID {
        let workspace = plain.workspaceName.split(separator: "$", omittingEmptySubsequences: false).joined(
            separator: "$$")
        var labels = [
            ("io.bayplan.workspace", workspace), (Instances.instanceLabel, "${\(instances.variable):-}"),
        ]
        if !ports.isEmpty {
            let values = ports.map { "\($0.variable)=${\($0.variable):-\($0.published)}" }
            labels.append((Instances.portsLabel, values.joined(separator: " ")))
        }
        let stated = resolution.manifest.tree.value(symbols.labels, in: body)
        let span = resolution.manifest.tree[stated ?? body].span
        if let stated, resolution.manifest.tree[stated].kind == .sequence {
            var items = Array(resolution.manifest.tree.items(stated))
            for (name, value) in labels {
                items.append(resolution.manifest.tree.addString(name + "=" + value, at: span))
            }
            return resolution.manifest.tree.setting(symbols.labels, to: items, in: body)
        }
        var entries = stated.map { resolution.manifest.tree.entries($0).map { ($0.key, $0.value) } } ?? []
        for (name, value) in labels {
            let key = resolution.manifest.tree.addKey(name, at: span)
            let symbol = resolution.manifest.tree[key].symbol
            entries.removeAll { resolution.manifest.tree[$0.0].symbol == symbol }
            entries.append((key, resolution.manifest.tree.addString(value, at: span)))
        }
        let mapping = resolution.manifest.tree.addMapping(entries, at: span)
        return resolution.manifest.tree.setting(symbols.labels, "labels", to: mapping, in: body)
    }
}
