/// The variables in a text: `$NAME`, `${NAME}`, `${NAME:-default}` and its kin, `$$` (Compose Specification,
/// "Interpolation"; measured with Compose 2.26).
package enum Interpolation {
    /// Why Compose cannot interpolate a text, or nil; linear in its length.
    ///
    /// A `$` that begins neither a name nor a brace stands for itself. The word behind an operator is interpolated in
    /// its turn, and may hold no line break.
    package static func fault(_ text: UnsafeBufferPointer<UInt8>) -> TextFault? {
        guard text.contains(UInt8(ascii: "$")) else { return nil }
        var open: [Int] = []
        var index = 0
        while index < text.count {
            let byte = text[index]
            if byte == UInt8(ascii: "}"), !open.isEmpty {
                open.removeLast()
                index += 1
                continue
            }
            if byte == UInt8(ascii: "\n"), let start = open.last {
                return TextFault("a line ends inside the braces", at: start..<index)
            }
            guard byte == UInt8(ascii: "$"), index + 1 < text.count else {
                index += 1
                continue
            }
            if text[index + 1] == UInt8(ascii: "$") {
                index += 2
                continue
            }
            guard text[index + 1] == UInt8(ascii: "{") else {
                index += 1
                continue
            }
            let start = index
            index += 2
            let name = index
            while index < text.count, isName(text[index], first: index == name) { index += 1 }
            let end = min(text.count, index + 1)
            if index == name {
                guard index < text.count else { return TextFault("the braces are not closed", at: start..<index) }
                return TextFault("a variable's name begins with a letter or `_`", at: start..<end)
            }
            guard index < text.count else { return TextFault("the braces are not closed", at: start..<index) }
            if text[index] == UInt8(ascii: "}") {
                index += 1
                continue
            }
            let mark = index
            if text[index] == UInt8(ascii: ":") { index += 1 }
            guard index < text.count, "-?+".utf8.contains(text[index]) else {
                return TextFault(
                    "behind the name stands `}` or one of `-`, `:-`, `?`, `:?`, `+`, `:+`",
                    at: mark..<min(text.count, index + 1))
            }
            open.append(start)
        }
        return open.first.map { TextFault("the braces are not closed", at: $0..<text.count) }
    }

    /// Whether a byte may stand in the name of a variable.
    package static func isName(_ byte: UInt8, first isFirst: Bool = false) -> Bool {
        byte == UInt8(ascii: "_") || (0x61...0x7A).contains(byte | 0x20) || (!isFirst && isDigit(byte))
    }
}
