import ComposeSpec
import YAMLSyntax

/// What becomes of a published port in an instance.
package enum PortMove: Sendable {
    /// A variable stands in the place of the host's port; `published` is it while none is
    /// set, and `target` the container's.
    case moves(published: Int, target: Int, transport: PortNumbers.Transport)
    /// It is a range, whose ports nobody counts.
    case isRange
    /// What it is only variables say, which another checkout can set to something else.
    case isVariable

    /// Nil where the engine chooses the host's port.
    package init?(_ port: PortMapping) {
        guard let published = port.published, !published.isEmpty else { return nil }
        guard let numbers = Self.settled(published), let containers = Self.settled(port.container) else {
            self = .isVariable
            return
        }
        guard let number = Self.number(numbers), let target = Self.number(containers) else {
            self = .isRange
            return
        }
        if number == 0 { return nil }
        let transport = port.transport.flatMap(Self.settled).flatMap {
            PortNumbers.Transport(rawValue: $0.lowercased())
        }
        self = .moves(published: number, target: target, transport: transport ?? .tcp)
    }

    /// A text while no variable is set; nil where a variable has no default.
    private static func settled(_ bytes: ArraySlice<UInt8>) -> String? {
        let text = String(decoding: bytes, as: UTF8.self)
        if !bytes.contains(UInt8(ascii: "$")) { return text }
        guard let settled = VariableText(text)?.settled, !settled.isEmpty else { return nil }
        return settled
    }

    private static func number(_ text: String) -> Int? {
        text.utf8.allSatisfy { (0x30...0x39).contains($0) } && text.utf8.count <= 5 ? Int(text) : nil
    }
}
