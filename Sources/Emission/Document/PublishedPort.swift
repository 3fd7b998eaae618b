import YAMLSyntax

/// A port that the host publishes, as the document's table shows it.
struct PublishedPort {
    let host: String
    let target: String

    /// Reads an item of `ports`, short or long; nil when it publishes on a port that the engine chooses.
    init?(_ node: NodeID, of tree: borrowing Tree) {
        if tree[node].kind == .mapping {
            guard let published = tree.value("published", in: node) else { return nil }
            let address = tree.value("host_ip", in: node).map { tree.text($0) + ":" } ?? ""
            host = address + tree.text(published)
            let target = tree.value("target", in: node).map { tree.text($0) } ?? ""
            let networkProtocol = tree.value("protocol", in: node).map { "/" + tree.text($0) } ?? ""
            self.target = target + networkProtocol
            return
        }
        // The container's port stands behind the last colon that is not part of an interpolation's default.
        let parts = tree.withBytes(node) { text -> (String, String)? in
            var depth = 0
            var colon: Int?
            for (index, byte) in text.enumerated() {
                switch byte {
                case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
                case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
                case UInt8(ascii: ":") where depth == 0: colon = index
                default: break
                }
            }
            return colon.map { colon in
                (String(decoding: text[..<colon], as: UTF8.self), String(decoding: text[(colon + 1)...], as: UTF8.self))
            }
        }
        guard let parts else { return nil }
        (host, target) = parts
    }
}
