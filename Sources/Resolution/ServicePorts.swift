import ComposeSpec
import StrategyManifest
import YAMLSyntax

extension Resolution {
    /// The ports of a service's body, or of a fragment of one, in its order: what every phase reads of `ports`.
    package func ports(of body: NodeID) -> some Sequence<PortMapping> {
        PortMapping.all(in: body, portKeys, of: manifest.tree)
    }
}
