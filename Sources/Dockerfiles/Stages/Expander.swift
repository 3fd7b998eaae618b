/// Expands variables, quotes and escapes as BuildKit does in `FROM` and in the defaults of `ARG`.
///
/// Bounded whatever the input: a text longer than 1 KiB, braces in braces beyond 50 levels and more work than the budget
/// give a value that is not known.
struct Expander {
    /// A text that grows, and why it is not known.
    struct Text {
        var bytes: [UInt8] = []
        /// The variables whose values are known only when the image is built.
        var later: [String] = []
        /// The variables that have no value.
        var unset: [String] = []
        var fault: String?
        /// Whether the bytes say it all the same, in Compose's variables, where values are known only later.
        var isWritten = true
        /// Whether there is a byte whatever those variables are.
        var isNeverEmpty = false

        var isKnown: Bool { later.isEmpty && fault == nil }
    }

    var values: [String: ArgumentValue] = [:]
    let escape: UInt8
    /// Bytes that may still be looked at, over all texts of a file.
    private var budget = 1 << 22
    private var text: ArraySlice<UInt8> = []

    init(escape: UInt8) { self.escape = escape }

    mutating func expand(_ text: ArraySlice<UInt8>) -> Text {
        guard text.count <= Self.longest, budget >= 0 else { return tooMuch() }
        self.text = text
        return read(until: nil, keepsEscapes: false, depth: 0)
    }

    private static let longest = 1024

    private func tooMuch() -> Text {
        var result = Text()
        result.fault = "it is too long to follow"
        return result
    }

    private mutating func next() -> UInt8? { text.popFirst() }

    private mutating func read(until stop: UInt8?, keepsEscapes: Bool, depth: Int) -> Text {
        var result = Text()
        if depth > 50 { return tooMuch() }
        while let byte = next() {
            budget -= 1
            if budget < 0 || result.bytes.count > Self.longest { return tooMuch() }
            if byte == stop { return result }
            switch byte {
            case UInt8(ascii: "'"):
                while let quoted = next(), quoted != UInt8(ascii: "'") { result.bytes.append(quoted) }
            case UInt8(ascii: "\""): doubleQuoted(&result, depth)
            case UInt8(ascii: "$"): append(variable(depth), to: &result)
            case escape:
                if keepsEscapes { result.bytes.append(byte) }
                if let escaped = next() { result.bytes.append(escaped) }
            default: result.bytes.append(byte)
            }
            if result.fault != nil { return result }
        }
        if stop != nil { result.fault = "a brace is not closed" }
        return result
    }

    private mutating func doubleQuoted(_ result: inout Text, _ depth: Int) {
        while let byte = next() {
            if byte == UInt8(ascii: "\"") || result.fault != nil { return }
            if byte == UInt8(ascii: "$") {
                append(variable(depth), to: &result)
            } else if byte == escape, let following = text.first,
                following == escape || "\"$".utf8.contains(following)
            {
                result.bytes.append(following)
                text = text.dropFirst()
            } else {
                result.bytes.append(byte)
            }
        }
        result.fault = "a quote is not closed"
    }

    private mutating func append(_ piece: Text, to result: inout Text) {
        budget -= piece.bytes.count
        result.bytes += piece.bytes
        result.later += piece.later
        result.unset += piece.unset
        result.fault = result.fault ?? piece.fault
        result.isWritten = result.isWritten && piece.isWritten
        result.isNeverEmpty = result.isNeverEmpty || piece.isNeverEmpty || piece.isKnown && !piece.bytes.isEmpty
    }

    /// What a text is as the value of an argument.
    func value(of text: Text) -> ArgumentValue {
        let bytes = String(decoding: text.bytes, as: UTF8.self)
        if text.isKnown { return .text(bytes) }
        return text.isWritten && text.fault == nil ? .variables(bytes, isNeverEmpty: text.isNeverEmpty) : .later
    }

    // MARK: Variables

    private mutating func name() -> String {
        var end = text.startIndex
        if let first = text.first, isDigit(first) {
            while end < text.endIndex, isDigit(text[end]) { end += 1 }
        } else if let first = text.first, "@*#?-$!".utf8.contains(first) {
            end += 1
        } else {
            while end < text.endIndex, isLetter(text[end]) || isDigit(text[end]) || text[end] == UInt8(ascii: "_") {
                end += 1
            }
        }
        defer { text = text[end...] }
        return String(decoding: text[..<end], as: UTF8.self)
    }

    /// The value of a variable alone.
    private func value(_ name: String) -> Text {
        var result = Text()
        switch values[name] {
        case .text(let text): result.bytes = Array(text.utf8)
        case .variables(let text, let isNeverEmpty):
            (result.bytes, result.later, result.isNeverEmpty) = (Array(text.utf8), [name], isNeverEmpty)
        case .environment, .later: (result.later, result.isWritten) = ([name], false)
        case nil: result.unset = [name]
        }
        return result
    }

    private mutating func variable(_ depth: Int) -> Text {
        guard text.first == UInt8(ascii: "{") else {
            let name = name()
            if name.isEmpty { return Text(bytes: [UInt8(ascii: "$")]) }
            return value(name)
        }
        _ = next()
        let name = name()
        let value = value(name)
        let operation = next()
        if name.isEmpty, operation == nil || "{}:".utf8.contains(operation ?? 0) {
            return Text(fault: "the substitution has no name")
        }
        switch operation {
        case UInt8(ascii: "}"): return value
        case UInt8(ascii: "/"): return replaced(value, depth)
        case UInt8(ascii: "#"), UInt8(ascii: "%"):
            return trimmed(value, isSuffix: operation == UInt8(ascii: "%"), depth)
        case UInt8(ascii: ":"): return chosen(value, name, next(), emptyIsUnset: true, depth)
        default: return chosen(value, name, operation, emptyIsUnset: false, depth)
        }
    }

    /// `${X:-word}`, `${X:+word}`, `${X:?word}` and the same without the colon.
    private mutating func chosen(
        _ value: Text, _ name: String, _ operation: UInt8?, emptyIsUnset: Bool, _ depth: Int
    ) -> Text {
        guard let operation, "-+?".utf8.contains(operation) else {
            return Text(fault: operation == nil ? "a brace is not closed" : "the substitution has an unknown operator")
        }
        let word = read(until: UInt8(ascii: "}"), keepsEscapes: false, depth: depth + 1)
        if word.fault != nil { return word }
        if !value.later.isEmpty {
            // Compose sets the argument, if to nothing.
            if value.isWritten, value.isNeverEmpty || !emptyIsUnset {
                return operation == UInt8(ascii: "+") ? word : value
            }
            var unknown = value
            unknown.isWritten = false
            return unknown
        }
        let hasValue = value.unset.isEmpty && !(emptyIsUnset && value.bytes.isEmpty)
        switch operation {
        case UInt8(ascii: "-"): return hasValue ? value : word
        case UInt8(ascii: "+"): return hasValue ? word : Text()
        default: return hasValue ? value : Text(fault: "`\(name)` has no value, which it demands")
        }
    }

    /// `${X#pattern}`, `${X##pattern}`, `${X%pattern}`, `${X%%pattern}`.
    private mutating func trimmed(_ value: Text, isSuffix: Bool, _ depth: Int) -> Text {
        var word = read(until: UInt8(ascii: "}"), keepsEscapes: true, depth: depth + 1)
        guard word.isKnown, value.isKnown else {
            var unknown = word.fault != nil || !word.later.isEmpty ? word : value
            unknown.isWritten = false
            return unknown
        }
        let isLongest = word.bytes.first == UInt8(ascii: isSuffix ? "%" : "#")
        if isLongest { word.bytes.removeFirst() }
        let pattern = isSuffix ? Pattern(word.bytes).reversed : Pattern(word.bytes)
        var bytes = isSuffix ? Array(value.bytes.reversed()) : value.bytes
        if let end = pattern.end(in: bytes, from: 0, isLongest: isLongest, budget: &budget) {
            bytes.removeFirst(end)
        }
        if budget < 0 { return tooMuch() }
        return Text(bytes: isSuffix ? bytes.reversed() : bytes)
    }

    /// `${X/pattern/replacement}` and `${X//pattern/replacement}`.
    private mutating func replaced(_ value: Text, _ depth: Int) -> Text {
        let isAll = text.first == UInt8(ascii: "/")
        if isAll { _ = next() }
        let sought = read(until: UInt8(ascii: "/"), keepsEscapes: true, depth: depth + 1)
        if sought.fault != nil { return sought }
        let replacement = read(until: UInt8(ascii: "}"), keepsEscapes: true, depth: depth + 1)
        if replacement.fault != nil { return replacement }
        guard sought.isKnown, replacement.isKnown, value.isKnown else {
            return Text(later: sought.later + replacement.later + value.later, isWritten: false)
        }
        let pattern = Pattern(sought.bytes)
        var result: [UInt8] = []
        var index = 0
        var isDone = false
        while index < value.bytes.count {
            if !isDone, let end = pattern.end(in: value.bytes, from: index, isLongest: true, budget: &budget),
                end > index
            {
                result += replacement.bytes
                index = end
                isDone = !isAll
            } else {
                result.append(value.bytes[index])
                index += 1
            }
            if budget < 0 || result.count > Self.longest { return tooMuch() }
        }
        return Text(bytes: result)
    }
}
