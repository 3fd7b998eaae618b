import ComposeSpec
import Resolution
import YAMLSyntax

/// The variables of the published ports: `PORT_SHOP_API_80`, `PORT_SHOP_DNS_53_UDP`, and `_2` behind what another port's
/// has already, in the manifest's order.
///
/// A port has one variable in development and in every environment.
struct PortVariables {
    private struct Place: Hashable {
        let project: Int
        let service: Symbol
        let target: Int
        let transport: PortNumbers.Transport
        /// Which one it is of those of one service that lead to one port.
        let ordinal: Int
    }

    private var known: [Place: String] = [:]
    private var taken: Set<String> = []
    private var next: [String: Int] = [:]

    /// The variable of a port.
    mutating func variable(
        project: Int, named projectName: String, service: Symbol, named serviceName: String, target: Int,
        transport: PortNumbers.Transport, ordinal: Int
    ) -> String {
        let place = Place(project: project, service: service, target: target, transport: transport, ordinal: ordinal)
        if let variable = known[place] { return variable }
        var base = "PORT_" + Self.word(projectName) + "_" + Self.word(serviceName) + "_" + String(target)
        if transport != .tcp { base += "_" + transport.rawValue.uppercased() }
        var variable = base
        while !taken.insert(variable).inserted {
            let number = next[base] ?? 2
            next[base] = number + 1
            variable = base + "_" + String(number)
        }
        known[place] = variable
        return variable
    }

    private static func word(_ name: String) -> String {
        String(
            decoding: name.utf8.map { byte in
                switch byte {
                case 0x61...0x7A: byte - 0x20
                case 0x41...0x5A, 0x30...0x39: byte
                default: UInt8(ascii: "_")
                }
            }, as: UTF8.self)
    }
}
