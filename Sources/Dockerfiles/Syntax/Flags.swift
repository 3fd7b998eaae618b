import Diagnostics
import SourceText

/// One flag of an instruction: `--from=build`.
struct Flag {
    let name: String
    /// What follows `=`, quotes and escapes taken away; nil without a `=`.
    let value: [UInt8]?
    /// The whole flag in the joined text.
    let range: Range<Int>
}

extension JoinedLines {
    /// The flags at the beginning of a range, and what follows them.
    ///
    /// A backslash and quotes work within a flag, whatever `# escape=` says; `--` alone ends the flags.
    func flags(_ range: Range<Int>) -> (flags: [Flag], rest: Range<Int>) {
        var flags: [Flag] = []
        var index = range.lowerBound
        while true {
            while index < range.upperBound, isBlank(bytes[index]) { index += 1 }
            guard range.upperBound - index >= 2, bytes[index] == UInt8(ascii: "-"), bytes[index + 1] == bytes[index]
            else { return (flags, index..<range.upperBound) }
            let start = index
            var word: [UInt8] = []
            var quote: UInt8?
            while index < range.upperBound {
                let byte = bytes[index]
                if byte == UInt8(ascii: "\\") {
                    index += 1
                    if index < range.upperBound { word.append(bytes[index]) }
                } else if let open = quote {
                    if byte == open { quote = nil } else { word.append(byte) }
                } else if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
                    quote = byte
                } else if isBlank(byte) {
                    break
                } else {
                    word.append(byte)
                }
                index += 1
            }
            index = min(index, range.upperBound)
            if word.elementsEqual("--".utf8) { return (flags, trimmed(index..<range.upperBound)) }
            let equals = word.firstIndex(of: UInt8(ascii: "="))
            flags.append(
                Flag(
                    name: String(decoding: word[2..<max(2, equals ?? word.count)], as: UTF8.self),
                    value: equals.map { Array(word[($0 + 1)...]) }, range: start..<index))
        }
    }
}

extension Dockerfile {
    /// The flags of an instruction; one that it does not take is reported.
    mutating func flags(of keyword: Keyword, _ range: Range<Int>) -> (flags: [Flag], rest: Range<Int>) {
        let (flags, rest) = lines.flags(range)
        for flag in flags where !keyword.flags.contains(flag.name) {
            // Only instructions that take flags are held to them.
            if keyword.flags.isEmpty { continue }
            let name = String(flag.name.prefix(80))
            let near = closestMatch(to: name, among: keyword.flags)
            report(
                SyntaxFault(
                    "`\(keyword.rawValue)` has no flag `--\(name)`", at: lines.span(of: flag.range),
                    "BuildKit knows no such flag", help: near.map { ["did you mean `--\($0)`?"] } ?? []))
        }
        return (flags, rest)
    }
}
