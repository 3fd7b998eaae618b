import SourceText

/// One line of a `.dockerignore`.
package struct IgnorePattern: Sendable {
    /// How a path is compared, as moby's matcher chooses.
    private enum Matching: UInt8, Sendable {
        /// No character of the pattern means anything.
        case exactly
        /// `name/**`: what begins so.
        case beginning
        /// `**/name`: what ends so, and the name itself.
        case ending
        case expression
        /// A pattern outside what is understood here, such as `\d`: it ignores nothing and brings back everything, so
        /// that no file that Docker sends is overlooked.
        case unknown
    }

    struct Fault: Error { let message: String }

    /// Whether the line begins with `!`.
    package let isException: Bool
    private let matching: Matching
    /// What is compared: the pattern without its `**` where that stands at an end.
    private let text: [UInt8]
    private let expression: IgnoreExpression?
    /// How many of its first and of its last bytes every match of the expression begins and ends with.
    private let (head, tail): (Int, Int)
    /// What every match begins with up to a final `/**` or `/*`, with a slash behind it; nil when that cannot be told,
    /// and for what is no exception.
    let literalPrefix: [UInt8]?

    /// Reads a line that is no comment; nil when nothing stands in it.
    static func parse(_ line: ArraySlice<UInt8>) -> Result<IgnorePattern?, Fault> {
        var text = GoText.trimmed(line)
        guard let first = text.first else { return .success(nil) }
        let isException = first == UInt8(ascii: "!")
        if isException {
            text = GoText.trimmed(text.dropFirst())
            if text.isEmpty { return .failure(Fault(message: "has a `!` without a pattern, which Docker refuses")) }
        }
        var pattern = WorkspacePath.clean(text)
        if pattern.count > 1, pattern.first == UInt8(ascii: "/") { pattern.removeFirst() }
        if !isException { pattern = Array(GoText.trimmed(pattern[...])) }
        if pattern.isEmpty { return .success(nil) }
        // Moby cleans once more, with the sign: only a pattern that now begins with another `!` could tell.
        if !isException, pattern.first == UInt8(ascii: "!") {
            return parse(pattern[...])
        }
        if let fault = GoText.patternFault(pattern) { return .failure(Fault(message: fault)) }
        return .success(IgnorePattern(pattern, isException: isException))
    }

    private init(_ pattern: [UInt8], isException: Bool) {
        self.isException = isException
        let star = UInt8(ascii: "*")
        let special = pattern.indices.filter { "*?[]\\".utf8.contains(pattern[$0]) }
        let isFolder = special.count == 2 && special.allSatisfy { pattern[$0] == star }
        var found: IgnoreExpression?
        // One `**` at the beginning or at the end; `**/` at the end is cleaned away.
        if special.isEmpty {
            (matching, text) = (.exactly, pattern)
        } else if isFolder, pattern.starts(with: [star, star]) {
            (matching, text) = (.ending, Array(pattern.dropFirst(2)))
        } else if isFolder, pattern.suffix(2).elementsEqual([star, star]) {
            (matching, text) = (.beginning, Array(pattern.dropLast(2)))
        } else {
            found = IgnoreExpression(pattern)
            (matching, text) = (found == nil ? .unknown : .expression, pattern)
        }
        expression = found
        // A byte beyond ASCII may be half of a character, and `^` means something to the expression.
        func isLiteral(_ byte: UInt8) -> Bool { byte < 0x80 && !"*?[]\\^".utf8.contains(byte) }
        let isEscaped = pattern.contains(UInt8(ascii: "\\"))
        head = pattern.prefix { isLiteral($0) }.count
        tail = isEscaped ? 0 : pattern.reversed().prefix { isLiteral($0) && $0 != UInt8(ascii: "/") }.count
        literalPrefix = isException ? Self.prefix(of: pattern) : nil
    }

    private static func prefix(of pattern: [UInt8]) -> [UInt8]? {
        var prefix = pattern[...]
        for ending in ["/**".utf8, "/*".utf8] where prefix.suffix(ending.count).elementsEqual(ending) {
            prefix = prefix.dropLast(ending.count)
            break
        }
        return prefix.contains { "*[]?^\\".utf8.contains($0) } ? nil : Array(prefix) + [UInt8(ascii: "/")]
    }

    /// Whether a path matches by itself; its parents are the caller's.
    func matches(_ path: IgnorePath, _ steps: inout IgnoreSteps) -> Bool {
        let bytes = path.bytes
        switch matching {
        case .exactly: return bytes.count == text.count && bytes == text
        case .beginning: return bytes.starts(with: text)
        case .ending:
            return ends(bytes, with: text.count)
                || (text.first == UInt8(ascii: "/") && bytes.elementsEqual(text.dropFirst()))
        case .expression:
            guard let expression, begins(bytes), ends(bytes, with: tail) else { return false }
            guard steps.take(expression.size * path.runes.count / 4) else { return false }
            return expression.matches(path.runes)
        case .unknown: return isException
        }
    }

    private func begins(_ path: [UInt8]) -> Bool {
        if head > path.count { return false }
        for index in 0..<head where path[index] != text[index] { return false }
        return true
    }

    private func ends(_ path: [UInt8], with count: Int) -> Bool {
        if count > path.count { return false }
        for index in 0..<count where path[path.count - 1 - index] != text[text.count - 1 - index] { return false }
        return true
    }
}

/// A path from the context's root, with `/`, as its bytes and as the characters that Go reads in them.
struct IgnorePath {
    let bytes: [UInt8]
    let runes: [UInt32]

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        runes = Runes.decode(bytes)
    }
}
