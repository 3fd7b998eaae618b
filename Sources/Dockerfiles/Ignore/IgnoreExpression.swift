/// A pattern with wildcards, as the regular expression that moby's matcher makes of it.
///
/// It is run over all its states at once: linear in the path's length times the pattern's, whatever the pattern.
struct IgnoreExpression: Sendable {
    private enum Element: Sendable {
        case rune(UInt32)
        /// `?`: anything but a slash.
        case one
        /// `*`: any number of anything but slashes.
        case many
        /// `**` at the end: everything but line feeds, because Go's `.` matches none.
        case rest
        /// `**/`: folders or nothing; `.skip` comes first and may pass over it.
        case skip, folders
        case oneOf([ClosedRange<UInt32>], isNegated: Bool)
        /// `^`, which Docker does not escape.
        case beginning
    }

    private var elements: [Element] = []

    /// What each character of a path costs at most.
    var size: Int { elements.count + 1 }

    /// Translates a pattern that `GoText.patternFault` has passed; nil when it uses what is not understood here.
    init?(_ pattern: [UInt8]) {
        let runes = Runes.decode(pattern)
        var index = 0
        while index < runes.count {
            let rune = runes[index]
            index += 1
            switch rune {
            case 0x2A:
                guard index < runes.count, runes[index] == 0x2A else {
                    elements.append(.many)
                    continue
                }
                index += 1
                // `**/` is `**`: the slash is part of what it matches.
                if index < runes.count, runes[index] == 0x2F { index += 1 }
                elements += index == runes.count ? [.rest] : [.skip, .folders]
            case 0x3F: elements.append(.one)
            case 0x5C:
                guard index < runes.count, Self.isPlainEscape(runes[index]) else { return nil }
                elements.append(.rune(runes[index]))
                index += 1
            case 0x5B:
                guard let set = Self.set(runes, &index) else { return nil }
                elements.append(set)
            case 0x5E: elements.append(.beginning)
            default: elements.append(.rune(rune))
            }
        }
    }

    /// `[a-z]`, from behind its bracket to behind its end.
    private static func set(_ runes: [UInt32], _ index: inout Int) -> Element? {
        let isNegated = index < runes.count && runes[index] == 0x5E
        if isNegated { index += 1 }
        var ranges: [ClosedRange<UInt32>] = []
        func item() -> UInt32? {
            guard index < runes.count else { return nil }
            var rune = runes[index]
            index += 1
            if rune == 0x5C {
                guard index < runes.count, isPlainEscape(runes[index]) else { return nil }
                rune = runes[index]
                index += 1
            } else if rune == 0x2A || rune == 0x3F || rune == 0x5B {
                // Docker puts an expression of its own in the place of a wildcard, here too.
                return nil
            }
            return rune
        }
        while index < runes.count, runes[index] != 0x5D || ranges.isEmpty {
            guard let low = item() else { return nil }
            var high = low
            if index < runes.count, runes[index] == 0x2D {
                index += 1
                guard let end = item() else { return nil }
                high = end
            }
            guard low <= high else { return nil }
            ranges.append(low...high)
        }
        guard index < runes.count else { return nil }
        index += 1
        return .oneOf(ranges, isNegated: isNegated)
    }

    /// Whether a backslash takes a character's meaning away and gives it none: before a letter or a digit it is a class
    /// of Go's expressions, or a mistake.
    private static func isPlainEscape(_ rune: UInt32) -> Bool {
        guard rune < 0x80 else { return false }
        return !(0x30...0x39).contains(rune) && !(0x61...0x7A).contains(rune | 0x20)
    }

    func matches(_ path: [UInt32]) -> Bool {
        var states = [Bool](repeating: false, count: elements.count + 1)
        states[0] = true
        settle(&states, isAtBeginning: true)
        var next = states
        for rune in path {
            for index in next.indices { next[index] = false }
            for index in elements.indices where states[index] {
                switch elements[index] {
                case .rune(let wanted): if rune == wanted { next[index + 1] = true }
                case .one: if rune != 0x2F { next[index + 1] = true }
                case .many: if rune != 0x2F { next[index] = true }
                case .rest: if rune != 0x0A { next[index] = true }
                case .folders:
                    if rune != 0x0A { next[index] = true }
                    if rune == 0x2F { next[index + 1] = true }
                case .oneOf(let ranges, let isNegated):
                    if ranges.contains(where: { $0.contains(rune) }) != isNegated { next[index + 1] = true }
                case .skip, .beginning: break
                }
            }
            swap(&states, &next)
            settle(&states, isAtBeginning: false)
        }
        return states[elements.count]
    }

    /// Goes on from each state as far as that takes no character.
    private func settle(_ states: inout [Bool], isAtBeginning: Bool) {
        for index in elements.indices where states[index] {
            switch elements[index] {
            case .many, .rest: states[index + 1] = true
            case .skip:
                states[index + 1] = true
                states[index + 2] = true
            case .beginning: if isAtBeginning { states[index + 1] = true }
            case .rune, .one, .folders, .oneOf: break
            }
        }
    }
}
