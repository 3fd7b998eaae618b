/// The pattern of `${X#pattern}` and its kin: `*`, `?`, and a backslash before what is meant as it is.
struct Pattern {
    private enum Part: Equatable {
        case byte(UInt8)
        case one, any
    }

    private var parts: [Part] = []

    init(_ text: [UInt8]) {
        var index = 0
        while index < text.count {
            let byte = text[index]
            index += 1
            switch byte {
            case UInt8(ascii: "*"): if parts.last != .any { parts.append(.any) }
            case UInt8(ascii: "?"): parts.append(.one)
            case UInt8(ascii: "\\") where index < text.count:
                parts.append(.byte(text[index]))
                index += 1
            default: parts.append(.byte(byte))
            }
        }
    }

    private init(parts: [Part]) { self.parts = parts }

    var reversed: Pattern { Pattern(parts: parts.reversed()) }

    /// Where the shortest or the longest match that begins at an offset ends; nil where none does.
    ///
    /// Takes time in proportion to both lengths: the set of places that the pattern can have reached moves on byte by
    /// byte.
    ///
    /// - Parameter budget: is lowered by that time.
    func end(in text: [UInt8], from start: Int, isLongest: Bool, budget: inout Int) -> Int? {
        budget -= (text.count - start + 1) * (parts.count + 1)
        if budget < 0 { return nil }
        var reached = [Bool](repeating: false, count: parts.count + 1)
        reached[0] = true
        var found: Int?
        var index = start
        while true {
            for (place, part) in parts.enumerated() where part == .any && reached[place] { reached[place + 1] = true }
            if reached[parts.count] {
                found = index
                if !isLongest { return found }
            }
            guard index < text.count, reached.contains(true) else { return found }
            var next = [Bool](repeating: false, count: parts.count + 1)
            for (place, part) in parts.enumerated() where reached[place] {
                switch part {
                case .any: next[place] = true
                case .one: next[place + 1] = true
                case .byte(let byte): if byte == text[index] { next[place + 1] = true }
                }
            }
            reached = next
            index += 1
        }
    }
}
