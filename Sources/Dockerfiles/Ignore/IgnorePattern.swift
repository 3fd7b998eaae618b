import SourceText

/// One line of a `.dockerignore`.
package struct IgnorePattern: Sendable {
    /// How a path is compared, as moby's matcher chooses.
    private enum Matching: Sendable {
        /// No character of the pattern means anything.
        case exactly([UInt8])
        /// `name/**`: what begins so.
        case beginning([UInt8])
        /// `**/name`: what ends so, and the name itself.
        case ending([UInt8])
        case expression(IgnoreExpression)
        /// A pattern outside what is understood here, such as `\d`: it ignores nothing and brings back everything, so
        /// that no file that Docker sends is overlooked.
        case unknown
    }

    struct Fault: Error { let message: String }

    /// Whether the line begins with `!`.
    package let isException: Bool
    private let matching: Matching
    /// What every match begins with up to a final `/**` or `/*`, with a slash behind it; nil when that cannot be told.
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
        matching = Self.matching(pattern)
        let slash = UInt8(ascii: "/")
        var prefix = pattern[...]
        for ending in ["/**".utf8, "/*".utf8] where prefix.suffix(ending.count).elementsEqual(ending) {
            prefix = prefix.dropLast(ending.count)
            break
        }
        literalPrefix = prefix.contains { "*[]?^\\".utf8.contains($0) } ? nil : Array(prefix) + [slash]
    }

    /// Whether a path matches by itself; its parents are the caller's.
    func matches(_ path: [UInt8], _ runes: [UInt32]) -> Bool {
        switch matching {
        case .exactly(let text): path == text
        case .beginning(let text): path.starts(with: text)
        case .ending(let text):
            path.suffix(text.count).elementsEqual(text)
                || (text.first == UInt8(ascii: "/") && path.elementsEqual(text.dropFirst()))
        case .expression(let expression): expression.matches(runes)
        case .unknown: isException
        }
    }

    private static func matching(_ pattern: [UInt8]) -> Matching {
        let star = UInt8(ascii: "*")
        let special = pattern.filter { "*?[]\\".utf8.contains($0) }
        if special.isEmpty { return .exactly(pattern) }
        if special == [star, star] {
            // One `**` at the beginning or at the end; `**/` at the end is cleaned away.
            if pattern.starts(with: [star, star]) { return .ending(Array(pattern.dropFirst(2))) }
            if pattern.suffix(2).elementsEqual([star, star]) { return .beginning(Array(pattern.dropLast(2))) }
        }
        return IgnoreExpression(pattern).map { .expression($0) } ?? .unknown
    }
}
