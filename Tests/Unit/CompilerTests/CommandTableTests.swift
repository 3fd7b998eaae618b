import Foundation
import TestSupport
import Testing

/// The tables of the real program against everything that is to come from them.
struct CommandTableTests {
    struct Table: Decodable {
        struct Entry: Decodable {
            let kind, name, help: String
            let short, value: String?
            let values: [String]
            let `default`: String?
            let hidden: Bool
        }

        let name, abstract: String
        let table: [Entry]
    }

    struct Dump: Decodable {
        let name: String
        let commands: [Table]
    }

    private let folder: ScratchFolder
    private let commands: [Table]

    init() throws {
        folder = try ScratchFolder()
        let dump = try Program.run(["--dump-options"], in: folder.url)
        commands = try JSONDecoder().decode(Dump.self, from: Data(dump.output.utf8)).commands
    }

    private func run(_ words: [String]) throws -> Tool.Result { try Program.run(words, in: folder.url) }

    private func text(_ path: String) throws -> String {
        try String(contentsOf: Golden.repository.appending(path: path), encoding: .utf8)
    }

    @Test("No name stands twice, and each is told in a sentence")
    func names() {
        #expect(commands.count >= 10)
        for command in commands {
            let names = command.table.filter { $0.kind != "operand" }.flatMap { [$0.name, $0.short ?? $0.name] }
            #expect(
                Set(names).count == Set(command.table.filter { $0.kind != "operand" }.map(\.name)).count
                    + command.table.count(where: { $0.short != nil }))
            #expect(command.table.count(where: { $0.kind == "operand" }) <= 1)
            for entry in command.table { #expect(entry.help.hasSuffix("."), "\(command.name) \(entry.name)") }
        }
    }

    @Test(
        "Help, completion, the manual and the page of a command tell of each option that is no secret, and of no other")
    func told() throws {
        let manual = try text("packaging/bayplan.1")
        for command in commands {
            let help = try run([command.name, "--help"]).output
            let offered = try run(["---complete", "fish", command.name, "--"]).output
            let page = try text("Sources/bayplan/bayplan.docc/Commands/bayplan-\(command.name).md")
            let index = try text("Sources/bayplan/bayplan.docc/Commands.md")
            #expect(manual.contains(".Ss bayplan \(command.name)\n"))
            for entry in command.table where entry.kind != "operand" {
                let told = help.contains("--\(entry.name) ") || help.contains("--\(entry.name)\n")
                #expect(told == !entry.hidden, "the help of \(command.name): \(entry.name)")
                #expect(offered.contains("--\(entry.name)\t") == !entry.hidden, "completion: \(entry.name)")
                guard !entry.hidden else { continue }
                let roff = "Fl \\-" + entry.name.replacing("-", with: "\\-")
                #expect(manual.contains(roff), "the manual does not tell of \(entry.name)")
                let spelling = "`--\(entry.name)" + (entry.value.map { " <\($0)>`" } ?? "`")
                #expect((page + index).contains(spelling), "the page of \(command.name) does not tell of \(entry.name)")
            }
            for value in command.table.flatMap(\.values) {
                #expect(
                    help.replacing(/\s+/, with: " ").contains(value) && page.contains(value) || index.contains(value))
            }
        }
    }

    @Test("The program takes each option of its tables, and each of the values")
    func taken() throws {
        for command in commands {
            for entry in command.table where entry.kind != "operand" && entry.name != "version" {
                var values: [String?] = entry.values
                if values.isEmpty { values = [entry.kind == "flag" ? nil : entry.name == "rule" ? "BP502=off" : "1"] }
                for value in values {
                    let words = [command.name, "--" + entry.name + (value.map { "=" + $0 } ?? ""), "--help"]
                    let result = try run(words)
                    #expect(result.status == 0 && result.output.hasPrefix("OVERVIEW"), "\(words): \(result.errors)")
                }
                guard entry.kind == "option" else { continue }
                #expect(try run([command.name, "--" + entry.name]).status == 2)
                if entry.values.isEmpty { continue }
                let wrong = try run([command.name, "--" + entry.name, "nosuch"])
                #expect(wrong.status == 2)
                for value in entry.values { #expect(wrong.errors.contains(value), "\(wrong.errors)") }
            }
        }
    }

    @Test("What is wrong with a command line is one line that cannot steer a terminal, and two with the way on")
    func hostileWords() throws {
        let hostile = "x\n::error file=README.md::y\u{1B}[31m\u{202E}"
        for command in commands.map(\.name) {
            for words in [
                [command, "--" + hostile], [command, "--color", hostile], [command, hostile, hostile], [hostile],
            ] {
                let errors = try run(words).errors + run(words).output
                #expect(
                    !errors.contains("\n::") && !errors.contains("\u{1B}") && !errors.contains("\u{202E}"), "\(errors)")
            }
        }
    }

    @Test(
        "A file's name that looks like an option is one behind --", arguments: ["--format=json=a.yaml", "--fix", "-q"])
    func namesAsOptions(_ name: String) throws {
        let manifest = Checkout.manifest
        try folder.write("a.yaml", manifest)
        try folder.write(name, manifest)
        let hooks = try text(".pre-commit-hooks.yaml")
        for entry in hooks.split(separator: "\n").compactMap({ $0.firstMatch(of: /^  entry: bayplan (validate.*)/)?.1 })
        {
            let words = entry.split(separator: " ").map(String.init)
            #expect(words.last == "--", "\(entry) does not end its options")
            let result = try run(words + [name, "a.yaml"])
            #expect(result.status == 0, "\(result.output)\(result.errors)")
        }
        #expect(try folder.read("a.yaml") == Array(manifest.utf8))
        #expect(try folder.read(name) == Array(manifest.utf8))
    }
}
