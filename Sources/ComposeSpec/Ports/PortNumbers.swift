/// The numbers of a port that is published: of `127.0.0.1:8000-8010:80/udp` an address, two ranges and a protocol
/// (docker/go-connections, `nat.ParsePortSpec`).
package struct PortNumbers: Sendable {
    /// The host's address; nil for every address.
    package var address: IPAddress?
    /// The host's ports; nil where the engine chooses.
    package var published: ClosedRange<Int>?
    package var container: ClosedRange<Int>
    /// `tcp`, `udp` or `sctp`.
    package var transport: Transport

    package enum Transport: String, Sendable, CaseIterable { case tcp, udp, sctp }

    package init(
        address: IPAddress?, published: ClosedRange<Int>?, container: ClosedRange<Int>, transport: Transport
    ) {
        self.address = address
        self.published = published
        self.container = container
        self.transport = transport
    }

    /// Why a text is no port, or nil.
    package static func fault(_ text: UnsafeBufferPointer<UInt8>) -> TextFault? {
        if case .failure(let fault) = parse(text) { return fault }
        return nil
    }

    /// The port that a text in short form says.
    package static func parse(_ text: UnsafeBufferPointer<UInt8>) -> Result<PortNumbers, TextFault> {
        let parts = PortParts(text)
        var transport = Transport.tcp
        if let name = parts.transport, !name.isEmpty {
            guard let known = Transport(rawValue: TextScanner(text).string(name).lowercased()) else {
                return .failure(TextFault(quoting: name, "is no protocol"))
            }
            transport = known
        }
        guard parts.container.upperBound > 0 else { return .failure(TextFault("the port is missing")) }
        if parts.container.isEmpty { return .failure(TextFault("the container's port is missing")) }
        guard let container = range(text, parts.container), container.lowerBound > 0 else {
            return .failure(TextFault(quoting: parts.container, "is no port of the container"))
        }
        var numbers = PortNumbers(address: nil, published: nil, container: container, transport: transport)
        if let address = parts.address {
            switch hostAddress(text, address) {
            case .success(let address): numbers.address = address
            case .failure(let fault): return .failure(fault)
            }
        }
        guard let outside = parts.published, !outside.isEmpty else { return .success(numbers) }
        guard let published = range(text, outside) else {
            return .failure(TextFault(quoting: outside, "is no port of the host"))
        }
        if container.count > 1, container.count != published.count {
            return .failure(
                TextFault(
                    "\(published.count) ports of the host cannot be \(container.count) of the container",
                    at: 0..<parts.container.upperBound))
        }
        numbers.published = published
        return .success(numbers)
    }

    private static func hostAddress(
        _ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>
    ) -> Result<IPAddress?, TextFault> {
        var range = range
        if range.isEmpty { return .success(nil) }
        let isBracketed = text[range.lowerBound] == UInt8(ascii: "[")
        if isBracketed {
            guard text[range.upperBound - 1] == UInt8(ascii: "]") else {
                return .failure(TextFault("the bracket is not closed", at: range))
            }
            range = range.lowerBound + 1..<range.upperBound - 1
            if range.isEmpty { return .success(nil) }
        }
        guard let address = IPAddress(text[range]) else {
            return .failure(TextFault(quoting: range, "is no address"))
        }
        if address.isVersion6, !isBracketed {
            return .failure(TextFault("an IPv6 address stands in brackets", at: range))
        }
        return .success(address)
    }

    /// A port from 0 to 65535, or two joined by a hyphen, ascending.
    static func range(_ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> ClosedRange<Int>? {
        let slice = text[range]
        guard let hyphen = slice.firstIndex(of: UInt8(ascii: "-")) else { return number(slice).map { $0...$0 } }
        guard let first = number(slice[..<hyphen]), let last = number(slice[(hyphen + 1)...]), last >= first else {
            return nil
        }
        return first...last
    }

    /// Ports as the long form's `published` says them.
    package static func publishedRange(_ text: UnsafeBufferPointer<UInt8>) -> ClosedRange<Int>? {
        range(text, 0..<text.count)
    }

    private static func number(_ digits: Slice<UnsafeBufferPointer<UInt8>>) -> Int? {
        guard !digits.isEmpty, digits.allSatisfy(isDigit) else { return nil }
        var value = 0
        for byte in digits {
            value = value * 10 + Int(byte & 0xF)
            if value > 65_535 { return nil }
        }
        return value
    }
}
