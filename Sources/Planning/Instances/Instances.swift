import Resolution
import StrategyManifest
import YAMLSyntax

/// What keeps the checkouts of a workspace apart on one engine: the variable, and the ports that variables move.
package struct Instances: Sendable {
    package let variable: String
    /// What ends every name that an engine holds once.
    package let suffix: String
    /// The ports that move, by variant, in the order of the projects and services.
    package internal(set) var ports: [[InstancePort]] = []

    /// What the scripts find a container's instance by.
    package static let instanceLabel = "io.bayplan.instance"
    /// The variables of a container's ports, and what they are.
    package static let portsLabel = "io.bayplan.ports"
}

/// A published port that a variable moves.
package struct InstancePort: Sendable {
    /// The project's index.
    package let project: Int
    package let service: Symbol
    /// `PORT_SHOP_API_80`.
    package let variable: String
    /// What the manifest publishes it on.
    package let published: String
    /// The host's port while no variable is set.
    package let number: Int
    /// What the container listens on: `80`, `53/udp`.
    package let container: String
}
