import Arguments
import Testing

/// What a shell is told to offer.
struct CompletionTests {
    private func offers(_ line: String, isWhole: Bool = true) -> [String] {
        let words = line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        return Sample.program.offers(words, isWhole: isWhole).split(separator: "\n").map {
            String($0.split(separator: "\t")[0])
        }
    }

    @Test(
        arguments: [
            ("", ["cook", "wash", "serve", "buy", "help"]), ("co", ["cook"]), ("--v", ["--version"]),
            ("help se", ["serve"]), ("cook --co", ["--colour"]), ("cook --colour ", ["red", "green"]),
            ("cook --colour g", ["green"]), ("cook --colour=g", ["--colour=green"]), ("cook -qp s", ["small"]),
            ("cook --spice a s", ["spice-cook", "spice---spice", "spice-a", "spice-s"]),
            ("cook ", [":files dish"]), ("cook -- --h", [":files dish"]), ("cook --hot x", [":files dish"]),
            ("serve --table ", [":folders"]), ("serve --table=a", [":folders"]), ("serve ", [":files"]),
            ("wash --", ["--dry", "--version", "--help"]), ("wash ", ["--dry", "--version", "--help"]), ("buy ", []),
            ("nope ", []), ("cook --limit", []),
        ])
    func offered(_ line: String, _ wanted: [String]) { #expect(offers(line) == wanted) }

    @Test("Bash replaces only what stands behind =")
    func bash() { #expect(offers("cook --colour=", isWhole: false) == ["red", "green"]) }

    @Test("A script names its program, and holds no option of it", arguments: Shell.allCases)
    func scripts(_ shell: Shell) {
        let script = shell.script(for: "kitchen")
        #expect(script.contains("kitchen \(Shell.question) \(shell.rawValue)"))
        #expect(!script.contains("PROGRAM") && !script.contains("colour"))
    }
}
