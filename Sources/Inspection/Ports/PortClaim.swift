import ComposeSpec
import Resolution
import SourceText
import YAMLSyntax

/// Ports of the host that a service takes when it runs.
package struct PortClaim {
    /// Nil for every address.
    package let address: IPAddress?
    package let ports: ClosedRange<Int>
    /// The ports of the container.
    package let container: ClosedRange<Int>
    package let transport: PortNumbers.Transport
    package let span: Span
    /// Whether a variable's default makes the port, which whoever starts it may set otherwise.
    package let isByDefault: Bool
    /// The position of the project in its variant, and of the service in the project.
    package let project: Int
    package let service: Int

    /// Whether the claim is for every address, of one version or of both.
    package var isForAll: Bool { address?.isAny ?? true }

    /// Whether both need one port of one address.
    package func meets(_ other: PortClaim) -> Bool {
        guard transport == other.transport, ports.overlaps(other.ports) else { return false }
        guard let address, let second = other.address else { return true }
        if address.isVersion6 != second.isVersion6 { return false }
        return address == second || address.isAny || second.isAny
    }

    /// Whether Compose makes one of both: the same ports at the same address.
    package func isSame(as other: PortClaim) -> Bool {
        address == other.address && ports == other.ports && container == other.container && transport == other.transport
    }

    /// Adds what a merged body takes while no variable is set: nothing where the engine chooses, where no container runs, or where the
    /// service publishes nothing of its own.
    package static func add(
        of body: NodeID, project: Int, service: Int, _ keys: ComposeKeys, _ resolution: Resolution,
        to claims: inout [PortClaim]
    ) {
        let tree = resolution.manifest.tree
        guard let list = tree.value(keys.ports, in: body) else { return }
        if tree.value(keys.networkMode, in: body).map({ tree[$0].count > 0 && tree.text($0) != "bridge" }) ?? false {
            return
        }
        let deployed = tree.value(keys.deploy, in: body).flatMap { tree.value(keys.replicas, in: $0) }
        if let count = deployed ?? tree.value(keys.scale, in: body), tree.text(count) == "0" { return }
        for item in tree.items(list) {
            guard let (mapping, isByDefault) = PortMapping.numbers(of: item, resolution.portKeys, tree),
                let published = mapping.published,
                // From a longer range the engine takes a port that is free.
                published.lowerBound > 0, published.count == mapping.container.count
            else { continue }
            claims.append(
                PortClaim(
                    address: mapping.address, ports: published, container: mapping.container,
                    transport: mapping.transport, span: tree[item].span, isByDefault: isByDefault, project: project,
                    service: service))
        }
    }
}
