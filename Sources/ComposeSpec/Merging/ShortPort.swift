/// The parts of a port in short form, `[ADDRESS:][PUBLISHED:]CONTAINER[/PROTOCOL]`, as far as its identity needs them.
///
/// Compose takes a range of container ports apart into single ports; a range of published ports alone stays one.
struct ShortPort: Sendable {
    private let address: ArraySlice<UInt8>?
    private let published: ArraySlice<UInt8>?
    private let container: ArraySlice<UInt8>
    private let protocolName: ArraySlice<UInt8>?
    private let firstPublished: Int?
    private let firstContainer: Int
    /// The number of container ports.
    let parts: Int

    /// - Returns: nil for a text with more than ports in it.
    init?(_ text: ArraySlice<UInt8>) {
        guard !text.isEmpty else { return nil }
        var rest = text
        if let slash = Self.last(UInt8(ascii: "/"), in: text) {
            protocolName = rest[(slash + 1)...]
            rest = rest[..<slash]
        } else {
            protocolName = nil
        }
        if let colon = Self.last(UInt8(ascii: ":"), in: rest) {
            container = rest[(colon + 1)...]
            rest = rest[..<colon]
            if let colon = Self.last(UInt8(ascii: ":"), in: rest) {
                published = rest[(colon + 1)...]
                var host = rest[..<colon]
                if host.first == UInt8(ascii: "["), host.last == UInt8(ascii: "]") {
                    host = host.dropFirst().dropLast()
                }
                address = host
            } else {
                published = rest
                address = nil
            }
        } else {
            container = rest
            published = nil
            address = nil
        }
        let inside = Self.range(container)
        let outside = published.flatMap { Self.range($0) }
        if let inside, inside.count > 1, published.map({ $0.isEmpty }) ?? true || outside?.count == inside.count {
            parts = inside.count
        } else {
            parts = 1
        }
        firstContainer = inside?.lowerBound ?? 0
        firstPublished = outside?.lowerBound
    }

    /// Appends what this port is the same by; `part` counts the container ports of a range.
    func appendIdentity(part: Int?, to bytes: inout [UInt8]) {
        guard let part, parts > 1 else {
            return Self.appendIdentity(
                address: address, published: published, container: container, protocolName: protocolName, to: &bytes)
        }
        let outside = firstPublished.map { Array(String($0 + part).utf8)[...] }
        Self.appendIdentity(
            address: address, published: outside, container: Array(String(firstContainer + part).utf8)[...],
            protocolName: protocolName, to: &bytes)
    }

    /// Appends one port of a range in short form.
    func appendText(part: Int, to bytes: inout [UInt8]) {
        if let address {
            let isIPv6 = address.contains(UInt8(ascii: ":"))
            bytes.append(contentsOf: isIPv6 ? [UInt8(ascii: "[")] + address + [UInt8(ascii: "]")] : Array(address))
            bytes.append(UInt8(ascii: ":"))
        }
        if published != nil {
            if let firstPublished { bytes.append(contentsOf: String(firstPublished + part).utf8) }
            bytes.append(UInt8(ascii: ":"))
        }
        bytes.append(contentsOf: String(firstContainer + part).utf8)
        if let protocolName {
            bytes.append(UInt8(ascii: "/"))
            bytes.append(contentsOf: protocolName)
        }
    }

    /// Appends the identity of a port: no address is every address, no protocol is TCP.
    static func appendIdentity(
        address: ArraySlice<UInt8>?, published: ArraySlice<UInt8>?, container: ArraySlice<UInt8>,
        protocolName: ArraySlice<UInt8>?, to bytes: inout [UInt8]
    ) {
        if let address, !address.isEmpty {
            bytes.append(contentsOf: address)
        } else {
            bytes.append(contentsOf: "0.0.0.0".utf8)
        }
        bytes.append(0)
        bytes.append(contentsOf: published ?? [])
        bytes.append(0)
        bytes.append(contentsOf: container)
        bytes.append(0)
        if let protocolName, !protocolName.isEmpty {
            for byte in protocolName {
                bytes.append((0x41...0x5A).contains(byte) ? byte | 0x20 : byte)
            }
        } else {
            bytes.append(contentsOf: "tcp".utf8)
        }
    }

    /// The last place of a byte outside `${…}` and `[…]`.
    private static func last(_ wanted: UInt8, in text: ArraySlice<UInt8>) -> Int? {
        var found: Int?
        var nesting = 0
        var isBracketed = false
        var index = text.startIndex
        while index < text.endIndex {
            let byte = text[index]
            if byte == UInt8(ascii: "$"), index + 1 < text.endIndex, text[index + 1] == UInt8(ascii: "{") {
                nesting += 1
                index += 1
            } else if byte == UInt8(ascii: "}"), nesting > 0 {
                nesting -= 1
            } else if byte == UInt8(ascii: "[") {
                isBracketed = true
            } else if byte == UInt8(ascii: "]") {
                isBracketed = false
            } else if byte == wanted, nesting == 0, !isBracketed {
                found = index
            }
            index += 1
        }
        return found
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
