import SourceText

/// The parser directives of a Dockerfile: comments `# name=value` above everything else.
struct Directives {
    private(set) var escape = UInt8(ascii: "\\")
    private(set) var syntax: Spanned<String>?
    private(set) var fault: SyntaxFault?
    private var isDone = false
    private var seen: Set<String> = []

    /// Takes the next line; the first that is no directive ends them.
    ///
    /// A comment of the same form whose name is none of the three is skipped, as BuildKit does.
    mutating func take(_ line: Range<Int>, of bytes: [UInt8], marker: [UInt8] = [UInt8(ascii: "#")]) {
        guard !isDone, fault == nil else { return }
        guard let (name, value) = Self.parts(of: line, bytes, marker) else {
            isDone = true
            return
        }
        let key = String(decoding: bytes[name], as: UTF8.self).lowercased()
        guard ["syntax", "escape", "check"].contains(key) else { return }
        let span = Span(UInt32(value.lowerBound), UInt32(value.upperBound))
        guard seen.insert(key).inserted else {
            fault = SyntaxFault(
                "the directive `\(key)` stands twice", at: span, "BuildKit takes one", help: ["keep one of the two"])
            return
        }
        let text = String(decoding: bytes[value], as: UTF8.self)
        if key == "syntax" { syntax = Spanned(text, at: span) }
        guard key == "escape" else { return }
        guard text == "\\" || text == "`" else {
            fault = SyntaxFault(
                "the escape character can only be a backslash or a backtick", at: span, "this is neither",
                help: ["write `# escape=\\` or remove the line"])
            return
        }
        escape = bytes[value.lowerBound]
    }

    /// The name and the value of `# name=value`.
    private static func parts(
        of line: Range<Int>, _ bytes: [UInt8], _ marker: [UInt8]
    ) -> (name: Range<Int>, value: Range<Int>)? {
        let line = bytes[line]
        guard line.starts(with: marker) else { return nil }
        let rest = line.dropFirst(marker.count).drop(while: isBlank)
        guard let first = rest.first, isLetter(first) else { return nil }
        let name = rest.prefix { isLetter($0) || isDigit($0) }
        let behind = rest.dropFirst(name.count).drop(while: isBlank)
        guard behind.first == UInt8(ascii: "=") else { return nil }
        var value = behind.dropFirst().drop(while: isBlank)
        while let last = value.last, isBlank(last) { value.removeLast() }
        return value.isEmpty ? nil : (name.indices, value.indices)
    }
}

extension Directives {
    /// The frontend that a file names: by `# syntax=`, by `// syntax=` for formats whose comments are such, or in JSON.
    static func frontend(_ bytes: [UInt8], hash: Spanned<String>?) -> Spanned<String>? {
        if let hash { return hash }
        var start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        func line(from start: Int) -> Range<Int> {
            start..<(bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count)
        }
        if bytes[start...].starts(with: "#!".utf8) { start = min(line(from: start).upperBound + 1, bytes.count) }
        for marker in ["//", "#"] {
            var directives = Directives()
            var next = start
            while next < bytes.count, !directives.isDone, directives.fault == nil {
                let range = line(from: next)
                directives.take(range, of: bytes, marker: Array(marker.utf8))
                next = range.upperBound + 1
            }
            if let syntax = directives.syntax { return syntax }
        }
        guard let brace = bytes[start...].firstIndex(where: { !isBlank($0) && $0 != 0x0A }),
            bytes[brace] == UInt8(ascii: "{")
        else { return nil }
        return Spanned("JSON", at: Span(UInt32(brace), UInt32(brace + 1)))
    }
}

/// White space within a line.
func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || (0x0B...0x0D).contains(byte) }
func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }
