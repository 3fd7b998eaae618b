import Compiler
import Diagnostics
import Emission
import SourceText
import Testing

/// What a manifest says that requires a Bayplan.
struct RequiredVersionTests {
    private func findings(_ requires: String, by version: String) -> [Diagnostic] {
        let text = "requires: \(requires)\nfuture: key\n"
        var options = PipelineOptions(layout: Layout(folder: [], manifestName: "strategy.yaml"))
        options.version = version
        return check(SourceFile(path: "strategy.yaml", bytes: Array(text.utf8)), options).diagnostics.items
    }

    @Test("An older Bayplan says so and nothing else")
    func older() {
        for version in ["0.1.0", "0.9", "1.1.9-dev"] {
            let found = findings("{ bayplan: '1.2' }", by: version)
            #expect(found.map(\.code) == [.unsupportedVersion])
            #expect(found.first?.message == "this manifest requires Bayplan 1.2, and this is Bayplan \(version)")
        }
    }

    @Test("The required Bayplan and newer ones check the manifest", arguments: ["1.2", "1.2.0-dev", "1.10", "2"])
    func newer(_ version: String) {
        let found = findings("{ bayplan: '1.2' }", by: version)
        #expect(found.contains { $0.code == .unknownKey } && !found.contains { $0.code == .unsupportedVersion })
    }

    @Test("What is no version is told, and requires nothing")
    func wrong() {
        let found = findings("{ bayplan: newest, compose: v2 }", by: "0.1.0").filter { $0.code == .wrongType }
        #expect(
            found.map(\.message) == [
                "`bayplan` must be a version such as 2.24 or a number, not `newest`",
                "`compose` must be a version such as 2.24 or a number, not `v2`",
            ])
    }
}
