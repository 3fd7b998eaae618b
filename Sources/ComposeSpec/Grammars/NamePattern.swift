/// A whole-name pattern of the manifest's `naming`: a regular expression that cannot run away.
///
/// The language is the part that name patterns need: literals, `.`, `\d`, `\w`, escapes, classes with ranges and
/// negation, groups, `|`, and the repetitions `* + ? {n} {n,} {n,m}` with bounds up to 255. Matching follows all
/// possibilities at once (Thompson), so its time is the length of the name times the size of the pattern, whatever the
/// pattern is.
package struct NamePattern: Sendable {
    /// One instruction of the compiled pattern.
    private enum Step: Sendable {
        case byte(ByteClass)
        case split(Int, Int)
        case jump(Int)
        case match
    }

    /// A set of bytes.
    private struct ByteClass: Sendable {
        var low: (UInt64, UInt64) = (0, 0)
        var aboveASCII = false

        func contains(_ byte: UInt8) -> Bool {
            if byte >= 128 { return aboveASCII }
            return byte < 64 ? low.0 >> UInt64(byte) & 1 == 1 : low.1 >> UInt64(byte - 64) & 1 == 1
        }
        mutating func insert(_ byte: UInt8) {
            if byte < 64 { low.0 |= 1 << UInt64(byte) } else if byte < 128 { low.1 |= 1 << UInt64(byte - 64) }
        }
        mutating func insert(_ range: ClosedRange<UInt8>) { for byte in range { insert(byte) } }
        mutating func invert() {
            low = (~low.0, ~low.1)
            aboveASCII.toggle()
        }
    }

    /// The pattern as written.
    package let text: String
    private let steps: [Step]

    /// Why a pattern cannot be used.
    package struct Fault: Error {
        package let reason: String
        /// The byte offset in the pattern.
        package let offset: Int
    }

    package init(_ text: String) throws(Fault) {
        self.text = text
        var parser = Parser(Array(text.utf8))
        let tree = try parser.alternatives()
        if parser.index < parser.bytes.count { throw Fault(reason: "a `)` without its `(`", offset: parser.index) }
        var steps: [Step] = []
        Self.emit(tree, into: &steps)
        steps.append(.match)
        if steps.count > 10_000 { throw Fault(reason: "the pattern is too large once its repetitions are written out", offset: 0) }
        self.steps = steps
    }

    /// Whether the whole name fits.
    package func matches(_ name: some Sequence<UInt8>) -> Bool {
        var current: [Int] = []
        var next: [Int] = []
        var mark = [Int](repeating: -1, count: steps.count)
        var generation = 0
        add(0, to: &current, &mark, generation)
        for byte in name {
            generation += 1
            next.removeAll(keepingCapacity: true)
            for position in current {
                if case .byte(let set) = steps[position], set.contains(byte) {
                    add(position + 1, to: &next, &mark, generation)
                }
            }
            swap(&current, &next)
            if current.isEmpty { return false }
        }
        return current.contains {
            if case .match = steps[$0] { return true }
            return false
        }
    }

    /// Follows jumps and splits from a position; each position is entered once a generation.
    private func add(_ start: Int, to list: inout [Int], _ mark: inout [Int], _ generation: Int) {
        var stack = [start]
        while let position = stack.popLast() {
            if mark[position] == generation { continue }
            mark[position] = generation
            switch steps[position] {
            case .jump(let target): stack.append(target)
            case .split(let first, let second):
                stack.append(second)
                stack.append(first)
            case .byte, .match: list.append(position)
            }
        }
    }

    // MARK: Parsing

    private indirect enum Expression {
        case bytes(ByteClass)
        case sequence([Expression])
        case alternatives([Expression])
        case repeated(Expression, Int, Int?)
    }

    private struct Parser {
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
                guard current == UInt8(ascii: "}") else { throw Fault(reason: "a repetition is not closed by `}`", offset: index) }
                index += 1
                if let high, high < low { throw Fault(reason: "a repetition's bounds are the wrong way round", offset: index) }
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
                set.insert(byte)
            }
            return .bytes(set)
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
            default: set.insert(byte)
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
                    guard end >= byte else { throw Fault(reason: "a range is the wrong way round", offset: index - 1) }
                    index += 2
                    set.insert(byte...min(end, 127))
                } else {
                    set.insert(byte)
                }
            }
            guard current == UInt8(ascii: "]") else { throw Fault(reason: "a `[` is not closed", offset: start) }
            index += 1
            if isInverted { set.invert() }
            return set
        }
    }

    // MARK: Compiling

    private static func emit(_ expression: Expression, into steps: inout [Step]) {
        guard steps.count <= 10_000 else { return }
        switch expression {
        case .bytes(let set):
            steps.append(.byte(set))
        case .sequence(let parts):
            for part in parts { emit(part, into: &steps) }
        case .alternatives(let branches):
            var exits: [Int] = []
            for (number, branch) in branches.enumerated() {
                guard number < branches.count - 1 else {
                    emit(branch, into: &steps)
                    break
                }
                let split = steps.count
                steps.append(.split(split + 1, 0))
                emit(branch, into: &steps)
                exits.append(steps.count)
                steps.append(.jump(0))
                steps[split] = .split(split + 1, steps.count)
            }
            for exit in exits { steps[exit] = .jump(steps.count) }
        case .repeated(let part, let low, let high):
            for _ in 0..<low { emit(part, into: &steps) }
            guard let high else {
                let split = steps.count
                steps.append(.split(split + 1, 0))
                emit(part, into: &steps)
                steps.append(.jump(split))
                steps[split] = .split(split + 1, steps.count)
                return
            }
            var splits: [Int] = []
            for _ in low..<max(low, high) {
                splits.append(steps.count)
                steps.append(.split(steps.count + 1, 0))
                emit(part, into: &steps)
            }
            for split in splits { steps[split] = .split(split + 1, steps.count) }
        }
    }
}
