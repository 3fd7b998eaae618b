import Foundation
import Testing

/// The table of the architecture page against the `import` lines (architecture page, "Overview").
struct ImportLawTests {
    /// Module → what it may import, as the page says.
    private let law: [String: Set<String>]

    init() throws {
        var law: [String: Set<String>] = [:]
        for line in try Repository.text("Sources/bayplan/bayplan.docc/Architecture.md").split(separator: "\n") {
            let cells = line.split(separator: "|", omittingEmptySubsequences: false)
                .map { $0.trimmingCharacters(in: .whitespaces) }
            guard cells.count == 5, cells[1].hasPrefix("`") else { continue }
            let names = cells[3].split(separator: ",").map {
                $0.trimmingCharacters(in: CharacterSet(charactersIn: " `"))
            }
            law[cells[1].trimmingCharacters(in: CharacterSet(charactersIn: "`"))] = Set(names)
        }
        self.law = law
    }

    @Test("The table names every module, and no other")
    func tableIsComplete() throws {
        #expect(law.keys.sorted() == (try Repository.folders(in: "Sources")))
    }

    @Test("No file imports a module that its own may not")
    func importsFollowTheTable() throws {
        var checked = 0
        for (module, allowed) in law.sorted(by: { $0.key < $1.key }) {
            for file in try Repository.swiftFiles(below: "Sources/" + module) {
                let ours = try Repository.imports(of: file).intersection(law.keys)
                #expect(ours.isSubset(of: allowed), "\(file) imports \(ours.subtracting(allowed).sorted())")
                checked += 1
            }
        }
        #expect(checked > 100)
    }

    @Test("Only Workspace and bayplan reach the system, and no module imports Foundation")
    func libraryIsPure() throws {
        let system: Set = [
            "Glibc", "Musl", "Darwin", "Foundation", "FoundationEssentials", "Dispatch", "Synchronization",
        ]
        for module in law.keys.sorted() {
            for file in try Repository.swiftFiles(below: "Sources/" + module) {
                var found = try Repository.imports(of: file).intersection(system)
                if module == "Workspace" || module == "bayplan" { found.subtract(["Glibc", "Musl", "Darwin"]) }
                #expect(found.isEmpty, "\(file) imports \(found.sorted())")
            }
        }
    }

    @Test("libyaml is named in YAMLSyntax alone")
    func libyamlStaysInside() throws {
        for file in try Repository.swiftFiles(below: "Sources") where !file.hasPrefix("Sources/YAMLSyntax/") {
            #expect(!(try Repository.text(file).contains("yaml_")), "\(file) names libyaml's types")
        }
    }
}
