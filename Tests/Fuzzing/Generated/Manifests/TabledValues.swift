import ComposeSpec

/// Random values of shapes, in flow style; now and then one that the shape does not allow.
struct TabledValues {
    private var random: SeededGenerator

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    mutating func happens(_ percent: Int) -> Bool { random.happens(percent) }
    mutating func count(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }

    mutating func pick(_ list: [String]) -> String { random.pick(list) }

    /// A service's body; a body does not name the service itself.
    mutating func service(_ keys: ClosedRange<Int>, of name: String) -> String {
        object(ComposeTable.service, keys: keys, leaving: ["image", "build", "container_name", "extends"])
    }

    /// A network, volume, secret or configuration; the last two must say where they come from.
    mutating func section(_ section: String, _ shape: ObjectShape) -> String {
        switch section {
        case "secrets", "configs":
            let sources = ["external: true", "file: ./f", "environment: E"]
            if random.happens(90) {
                let labels = random.happens(30) ? ", labels: \(keyValues())" : ""
                return "{\(random.pick(sources))\(labels)}"
            }
        default:
            if random.happens(15) { return "{external: true, name: outside}" }
        }
        return object(shape, keys: 0...3, leaving: random.happens(90) ? ["external"] : [])
    }

    /// An object with the keys that it requires and some others.
    mutating func object(_ shape: ObjectShape, keys: ClosedRange<Int>, leaving left: Set<String> = []) -> String {
        var chosen = shape.keys.filter { $0.isRequired && !random.happens(1) }
        let others = shape.keys.filter { !$0.isRequired && !left.contains($0.name) }
        if !others.isEmpty {
            for _ in 0..<count(keys) {
                let key = random.pick(others)
                if !chosen.contains(where: { $0.name == key.name }) { chosen.append(key) }
            }
        }
        var entries = chosen.map { "\($0.name): \(value($0.shape, at: "\(shape.name).\($0.name)"))" }
        if shape.allowsExtensions, random.happens(2) { entries.append("x-more: \(random.pick(Wording.anything))") }
        return "{" + entries.joined(separator: ", ") + "}"
    }

    private mutating func value(_ shape: Shape, at key: String) -> String {
        if random.happens(2) { return random.pick(Wording.oddities) }
        if random.happens(3), !Wording.compared.contains(key), let family = shape.family,
            let values = Wording.variables[family]
        {
            return random.pick(values)
        }
        if let values = Wording.texts[key], random.happens(90) { return random.pick(values) }
        switch shape {
        case .null: return "null"
        case .boolean: return random.pick(["true", "false"])
        case .integer(let bounds):
            let whole = Int.random(in: -2...300, using: &random)
            return String(bounds.map { min(max(whole, $0.lowerBound), $0.upperBound) } ?? whole)
        case .number: return random.pick(["1", "2", "0", "64"])
        case .string(let grammar):
            return random.pick(grammar.flatMap { Wording.grammars[$0.name] } ?? Wording.anyTexts)
        case .oneOf(let words): return random.pick(words)
        case .sequence(let item, let isUnique):
            var items: [String] = []
            for _ in 0..<count(0...2) {
                let text = value(item, at: key + "[]")
                if !isUnique || !items.contains(text) { items.append(text) }
            }
            return "[" + items.joined(separator: ", ") + "]"
        case .mapping(let item, _), .declarations(let item):
            return "{"
                + ["a", "b-c"].prefix(count(0...2)).map { "\($0): \(value(item, at: key + "{}"))" }
                .joined(separator: ", ") + "}"
        case .object(let object): return self.object(object, keys: 0...3)
        case .anyOf(let shapes): return value(random.pick(shapes), at: key)
        case .anything: return random.pick(Wording.anything)
        }
    }

    private mutating func keyValues() -> String { random.pick(["{a: b}", "[a=b]", "{a: 1}"]) }
}

extension Shape {
    /// What kind of variable could stand for the shape.
    fileprivate var family: Wording.Family? {
        switch self {
        case .boolean: .flag
        case .integer, .number: .number
        case .anyOf(let shapes): shapes.lazy.compactMap(\.family).first
        default: nil
        }
    }
}
