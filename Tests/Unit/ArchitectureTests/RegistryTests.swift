import Diagnostics
import Rules
import Testing

/// The index of codes and the registry of rules, complete both ways.
struct RegistryTests {
    @Test("Codes ascend, and no number or name is given twice")
    func codesAreUnique() {
        let numbers = Code.all.map(\.number)
        #expect(numbers == numbers.sorted())
        #expect(Set(numbers).count == numbers.count)
        #expect(Set(Code.all.map(\.name)).count == numbers.count)
        for code in Code.all {
            #expect(
                code.name.utf8.allSatisfy { ($0 >= 0x61 && $0 <= 0x7A) || ($0 >= 0x30 && $0 <= 0x39) || $0 == 0x2D })
        }
    }

    @Test("Every constant of the index is in the list of all codes")
    func listIsComplete() throws {
        let text = try Repository.text("Sources/Diagnostics/CodeIndex.swift")
        let declared = text.split(separator: "\n").filter { $0.contains("static let") && $0.contains("= Code(") }.count
        #expect(declared == Code.all.count)
    }

    @Test("Every rule type in the sources is registered, once, in the order of the codes")
    func rulesAreRegistered() throws {
        var declared: Set<String> = []
        for file in try Repository.swiftFiles(below: "Sources/Rules") {
            for line in try Repository.text(file).split(separator: "\n") where line.contains(": Rule {") {
                let words = line.split(separator: " ")
                if let index = words.firstIndex(of: "enum") { declared.insert(words[index + 1].trimming(":")) }
            }
        }
        let registered = Registry.rules.map { String(describing: $0) }
        #expect(Set(registered) == declared)
        #expect(registered.count == declared.count)
        let numbers = Registry.rules.map { $0.code.number }
        #expect(numbers == numbers.sorted())
    }

    @Test("A folder of a category holds rules only, one a file")
    func rulesHaveFilesOfTheirOwn() throws {
        let categories = ["Builds", "Compose", "File", "Host", "Names", "Practice", "References"]
        for file in try Repository.swiftFiles(below: "Sources/Rules") {
            let rules = try Repository.text(file).split(separator: "\n").count { $0.contains(": Rule {") }
            let folder = file.split(separator: "/")[2]
            #expect(rules == (categories.contains(String(folder)) ? 1 : 0), "\(file)")
        }
    }

    @Test("Every rule says what it finds and why that matters")
    func rulesAreDocumented() {
        for rule in Registry.rules {
            #expect(rule.summary.hasSuffix("."), "\(rule)")
            #expect(rule.rationale.hasSuffix("."), "\(rule)")
        }
    }
}

extension Substring {
    fileprivate func trimming(_ character: Character) -> String { String(self.filter { $0 != character }) }
}
