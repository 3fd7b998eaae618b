import SourceText

/// Finds texts that are secrets by their own look, whatever they are called: keys, tokens of services that mark theirs, and
/// passwords in URLs.
///
/// A file is gone through once, byte by byte; only where a word begins as a secret does is more looked at, and no further
/// than the secret may be long.
package struct SecretShapes {
    /// A text that looks like a secret.
    package struct Found {
        /// As the message names it: `a token of GitHub`.
        package let what: String
        /// What is told of: a URL's user and password, a key's first line, a token.
        package let range: Range<Int>
        /// What nobody is to read.
        package let hidden: Range<Int>
        /// Whether what follows to the end of the text is hidden, too.
        package let hidesRest: Bool
    }

    private struct Token {
        package let prefix: StaticString
        package let what: String
        /// The fewest bytes behind the prefix.
        package let least: Int
        /// Whether the bytes behind it may be `-` and `_`, too, beside letters and digits.
        package var isLoose = false
    }

    private static let tokens = [
        Token(prefix: "ghp_", what: "a token of GitHub", least: 36),
        Token(prefix: "gho_", what: "a token of GitHub", least: 36),
        Token(prefix: "ghu_", what: "a token of GitHub", least: 36),
        Token(prefix: "ghs_", what: "a token of GitHub", least: 36),
        Token(prefix: "ghr_", what: "a token of GitHub", least: 36),
        Token(prefix: "github_pat_", what: "a token of GitHub", least: 22, isLoose: true),
        Token(prefix: "glpat-", what: "a token of GitLab", least: 20, isLoose: true),
        Token(prefix: "gldt-", what: "a token of GitLab", least: 20, isLoose: true),
        Token(prefix: "glrt-", what: "a token of GitLab", least: 20, isLoose: true),
        Token(prefix: "glptt-", what: "a token of GitLab", least: 20, isLoose: true),
        Token(prefix: "AKIA", what: "an access key of AWS", least: 16),
        Token(prefix: "ASIA", what: "an access key of AWS", least: 16),
        Token(prefix: "xoxb-", what: "a token of Slack", least: 10, isLoose: true),
        Token(prefix: "xoxp-", what: "a token of Slack", least: 10, isLoose: true),
        Token(prefix: "xoxa-", what: "a token of Slack", least: 10, isLoose: true),
        Token(prefix: "xoxr-", what: "a token of Slack", least: 10, isLoose: true),
        Token(prefix: "xoxs-", what: "a token of Slack", least: 10, isLoose: true),
        Token(prefix: "xapp-", what: "a token of Slack", least: 10, isLoose: true),
        Token(prefix: "sk_live_", what: "a key of Stripe", least: 16),
        Token(prefix: "rk_live_", what: "a key of Stripe", least: 16),
        Token(prefix: "sk-ant-", what: "a key of Anthropic", least: 20, isLoose: true),
        Token(prefix: "sk-proj-", what: "a key of OpenAI", least: 20, isLoose: true),
        Token(prefix: "sk-", what: "a key of OpenAI", least: 40),
        Token(prefix: "AIza", what: "a key of Google", least: 35, isLoose: true),
        Token(prefix: "ya29.", what: "a token of Google", least: 20, isLoose: true),
        Token(prefix: "npm_", what: "a token of npm", least: 36),
        Token(prefix: "pypi-", what: "a token of PyPI", least: 40, isLoose: true),
        Token(prefix: "dckr_pat_", what: "a token of Docker Hub", least: 20, isLoose: true),
        Token(prefix: "hf_", what: "a token of Hugging Face", least: 30),
        Token(prefix: "dop_v1_", what: "a token of DigitalOcean", least: 64),
        Token(prefix: "glsa_", what: "a token of Grafana", least: 32, isLoose: true),
        Token(prefix: "shpat_", what: "a token of Shopify", least: 32),
        Token(prefix: "hvs.", what: "a token of Vault", least: 24, isLoose: true),
        Token(prefix: "whsec_", what: "a secret of Stripe", least: 24),
    ]

    /// What a byte is to the search.
    private enum Kind: UInt8 { case other, word, first, at, dash }

    private static let kinds: [UInt8] = {
        var kinds = [UInt8](repeating: Kind.other.rawValue, count: 256)
        for byte in 0..<256 where isWordByte(UInt8(byte)) { kinds[byte] = Kind.word.rawValue }
        for token in tokens { kinds[Int(token.prefix.utf8Start[0])] = Kind.first.rawValue }
        kinds[Int(UInt8(ascii: "e"))] = Kind.first.rawValue
        kinds[Int(UInt8(ascii: "@"))] = Kind.at.rawValue
        kinds[Int(UInt8(ascii: "-"))] = Kind.dash.rawValue
        return kinds
    }()

    /// By `slot`: whether a secret may begin with two bytes. Few words do that begin with the first of them.
    private static let pairs: [Bool] = {
        var pairs = [Bool](repeating: false, count: 1024)
        for token in tokens { pairs[slot(token.prefix.utf8Start[0], token.prefix.utf8Start[1])] = true }
        pairs[slot(UInt8(ascii: "e"), UInt8(ascii: "y"))] = true
        return pairs
    }()

    private static func slot(_ first: UInt8, _ second: UInt8) -> Int { (Int(first) &* 37 &+ Int(second)) & 1023 }

    private let bytes: UnsafeBufferPointer<UInt8>

    /// All of a file, in their order; comments are not told from what counts.
    package static func all(in bytes: [UInt8]) -> [Found] {
        bytes.withUnsafeBufferPointer { SecretShapes(bytes: $0).all }
    }

    private var all: [Found] {
        var found: [Found] = []
        let pairs = Self.pairs
        Self.kinds.withUnsafeBufferPointer { kinds in
            var before = Kind.other.rawValue
            var index = 0
            while index < bytes.count {
                let kind = kinds[Int(bytes[index])]
                if kind > Kind.word.rawValue,
                    kind != Kind.first.rawValue
                        || before != Kind.word.rawValue && index + 1 < bytes.count
                            && pairs[Self.slot(bytes[index], bytes[index + 1])],
                    let new = candidate(kind, at: index, before: before)
                {
                    found.append(new)
                    // What was found is looked at once.
                    index = max(index, new.range.upperBound - 1)
                    before = Kind.word.rawValue
                } else {
                    before = kind
                }
                index += 1
            }
        }
        return found
    }

    private func candidate(_ kind: UInt8, at index: Int, before: UInt8) -> Found? {
        switch kind {
        case Kind.at.rawValue: password(before: index)
        case Kind.dash.rawValue: before == Kind.dash.rawValue ? nil : key(at: index)
        // A word begins behind what is none. Behind a hyphen only what ends at the next one is looked at, so that each byte
        // is looked at once.
        default:
            before == Kind.other.rawValue || before == Kind.dash.rawValue
                ? token(at: index, isLooseToo: before == Kind.other.rawValue)
                    ?? (before == Kind.other.rawValue ? webToken(at: index) : nil) : nil
        }
    }

    // MARK: Tokens

    private static func isWordByte(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || byte == UInt8(ascii: "_")
    }

    private func starts(_ prefix: StaticString, at index: Int) -> Bool {
        guard bytes.count - index >= prefix.utf8CodeUnitCount else { return false }
        for offset in 0..<prefix.utf8CodeUnitCount where bytes[index + offset] != prefix.utf8Start[offset] {
            return false
        }
        return true
    }

    /// The end of a run of letters and digits, and of more signs.
    private func end(from start: Int, _ more: StaticString) -> Int {
        var end = start
        // No token is longer, and what is searched stays linear.
        let last = min(bytes.count, start + 4096)
        while end < last {
            let byte = bytes[end]
            let isAlphanumeric = (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
            guard isAlphanumeric || (0..<more.utf8CodeUnitCount).contains(where: { more.utf8Start[$0] == byte }) else {
                break
            }
            end += 1
        }
        return end
    }

    private func token(at index: Int, isLooseToo: Bool) -> Found? {
        for token in Self.tokens where (isLooseToo || !token.isLoose) && starts(token.prefix, at: index) {
            let start = index + token.prefix.utf8CodeUnitCount
            let end = end(from: start, token.isLoose ? "-_" : "")
            guard end - start >= token.least, !isPlaceholder(start..<end) else { continue }
            return Found(what: token.what, range: index..<end, hidden: start..<end, hidesRest: false)
        }
        return nil
    }

    /// A JSON Web Token: two JSON objects and a signature, in base 64.
    private func webToken(at index: Int) -> Found? {
        guard starts("eyJ", at: index) else { return nil }
        let first = end(from: index, "-_")
        guard first - index > 10, starts(".eyJ", at: first) else { return nil }
        let second = end(from: first + 1, "-_")
        guard second < bytes.count, bytes[second] == UInt8(ascii: ".") else { return nil }
        let end = end(from: second + 1, "-_")
        guard end - second > 20 else { return nil }
        return Found(what: "a signed token (JWT)", range: index..<end, hidden: index + 3..<end, hidesRest: false)
    }

    /// `ghp_xxxxxxxx…` and `AKIA…EXAMPLE` stand in examples, and open nothing.
    private func isPlaceholder(_ range: Range<Int>) -> Bool {
        // Of a long one the beginning says enough.
        if Set(bytes[range].prefix(64)).count < 6 { return true }
        return range.count >= 7 && starts("EXAMPLE", at: range.upperBound - 7)
    }

    // MARK: Keys

    private func key(at index: Int) -> Found? {
        guard starts("-----BEGIN ", at: index) else { return nil }
        var end = index + 11
        while end < bytes.count, end - index < 60, bytes[end] != UInt8(ascii: "-") { end += 1 }
        let name = bytes[(index + 11)..<end]
        let isPrivate = name.count >= 11 && name.indices.contains { starts("PRIVATE KEY", at: $0) && $0 + 11 <= end }
        guard isPrivate, starts("-----", at: end) else { return nil }
        return Found(what: "a private key", range: index..<end + 5, hidden: end + 5..<end + 5, hidesRest: true)
    }

    // MARK: URLs

    /// `scheme://user:password@`, unless the password is a variable or stands for one.
    private func password(before at: Int) -> Found? {
        var start = at
        // In front of the two slashes stands a scheme.
        let least = max(2, at - 512)
        while start > least, !" \t\r\n\"'`<>,;@".utf8.contains(bytes[start - 1]) {
            if bytes[start - 1] == UInt8(ascii: "/"), bytes[start - 2] == UInt8(ascii: "/") { break }
            // Another part of a path or of the text in front of it.
            if bytes[start - 1] == UInt8(ascii: "/") { return nil }
            start -= 1
        }
        guard start >= 4, bytes[start - 1] == UInt8(ascii: "/"), bytes[start - 3] == UInt8(ascii: ":"),
            (0x61...0x7A).contains(bytes[start - 4] | 0x20) || (0x30...0x39).contains(bytes[start - 4])
        else { return nil }
        guard let colon = colon(in: start..<at) else { return nil }
        let password = colon + 1..<at
        guard let first = password.first, isLiteral(password, first) else { return nil }
        return Found(what: "a password in a URL", range: start..<at, hidden: password, hidesRest: false)
    }

    /// The first colon that stands in no braces.
    private func colon(in range: Range<Int>) -> Int? {
        var depth = 0
        for index in range {
            switch bytes[index] {
            case UInt8(ascii: "{"): depth += 1
            case UInt8(ascii: "}"): depth -= 1
            case UInt8(ascii: ":") where depth == 0: return index
            default: break
            }
        }
        return nil
    }

    private func isLiteral(_ password: Range<Int>, _ first: Int) -> Bool {
        var index = first
        while index < password.upperBound {
            if bytes[index] == UInt8(ascii: "$") {
                // Two are one dollar sign of the password's own. Behind the password stands an `@`.
                guard bytes[index + 1] == UInt8(ascii: "$") else { return false }
                index += 1
            }
            index += 1
        }
        let isStandIn = "{%[*".utf8.contains(bytes[first]) || Set(bytes[password]) == [UInt8(ascii: "x")]
        return !isStandIn
    }
}
