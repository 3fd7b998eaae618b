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
    struct ByteClass: Sendable {
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
        if steps.count > 10_000 {
            throw Fault(reason: "the pattern is too large once its repetitions are written out", offset: 0)
        }
        self.steps = steps
    }

    /// Whether the whole name fits.
    package func matches(_ name: some Sequence<UInt8>) -> Bool {
        var steps = Int.max
        return matches(name, within: &steps) ?? false
    }

    /// Whether the whole name fits, or nil where finding that out takes more than a number of steps.
    ///
    /// Linear in name and pattern, which with both at their largest are many million: see `closestMatch`.
    package func matches(_ name: some Sequence<UInt8>, within left: inout Int) -> Bool? {
        var current: [Int] = []
        var next: [Int] = []
        var mark = [Int](repeating: -1, count: steps.count)
        var generation = 0
        add(0, to: &current, &mark, generation, &left)
        for byte in name {
            generation += 1
            next.removeAll(keepingCapacity: true)
            for position in current {
                if case .byte(let set) = steps[position], set.contains(byte) {
                    add(position + 1, to: &next, &mark, generation, &left)
                }
            }
            left -= current.count
            if left < 0 { return nil }
            swap(&current, &next)
            if current.isEmpty { return false }
        }
        return current.contains {
            if case .match = steps[$0] { return true }
            return false
        }
    }

    /// Follows jumps and splits from a position; each position is entered once a generation.
    private func add(
        _ start: Int, to list: inout [Int], _ mark: inout [Int], _ generation: Int, _ left: inout Int
    ) {
        var stack = [start]
        while let position = stack.popLast() {
            left -= 1
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
            for _ in 0..<low {
                let start = steps.count
                emit(part, into: &steps)
                // What matches only the empty text, such as `()`, would be written out without an end in sight.
                if steps.count == start { break }
            }
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
