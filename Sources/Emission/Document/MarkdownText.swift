import Diagnostics

/// Text of the manifest as Markdown: whoever reads it sees the text, and none of it becomes markup.
///
/// A manifest can be a stranger's, and forges show this file as a page: no HTML, no link, image, mention or reference,
/// no fence, no heading, nothing that cannot be seen. A word that some reader would make a link of, such as an address,
/// stands as code, in which no reader looks for any.
package enum MarkdownText {
    /// A text as one line.
    package static func line(_ text: String) -> String {
        if isPlain(text) { return text }
        var words: [String] = []
        for word in spaced(text).split(separator: " ") {
            let shown = visible(String(word))
            guard mayBecomeLink(shown) else {
                words.append(escaped(shown, begins: words.isEmpty))
                continue
            }
            // What ends a part of the sentence is none of what is named.
            let mark = shown.last.map { ",;".contains($0) } ?? false ? String(shown.suffix(1)) : ""
            words.append(code(String(shown.dropLast(mark.count))) + mark)
        }
        return words.joined(separator: " ")
    }

    /// A text as code in a line, whatever stands in it; nothing for no text.
    package static func code(_ text: String) -> String {
        let text = visible(text)
        if text.isEmpty { return "" }
        var (longest, run) = (0, 0)
        for byte in text.utf8 {
            run = byte == UInt8(ascii: "`") ? run + 1 : 0
            longest = max(longest, run)
        }
        let fence = String(repeating: "`", count: longest + 1)
        // A blank at both ends is taken away, and a backtick at an end would be the fence's.
        let needsRoom = text.hasPrefix("`") || text.hasSuffix("`") || text.hasPrefix(" ") && text.hasSuffix(" ")
        return needsRoom ? "\(fence) \(text) \(fence)" : fence + text + fence
    }

    /// The same as one cell of a table: a bar ends none.
    package static func cell(_ markdown: String) -> String {
        guard markdown.utf8.contains(UInt8(ascii: "|")) else { return markdown }
        var result = ""
        var previous: Unicode.Scalar = " "
        for scalar in markdown.unicodeScalars {
            // Readers differ on a bar behind two backslashes: it is shown as one that is no bar to any.
            if scalar == "|" { result += previous == "\\" ? "¦" : "\\|" } else { result.unicodeScalars.append(scalar) }
            previous = scalar
        }
        return result
    }

    /// Lines as a block of code, whose fence is longer than any run of backticks in them.
    package static func fenced(_ lines: String, as language: StaticString) -> String {
        var (longest, run) = (2, 0)
        for byte in lines.utf8 {
            run = byte == UInt8(ascii: "`") ? run + 1 : 0
            longest = max(longest, run)
        }
        let fence = String(repeating: "`", count: longest + 1)
        let text = VisibleText(lines: lines).text
        return "\(fence)\(language)\n\(text)\(text.hasSuffix("\n") ? "" : "\n")\(fence)"
    }

    /// Text with every run of spaces, line ends and controls as one space.
    static func spaced(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            let isControl = scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
            result.unicodeScalars.append(isControl ? " " : scalar)
        }
        return result.split(separator: " ").joined(separator: " ")
    }

    // MARK: Parts

    /// Whether a text is words, with one space between each, that mean nothing but themselves to any reader.
    ///
    /// Most texts are such, and a large workspace has ten thousand.
    static func isPlain(_ text: String) -> Bool {
        var copy = text
        return copy.withUTF8 { isPlain($0) }
    }

    private static func isPlain(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        var previous = UInt8(ascii: " ")
        // Where the word begins, and whether it has been one of `a` to `f` and digits, which can be a commit.
        var (start, isHexadecimal, hasDigit) = (0, true, false)
        for (index, byte) in text.enumerated() {
            switch byte {
            case 0x41...0x5A, 0x67...0x7A: isHexadecimal = false
            case 0x61...0x66: break
            case 0x30...0x39: hasDigit = true
            case UInt8(ascii: "-"), UInt8(ascii: ","):
                if !isLetterOrDigit(previous) || endsInIssue(text[start..<index]) { return false }
                isHexadecimal = false
            case UInt8(ascii: " "):
                if previous == byte || isHexadecimal && hasDigit && index - start > 6 { return false }
                (start, isHexadecimal, hasDigit) = (index + 1, true, false)
            default: return false
            }
            previous = byte
        }
        if isHexadecimal, hasDigit, text.count - start > 6 { return false }
        return text.isEmpty || previous != UInt8(ascii: " ")
    }

    /// Whether some reader of Markdown would make a link, a picture or a formula of a word.
    private static func mayBecomeLink(_ word: String) -> Bool {
        let bytes = Array(word.utf8)
        var colons = 0
        for (index, byte) in bytes.enumerated() {
            let next = index + 1 < bytes.count ? bytes[index + 1] : UInt8(ascii: " ")
            switch byte {
            case UInt8(ascii: "@"), UInt8(ascii: "#"), UInt8(ascii: "$"): return true
            case UInt8(ascii: "/"): if next == byte { return true }
            case UInt8(ascii: ":"): colons += 1
            case UInt8(ascii: "-"): if isDigit(next), endsInIssue(bytes[..<index]) { return true }
            case UInt8(ascii: "."):
                guard index > 0 else { continue }
                // No domain ends in one letter: `e.g.` is none.
                let letters = bytes[(index + 1)...].prefix { isLetterOrDigit($0) && !isDigit($0) || $0 >= 0x80 }.count
                if letters > 1 || isDigit(next) && !isDigit(bytes[index - 1]) { return true }
            default: break
            }
        }
        if colons > 1 { return true }
        return colons == 1 && namesAddress(bytes) || isCommit(bytes)
    }

    /// Whether bytes end in what an issue's number follows in `GH-12`, behind whatever sign: `+GH`.
    private static func endsInIssue(_ bytes: some BidirectionalCollection<UInt8>) -> Bool {
        ends(bytes, "gh") && !(bytes.dropLast(2).last.map(isLetterOrDigit) ?? false)
    }

    /// Whether what stands before the only colon makes an address of what follows it: `mailto:a`, `XMPP:a`.
    private static func namesAddress(_ word: [UInt8]) -> Bool {
        let before = word.prefix { $0 != UInt8(ascii: ":") }
        return ends(before, "mailto") || ends(before, "xmpp")
    }

    /// Whether bytes end in an ending of small letters, in whatever case.
    private static func ends(_ bytes: some BidirectionalCollection<UInt8>, _ ending: StaticString) -> Bool {
        let letters = UnsafeBufferPointer(start: ending.utf8Start, count: ending.utf8CodeUnitCount)
        return bytes.count >= letters.count
            && zip(bytes.suffix(letters.count), letters).allSatisfy {
                $0 == $1 || isLetterOrDigit($0) && $0 | 0x20 == $1
            }
    }

    /// Seven hexadecimal digits or more, of which one is a digit.
    private static func isCommit(_ word: [UInt8]) -> Bool {
        word.count >= 7 && word.count <= 64 && word.contains(where: isDigit)
            && word.allSatisfy { isDigit($0) || (0x61...0x66).contains($0) }
    }

    /// A word with a backslash before each sign that would mean something.
    ///
    /// - Parameter begins: whether the word begins the line, where more signs do.
    private static func escaped(_ word: String, begins: Bool) -> String {
        let bytes = Array(word.utf8)
        var result: [UInt8] = []
        for (index, byte) in bytes.enumerated() {
            let before = index > 0 ? bytes[index - 1] : UInt8(ascii: " ")
            let next = index + 1 < bytes.count ? bytes[index + 1] : UInt8(ascii: " ")
            let isSpecial =
                switch byte {
                case UInt8(ascii: "\\"), UInt8(ascii: "`"), UInt8(ascii: "*"), UInt8(ascii: "["), UInt8(ascii: "<"),
                    UInt8(ascii: "~"):
                    true
                case UInt8(ascii: "&"): bytes[index...].contains(UInt8(ascii: ";"))
                case UInt8(ascii: "_"): !(isLetterOrDigit(before) && isLetterOrDigit(next))
                case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "="), UInt8(ascii: ">"): begins && index == 0
                case UInt8(ascii: "."), UInt8(ascii: ")"): begins && index > 0 && bytes[..<index].allSatisfy(isDigit)
                default: false
                }
            if isSpecial {
                // What begins HTML is written as what it is to a browser, too.
                if byte == UInt8(ascii: "<") {
                    result += "&lt;".utf8
                    continue
                }
                result.append(UInt8(ascii: "\\"))
            }
            result.append(byte)
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
    private static func isLetterOrDigit(_ byte: UInt8) -> Bool { isDigit(byte) || (0x61...0x7A).contains(byte | 0x20) }
}
