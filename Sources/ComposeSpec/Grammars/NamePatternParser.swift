/// The syntax of name patterns.
extension NamePattern {
    /// A pattern as a tree.
    indirect enum Expression {
        case bytes(ByteClass)
        case sequence([Expression])
        case alternatives([Expression])
        case repeated(Expression, Int, Int?)
    }

    /// Reads a pattern; groups nest at most 32 deep.
    struct Parser {
        let bytes: [UInt8]
        var index = 0
        var depth = 0

        init(_ bytes: [UInt8]) { self.bytes = bytes }

        private var current: UInt8? { index < bytes.count ? bytes[index] : nil }

        mutating func alternatives() throws(Fault) -> Expression {
            depth += 1
            defer { depth -= 1 }
            if depth > 32 { throw Fault(reason: "groups are nested more than 32 deep", offset: index) }
            var branches = [try sequence()]
            while current == UInt8(ascii: "|") {
                index += 1
                branches.append(try sequence())
            }
            return branches.count == 1 ? branches[0] : .alternatives(branches)
        }

        private mutating func sequence() throws(Fault) -> Expression {
            var parts: [Expression] = []
            while let byte = current, byte != UInt8(ascii: "|"), byte != UInt8(ascii: ")") {
                // A whole-name pattern is anchored anyway: `^` first and `$` last say nothing more.
                if byte == UInt8(ascii: "^") && index == 0 || byte == UInt8(ascii: "$") && index == bytes.count - 1 {
                    index += 1
                    continue
                }
                parts.append(try repeated(try atom()))
            }
            return .sequence(parts)
        }

        private mutating func repeated(_ part: Expression) throws(Fault) -> Expression {
            guard let byte = current else { return part }
            switch byte {
            case UInt8(ascii: "*"):
                index += 1
                return .repeated(part, 0, nil)
            case UInt8(ascii: "+"):
                index += 1
                return .repeated(part, 1, nil)
            case UInt8(ascii: "?"):
                index += 1
                return .repeated(part, 0, 1)
            case UInt8(ascii: "{"):
                index += 1
                let low = try number()
                var high: Int? = low
                if current == UInt8(ascii: ",") {
                    index += 1
                    high = current == UInt8(ascii: "}") ? nil : try number()
                }
                guard current == UInt8(ascii: "}") else {
                    throw Fault(reason: "a repetition is not closed by `}`", offset: index)
                }
                index += 1
                if let high, high < low {
                    throw Fault(reason: "a repetition's bounds are the wrong way round", offset: index)
                }
                return .repeated(part, low, high)
            default:
                return part
            }
        }

        private mutating func number() throws(Fault) -> Int {
            var value = 0
            let start = index
            while let byte = current, isDigit(byte) {
                value = value * 10 + Int(byte - 0x30)
                if value > 255 { throw Fault(reason: "a repetition of more than 255", offset: start) }
                index += 1
            }
            if index == start { throw Fault(reason: "a number was expected in `{}`", offset: index) }
            return value
        }

        private mutating func atom() throws(Fault) -> Expression {
            let start = index
            guard let byte = current else { throw Fault(reason: "the pattern ends too early", offset: index) }
            index += 1
            var set = ByteClass()
            switch byte {
            case UInt8(ascii: "("):
                if current == UInt8(ascii: "?") {
                    guard bytes[index...].starts(with: "?:".utf8) else {
                        throw Fault(reason: "look-around and named groups are not supported", offset: index)
                    }
                    index += 2
                }
                let inner = try alternatives()
                guard current == UInt8(ascii: ")") else { throw Fault(reason: "a `(` is not closed", offset: start) }
                index += 1
                return inner
            case UInt8(ascii: "["):
                return .bytes(try byteClass(from: start))
            case UInt8(ascii: "\\"):
                set = try escape()
            case UInt8(ascii: "."):
                set.invert()
            case UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "?"), UInt8(ascii: "{"):
                throw Fault(reason: "a repetition repeats nothing", offset: start)
            default:
                try expectASCII(byte, at: start)
                set.insert(byte)
            }
            return .bytes(set)
        }

        /// Names have no other bytes, so that a pattern with one is a mistake.
        private func expectASCII(_ byte: UInt8, at offset: Int) throws(Fault) {
            if byte >= 128 { throw Fault(reason: "a character that is not ASCII; names have none", offset: offset) }
        }

        private mutating func escape() throws(Fault) -> ByteClass {
            guard let byte = current else { throw Fault(reason: "the pattern ends in `\\`", offset: index) }
            index += 1
            var set = ByteClass()
            switch byte {
            case UInt8(ascii: "d"): set.insert(0x30...0x39)
            case UInt8(ascii: "w"):
                set.insert(0x30...0x39)
                set.insert(0x41...0x5A)
                set.insert(0x61...0x7A)
                set.insert(UInt8(ascii: "_"))
            case _ where isAlphanumeric(byte):
                throw Fault(reason: "`\\\(Character(Unicode.Scalar(byte)))` is not supported", offset: index - 1)
            default:
                try expectASCII(byte, at: index - 1)
                set.insert(byte)
            }
            return set
        }

        private mutating func byteClass(from start: Int) throws(Fault) -> ByteClass {
            var set = ByteClass()
            let isInverted = current == UInt8(ascii: "^")
            if isInverted { index += 1 }
            var isFirst = true
            while let byte = current, byte != UInt8(ascii: "]") || isFirst {
                isFirst = false
                index += 1
                if byte == UInt8(ascii: "\\") {
                    let escaped = try escape()
                    set.low = (set.low.0 | escaped.low.0, set.low.1 | escaped.low.1)
                    continue
                }
                if current == UInt8(ascii: "-"), index + 1 < bytes.count, bytes[index + 1] != UInt8(ascii: "]") {
                    let end = bytes[index + 1]
                    try expectASCII(end, at: index + 1)
                    guard end >= byte else { throw Fault(reason: "a range is the wrong way round", offset: index - 1) }
                    index += 2
                    set.insert(byte...end)
                } else {
                    try expectASCII(byte, at: index - 1)
                    set.insert(byte)
                }
            }
            guard current == UInt8(ascii: "]") else { throw Fault(reason: "a `[` is not closed", offset: start) }
            index += 1
            if isInverted { set.invert() }
            return set
        }
    }
}
