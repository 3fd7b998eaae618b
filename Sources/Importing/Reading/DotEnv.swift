/// What a `.env` file sets, as Compose reads it.
///
/// Values are used to find files and names, and to compare two files; none is ever shown or written.
package struct DotEnv: Sendable, Equatable {
    /// The value of each variable; of those that are set twice the last.
    package private(set) var values: [String: String] = [:]
    /// The variables in the order in which they are set first.
    package private(set) var names: [String] = []

    /// Reads `NAME=value` and `NAME: value`, with `export` before it or not, in quotes or without (compose-go, `dotenv`).
    ///
    /// A variable in a value stands for what an earlier line sets, else for its default. Linear in the text.
    package init(_ bytes: [UInt8]) {
        var index = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        while index < bytes.count {
            while index < bytes.count, Self.isBlank(bytes[index]) || bytes[index] == 0x0A { index += 1 }
            let start = index
            while index < bytes.count, !"=:\n#".utf8.contains(bytes[index]) { index += 1 }
            guard index < bytes.count, bytes[index] == UInt8(ascii: "=") || bytes[index] == UInt8(ascii: ":") else {
                while index < bytes.count, bytes[index] != 0x0A { index += 1 }
                continue
            }
            var name = bytes[start..<index]
            if name.starts(with: "export ".utf8) { name = name.dropFirst(7) }
            name = name.drop(while: Self.isBlank)
            while let last = name.last, Self.isBlank(last) { name = name.dropLast() }
            index += 1
            let value = Self.value(bytes, &index)
            let key = String(decoding: name, as: UTF8.self)
            if values.updateValue(value.isLiteral ? value.text : expanded(value.text), forKey: key) == nil {
                names.append(key)
            }
        }
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }

    /// The value that begins at an index, which moves behind its line.
    private static func value(_ bytes: [UInt8], _ index: inout Int) -> (text: String, isLiteral: Bool) {
        while index < bytes.count, isBlank(bytes[index]) { index += 1 }
        func skipLine() { while index < bytes.count, bytes[index] != 0x0A { index += 1 } }
        if index < bytes.count, bytes[index] == UInt8(ascii: "'") || bytes[index] == UInt8(ascii: "\"") {
            let quote = bytes[index]
            var end = index + 1
            var text: [UInt8] = []
            while end < bytes.count, bytes[end] != quote {
                if quote == UInt8(ascii: "\""), bytes[end] == UInt8(ascii: "\\"), end + 1 < bytes.count { end += 1 }
                text.append(bytes[end])
                end += 1
            }
            if end < bytes.count {
                index = end
                skipLine()
                return (String(decoding: text, as: UTF8.self), quote == UInt8(ascii: "'"))
            }
        }
        let start = index
        skipLine()
        var end = start
        while end < index, bytes[end] != UInt8(ascii: "#") || end > start && !isBlank(bytes[end - 1]) { end += 1 }
        while end > start, isBlank(bytes[end - 1]) { end -= 1 }
        return (String(decoding: bytes[start..<end], as: UTF8.self), false)
    }

    /// A text with what earlier lines set in the place of `$NAME` and `${NAME}`.
    private func expanded(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "$")) else { return text }
        return Literal.resolved(text) { values[$0] }.text
    }
}
