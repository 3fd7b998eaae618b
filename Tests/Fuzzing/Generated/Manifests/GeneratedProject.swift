import Foundation

/// A random manifest of one project: what Compose takes and what it refuses, side by side.
package struct GeneratedProject {
    package private(set) var text = ""
    private var random: SeededGenerator
    private let services: [String]

    package init(seed: UInt64) {
        random = SeededGenerator(seed: seed)
        services = Array(["one", "two", "three", "four"].prefix(Int.random(in: 1...4, using: &random)))
        text = "version: 1\nimages:\n"
        for service in services {
            if random.happens(50) {
                text += "  \(service): {pull: \"\(pick(Vocabulary.pulls))\"}\n"
            } else {
                text += "  \(service):\n    owner: p\n    build: \(pick(Vocabulary.builds))\n"
                if random.happens(10) { text += "    repository: \"\(pick(Vocabulary.repositories))-\(service)\"\n" }
                if random.happens(20) { text += "    tag: \"\(pick(Vocabulary.tags))\"\n" }
            }
            if random.happens(25) { text += "    service:\n" + entries(1...2, indent: 6) }
        }
        // A flow mapping can hold no further key.
        text = text.replacingPulls()
        if random.happens(25) { text += "defaults:\n  service:\n" + entries(1...2, indent: 4) }
        text += "projects:\n  p:\n    path: p\n    services:\n"
        for service in services { text += "      \(service):\n" + entries(0...5, indent: 8) }
        for section in Vocabulary.sections where random.happens(70) {
            text += "    \(section.name):\n"
            for (name, values) in section.entries where random.happens(97) {
                text += "      \(name): \(pick(values))\n"
            }
        }
        if random.happens(30) {
            text += "environments:\n  live:\n    registry: \"\(pick(Vocabulary.registries))\"\n"
            if random.happens(30) { text += "    tag: \"\(pick(Vocabulary.tags))\"\n" }
            text += "    projects:\n      p:\n        services:\n"
            text += "          \(random.pick(services)):\n" + entries(1...3, indent: 12)
        }
        if random.happens(15) { mutate() }
    }

    /// Values that Compose takes, rarely one that it may not.
    private mutating func pick(_ values: Values) -> String {
        random.happens(values.bad.isEmpty ? 0 : 4) ? random.pick(values.bad) : random.pick(values.good)
    }

    private mutating func entries(_ count: ClosedRange<Int>, indent: Int) -> String {
        var used: Set<String> = []
        var result = ""
        for _ in 0..<Int.random(in: count, using: &random) {
            let (key, values) = random.pick(Vocabulary.keys)
            guard used.insert(key).inserted else { continue }
            result += String(repeating: " ", count: indent) + "\(key): \(pick(values))\n"
        }
        return result.isEmpty ? String(repeating: " ", count: indent) + "x-none: 1\n" : result
    }

    /// Changes, removes or doubles one character, as a typing error would.
    private mutating func mutate() {
        var characters = Array(text)
        let place = Int.random(in: 0..<characters.count, using: &random)
        // What a variable's value makes of a text, no check can know.
        let isNear = characters[max(0, place - 12)..<min(characters.count, place + 12)].contains("$")
        if isNear { return }
        switch Int.random(in: 0..<3, using: &random) {
        case 0: characters.remove(at: place)
        case 1: characters.insert(characters[place], at: place)
        default: characters[place] = random.pick(Array("abz019-_:./{}[]\"' #,"))
        }
        text = String(characters)
    }
}

extension String {
    /// `name: {pull: x}` on two lines, so that more keys can follow.
    fileprivate func replacingPulls() -> String {
        split(separator: "\n", omittingEmptySubsequences: false).map { line in
            guard let brace = line.range(of: ": {pull: ") else { return String(line) }
            return line[..<brace.lowerBound] + ":\n    pull: " + line[brace.upperBound...].dropLast()
        }.joined(separator: "\n")
    }
}
