import Compiler
import Diagnostics
import Emission
import GeneratedManifests
import SourceText
import Testing
import YAMLSyntax

/// What is found in a text of which most is remembered, beside what is found in the whole.
struct RememberingTests {
    private static let pieces = [
        "\n          privileged: sure", "\n          x-a: { b: c }", "\n          prots: [80]", "restart: always",
        "8000:80", "8000",
        "profiles: [shop]", "depends_on: [nobody]", "image: nothing", "{}", "[]", "interval: 30",
        "\n# bayplan:ignore BP220\n",
        "build: .", "null", " # end", "\n", "environment: { A: [b] }", "owner: shop1", "x", "1", ":", " ",
        "ulimits: { nofile: { soft: 1 } }",
    ]

    /// Forty projects, so that one is a small part.
    private static let manifest: String = {
        var text = "version: 1\nimages:\n  web: { pull: 'nginx:1.27' }\n  db:\n    pull: postgres:16.2\nprojects:\n"
        for number in 0..<40 {
            text += "  shop\(number):\n    services:\n      web:\n        ports: ['\(8000 + number):80']\n"
            text += "        depends_on: [db]\n      db:\n        restart: always\n        volumes: [data:/d]\n"
            text += "    volumes:\n      data:\n"
        }
        return text
    }()

    @Test("Edits of a manifest, each found to say the same", arguments: 1...12)
    func edits(seed: UInt64) throws {
        let manifest = Array(Self.manifest.utf8)
        var random = SeededGenerator(seed: seed)
        let options = PipelineOptions(layout: Layout(folder: [], manifestName: "strategy.yaml"))
        var (memory, text) = (IncrementalParser(), manifest)
        var (parts, known, findings) = (0, 0, 0)
        func found(in text: [UInt8]) -> DiagnosticList {
            let (_, found, isSound) = check(
                SourceFile(path: "strategy.yaml", bytes: text), options,
                reading: { source, limits in
                    let known = memory.read(source, limits: limits)
                    if let tree = known.tree, tree.isKnownSound(tree.root) { parts += 1 }
                    return known
                })
            memory.isStructureSound = isSound
            return found
        }
        for edit in 0..<120 {
            // Two edits pile up: a text that is broken for good shows little.
            if edit % 2 == 0 {
                text = manifest
                _ = found(in: text)
                parts = 0
            }
            let start = Int.random(in: 0...text.count, using: &random)
            let end = random.happens(70) ? start : min(text.count, start + Int.random(in: 1...12, using: &random))
            text.replaceSubrange(start..<end, with: Array(random.pick(Self.pieces).utf8))
            let remembered = found(in: text)
            known += parts
            let whole = check(SourceFile(path: "strategy.yaml", bytes: text), options)
            let (one, other) = (remembered.sorted().map(told), whole.diagnostics.sorted().map(told))
            #expect(one == other, "\(String(decoding: text, as: UTF8.self))")
            findings += other.count
        }
        #expect(known > 20 && findings > 50, "\(known) parts, \(findings) findings")
    }

    @Test("A value that another layer completed is looked at again once that layer is gone")
    func layers() throws {
        let layer = "\n    service: { depends_on: { b: { condition: service_started } } }"
        let text = """
            version: 1
            images:
              other: { pull: busybox:1.36 }
              app:
                pull: redis:7.2\(layer)
            projects:
              shop:
                services:
                  app:
                    depends_on:
                      b: { restart: true }
                  b: { image: other }

            """
        let options = PipelineOptions(layout: Layout(folder: [], manifestName: "strategy.yaml"))
        var memory = IncrementalParser()
        func codes(in text: String) -> [String] {
            let source = SourceFile(path: "strategy.yaml", bytes: Array(text.utf8))
            let (_, found, isSound) = check(source, options, reading: { memory.read($0, limits: $1) })
            memory.isStructureSound = isSound
            return found.items.filter { $0.severity == .error }.map(\.code.label)
        }
        #expect(codes(in: text) == [])
        let whole = check(
            SourceFile(path: "strategy.yaml", bytes: Array(text.replacing(layer, with: "").utf8)), options)
        let expected = whole.diagnostics.items.filter { $0.severity == .error }.map(\.code.label)
        #expect(!expected.isEmpty)
        #expect(codes(in: text.replacing(layer, with: "")) == expected)
    }

    private func told(_ diagnostic: Diagnostic) -> String {
        "\(diagnostic.code) \(diagnostic.message) \(diagnostic.primary.location.span) \(diagnostic.primary.text) \(diagnostic.help)"
    }
}
