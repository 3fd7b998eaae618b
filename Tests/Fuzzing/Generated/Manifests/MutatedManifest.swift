import ComposeSpec

/// A kept manifest with one to three changes: of lines, of keys, of values, or of characters.
package struct MutatedManifest {
    package var text: String { lines.joined(separator: "\n") }
    private var lines: [String]
    private var random: SeededGenerator
    private let kept: [String]

    private static let names = ComposeTable.objects.flatMap { object in object.keys.map(\.name) }

    /// - Parameter kept: manifests, at least one.
    package init(seed: UInt64, kept: [String]) {
        random = SeededGenerator(seed: seed)
        self.kept = kept
        lines = random.pick(kept).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        for _ in 0..<random.pick([1, 1, 1, 2, 2, 3]) { change() }
    }

    private mutating func change() {
        let place = Int.random(in: 0..<lines.count, using: &random)
        // What a variable's value makes of a text, no check can know.
        if lines[place].contains("$") { return }
        switch Int.random(in: 0..<11, using: &random) {
        case 0: if lines.count > 1 { lines.remove(at: place) }
        case 1: lines.insert(lines[place], at: place)
        case 2: lines.swapAt(place, Int.random(in: 0..<lines.count, using: &random))
        case 3: indent(place)
        case 4: setValue(place, to: random.pick(Wording.oddities))
        case 5:
            let (_, values) = random.pick(Vocabulary.keys)
            let value = random.pick(values.good)
            if !value.contains("$") { setValue(place, to: value) }
        case 6: setKey(place)
        case 7: insertEntry(place)
        case 8: splice(place)
        case 9: wrapValue(place)
        default: changeCharacter(place)
        }
    }

    private mutating func indent(_ place: Int) {
        if random.happens(50), lines[place].hasPrefix("  ") {
            lines[place].removeFirst(2)
        } else {
            lines[place] = "  " + lines[place]
        }
    }

    private mutating func setValue(_ place: Int, to value: String) {
        guard let colon = colon(place) else { return }
        lines[place] = lines[place][..<colon] + ": " + value
    }

    private mutating func setKey(_ place: Int) {
        guard let colon = colon(place) else { return }
        let start = lines[place].firstIndex { $0 != " " } ?? lines[place].startIndex
        guard start < colon else { return }
        lines[place].replaceSubrange(start..<colon, with: random.pick(Self.names))
    }

    /// A key of a service with a value, as deep as the line.
    private mutating func insertEntry(_ place: Int) {
        // Deep lines are most often those of services.
        guard depth(lines[place]) >= 6 else { return }
        let (key, values) = random.pick(Vocabulary.keys)
        let value = random.happens(90) || values.bad.isEmpty ? random.pick(values.good) : random.pick(values.bad)
        lines.insert(String(repeating: " ", count: depth(lines[place])) + "\(key): \(value)", at: place)
    }

    /// A block of another manifest, before the line and as deep as it.
    private mutating func splice(_ place: Int) {
        let other = random.pick(kept).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let start = Int.random(in: 0..<other.count, using: &random)
        let depthThere = depth(other[start])
        var block = [other[start]]
        for line in other[(start + 1)...] {
            if depth(line) <= depthThere { break }
            block.append(line)
        }
        // A block with variables could stand where their values decide.
        if block.contains(where: { $0.contains("$") }) { return }
        let shift = depth(lines[place]) - depthThere
        let moved = block.map { line in
            shift >= 0 ? String(repeating: " ", count: shift) + line : String(line.dropFirst(-shift))
        }
        lines.insert(contentsOf: moved, at: place)
    }

    private mutating func wrapValue(_ place: Int) {
        guard let colon = colon(place) else { return }
        let value = lines[place][colon...].dropFirst(2)
        guard !value.isEmpty else { return }
        let wrapped = random.pick(["[\(value)]", "{a: \(value)}", "\"\(value)\"", "[\(value), \(value)]", "'\(value)'"])
        setValue(place, to: wrapped)
    }

    private mutating func changeCharacter(_ place: Int) {
        var characters = Array(lines[place])
        guard !characters.isEmpty else { return }
        let column = Int.random(in: 0..<characters.count, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: characters.remove(at: column)
        case 1: characters.insert(characters[column], at: column)
        default: characters[column] = random.pick(Array("abz019-_:./{}[]\"' #,*&!|>%@`"))
        }
        lines[place] = String(characters)
    }

    /// Where a line's key ends.
    private func colon(_ place: Int) -> String.Index? {
        let line = lines[place]
        return line.indices.first { index in
            guard line[index] == ":" else { return false }
            let next = line.index(after: index)
            return next == line.endIndex || line[next] == " "
        }
    }

    private func depth(_ line: String) -> Int { line.prefix { $0 == " " }.count }
}
