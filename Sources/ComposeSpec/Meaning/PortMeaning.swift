import YAMLSyntax

/// What Compose makes of one item of `ports`: a mapping for each single port.
///
/// `8000-8001:80-81` is two ports; `8000-8010:80` is one, for which the engine takes a free port of the range.
struct PortMeaning {
    let meanings: [Meaning]

    /// A port of the container that the engine publishes where it likes: `80`, as a number.
    static func exposed(_ number: Int) -> Meaning {
        .map(["mode": .text("ingress"), "protocol": .text("tcp"), "target": .text(String(number))])
    }

    init(_ port: PortMapping, _ item: NodeID, _ reader: MeaningReader) {
        func text(_ bytes: ArraySlice<UInt8>?) -> String? {
            bytes.flatMap { $0.isEmpty ? nil : MeaningReader.spelled(String(decoding: $0, as: UTF8.self)) }
        }
        var base: [String: Meaning] =
            reader.tree[item].kind == .mapping ? reader.entries(item, of: ComposeTable.port) : [:]
        base["mode"] = base["mode"] ?? .text("ingress")
        base["protocol"] = .text((text(port.transport) ?? "tcp").lowercased())
        var address = text(port.address)
        if let bracketed = address, bracketed.hasPrefix("["), bracketed.hasSuffix("]") {
            address = String(bracketed.dropFirst().dropLast())
        }
        base["host_ip"] = address.map { .text($0) }
        base["target"] = text(port.container).map { .text($0) }
        base["published"] = text(port.published).map { .text($0) }
        guard port.long == nil, let container = Self.range(base["target"]?.text) else {
            meanings = [.map(base)]
            return
        }
        let published = Self.range(base["published"]?.text)
        // What Compose refuses is told before.
        let isParallel = published.map { $0.count == container.count } ?? false
        meanings = container.map { target in
            var one = base
            one["target"] = .text(String(target))
            if isParallel, let published {
                one["published"] = .text(String(published.lowerBound + target - container.lowerBound))
            }
            return .map(one)
        }
    }

    /// The numbers of `80` or `80-81`; nil for what holds a variable.
    private static func range(_ text: String?) -> ClosedRange<Int>? {
        guard var text else { return nil }
        return text.withUTF8 { PortNumbers.publishedRange($0) }
    }
}
