/// A JSON value whose members keep their order.
indirect enum JSONText: Sendable {
    case object([(name: String, value: JSONText)])
    case array([JSONText])
    case string(String)
    case integer(Int)
    case boolean(Bool)

    /// Appends the value, indented by two spaces a level; a collection that is short and flat stays on its line.
    func write(to bytes: inout [UInt8], indent: Int = 0) {
        switch self {
        case .string(let text): Self.quote(text, to: &bytes)
        case .integer(let number): bytes.append(contentsOf: String(number).utf8)
        case .boolean(let value): bytes.append(contentsOf: (value ? "true" : "false").utf8)
        case .array(let items):
            Self.writeItems(items.map { (nil, $0) }, "[", "]", isFlat: items.allSatisfy(\.isScalar), to: &bytes, indent)
        case .object(let members):
            Self.writeItems(
                members.map { ($0.name, $0.value) }, "{", "}",
                isFlat: members.count <= 1 && members.allSatisfy(\.value.isScalar),
                to: &bytes, indent)
        }
    }

    private var isScalar: Bool {
        switch self {
        case .object, .array: false
        default: true
        }
    }

    private static func writeItems(
        _ items: [(String?, JSONText)], _ open: String, _ close: String, isFlat: Bool, to bytes: inout [UInt8],
        _ indent: Int
    ) {
        bytes.append(contentsOf: open.utf8)
        for (position, (name, value)) in items.enumerated() {
            if position > 0 { bytes.append(contentsOf: (isFlat ? ", " : ",").utf8) }
            if !isFlat { newLine(indent + 1, &bytes) }
            if let name {
                quote(name, to: &bytes)
                bytes.append(contentsOf: ": ".utf8)
            }
            value.write(to: &bytes, indent: indent + 1)
        }
        if !isFlat, !items.isEmpty { newLine(indent, &bytes) }
        bytes.append(contentsOf: close.utf8)
    }

    private static func newLine(_ indent: Int, _ bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\n"))
        bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: indent * 2))
    }

    private static func quote(_ text: String, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
            case 0x0A: bytes.append(contentsOf: "\\n".utf8)
            case 0..<0x20:
                bytes.append(contentsOf: "\\u00".utf8)
                bytes.append(contentsOf: (byte < 16 ? "0" : "").utf8)
                bytes.append(contentsOf: String(byte, radix: 16).utf8)
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}
