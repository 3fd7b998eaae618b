/// What a port is the same by where layers are merged: address, published port, container port and protocol.
///
/// Compose takes a range of container ports in short form apart into single ports; a range of published ports alone
/// stays one.
struct PortIdentity: Sendable {
    private let port: PortMapping
    private let firstPublished: Int?
    private let firstContainer: Int
    /// The number of container ports.
    let parts: Int

    init(_ port: PortMapping) {
        self.port = port
        guard port.long == nil else {
            (firstPublished, firstContainer, parts) = (nil, 0, 1)
            return
        }
        let inside = Self.range(port.container)
        let outside = port.published.flatMap { Self.range($0) }
        let isSpread = port.published.map { $0.isEmpty } ?? true || outside?.count == inside?.count
        parts = isSpread ? inside?.count ?? 1 : 1
        firstContainer = inside?.lowerBound ?? 0
        firstPublished = outside?.lowerBound
    }

    /// Appends what the port is the same by; `part` counts the container ports of a range.
    func append(part: Int?, to bytes: inout [UInt8]) {
        guard let part, parts > 1 else {
            return append(published: port.published, container: port.container, to: &bytes)
        }
        append(
            published: firstPublished.map { Array(String($0 + part).utf8)[...] },
            container: Array(String(firstContainer + part).utf8)[...], to: &bytes)
    }

    /// Appends one port of a range in short form.
    func appendText(part: Int, to bytes: inout [UInt8]) {
        if let address = port.address {
            bytes.append(contentsOf: PortMapping.bracketed(address))
            bytes.append(UInt8(ascii: ":"))
        }
        if port.published != nil {
            if let firstPublished { bytes.append(contentsOf: String(firstPublished + part).utf8) }
            bytes.append(UInt8(ascii: ":"))
        }
        bytes.append(contentsOf: String(firstContainer + part).utf8)
        if let transport = port.transport {
            bytes.append(UInt8(ascii: "/"))
            bytes.append(contentsOf: transport)
        }
    }

    /// No address is every address, no protocol is TCP.
    private func append(
        published: ArraySlice<UInt8>?, container: ArraySlice<UInt8>, to bytes: inout [UInt8]
    ) {
        if let address = port.address, !address.isEmpty {
            let isBracketed =
                port.long == nil && address.first == UInt8(ascii: "[") && address.last == UInt8(ascii: "]")
            bytes.append(contentsOf: isBracketed ? address.dropFirst().dropLast() : address)
        } else {
            bytes.append(contentsOf: "0.0.0.0".utf8)
        }
        bytes.append(0)
        bytes.append(contentsOf: published ?? [])
        bytes.append(0)
        bytes.append(contentsOf: container)
        bytes.append(0)
        if let transport = port.transport, !transport.isEmpty {
            // A variable's name is not the same in another case.
            let hasVariable = transport.contains(UInt8(ascii: "$"))
            for byte in transport {
                bytes.append((0x41...0x5A).contains(byte) && !hasVariable ? byte | 0x20 : byte)
            }
        } else {
            bytes.append(contentsOf: "tcp".utf8)
        }
    }

    /// A port, or two joined by a hyphen, ascending.
    private static func range(_ text: ArraySlice<UInt8>) -> ClosedRange<Int>? {
        guard let hyphen = text.firstIndex(of: UInt8(ascii: "-")) else { return number(text).map { $0...$0 } }
        guard let first = number(text[..<hyphen]), let last = number(text[(hyphen + 1)...]), last >= first else {
            return nil
        }
        return first...last
    }

    private static func number(_ text: ArraySlice<UInt8>) -> Int? {
        guard (1...5).contains(text.count) else { return nil }
        var value = 0
        for byte in text {
            guard (0x30...0x39).contains(byte) else { return nil }
            value = value * 10 + Int(byte & 0x0F)
        }
        return value
    }
}
