/// What is left of a text without its variables.
///
/// Names and references of a manifest are literal, while a Compose file may interpolate them.
enum Literal {
    /// The text with each variable's default in its place, and the variables that stood there.
    ///
    /// A variable without a default leaves nothing, as in Compose; `$$` is one dollar sign. Linear in the text.
    ///
    /// - Parameter value: what a variable is known to be; nil leaves its default.
    static func resolved(
        _ text: String, knowing value: (String) -> String? = { _ in nil }
    ) -> (text: String, variables: [String]) {
        guard text.utf8.contains(UInt8(ascii: "$")) else { return (text, []) }
        var variables: [String] = []
        var result: [UInt8] = []
        let bytes = Array(text.utf8)
        var index = 0
        /// Braces that are open: whether the default inside them counts.
        var open: [Bool] = []
        func keeps() -> Bool { open.allSatisfy { $0 } }
        while index < bytes.count {
            let byte = bytes[index]
            if byte == UInt8(ascii: "}"), !open.isEmpty {
                open.removeLast()
                index += 1
            } else if byte == UInt8(ascii: "$"), index + 1 < bytes.count {
                if bytes[index + 1] == byte {
                    if keeps() { result.append(byte) }
                    index += 2
                    continue
                }
                let isBraced = bytes[index + 1] == UInt8(ascii: "{")
                let start = index + (isBraced ? 2 : 1)
                var end = start
                while end < bytes.count, isName(bytes[end]) { end += 1 }
                if end == start {
                    if keeps() { result.append(byte) }
                    index += 1
                    continue
                }
                let name = String(decoding: bytes[start..<end], as: UTF8.self)
                let known = value(name)
                if known == nil { variables.append(name) }
                if let known, keeps() { result += known.utf8 }
                index = end
                if isBraced {
                    if index < bytes.count, bytes[index] == UInt8(ascii: ":") { index += 1 }
                    guard index < bytes.count else { break }
                    if bytes[index] == UInt8(ascii: "}") {
                        index += 1
                        continue
                    }
                    open.append(bytes[index] == UInt8(ascii: "-") && known == nil)
                    index += 1
                }
            } else {
                if keeps() { result.append(byte) }
                index += 1
            }
        }
        return (String(decoding: result, as: UTF8.self), variables)
    }

    private static func isName(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "_") || (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte)
    }
}
