import Testing

@testable import Compiler

/// Adding to a `.pre-commit-config.yaml` that somebody else wrote.
struct HookEntryTests {
    private static let entry = """
          - repo: local
            hooks:
              - id: bayplan
                name: Compose files match the manifest
                entry: bayplan compile --check
                language: system
                pass_filenames: false
        """ + "\n"

    private func added(_ old: String?) -> HookEntry.Edit { HookEntry.added(to: old.map { Array($0.utf8) }) }

    @Test(arguments: [nil, "", "\n \n"])
    func newFile(_ old: String?) {
        #expect(added(old) == .content(Array(("repos:\n" + Self.entry).utf8)))
    }

    @Test(
        "What was there stays to the byte, before and behind the entry",
        arguments: [
            ("repos:\n  - repo: https://example.com/a\n    rev: v1\n    hooks:\n      - id: a\n", ""),
            ("# ours\nrepos:\n  - repo: local\n    hooks: [{ id: a }]   # all\n", "\n# end\nfail_fast: true\n"),
            (
                "repos:\n  - repo: x\n    hooks:\n      - id: a\n        args: [\n          b,\n        ]\n",
                "ci:\n  skip: []\n"
            ),
            (
                "repos:\n  - repo: x\n    hooks:\n      - id: a\n        entry: >\n          b\n          c\n",
                "fail_fast: true\n"
            ),
            ("# nothing yet\n", nil), ("fail_fast: true\n", nil),
        ] as [(String, String?)])
    func keepsWhatIsThere(_ before: String, _ behind: String?) {
        let new = before + (behind == nil ? "repos:\n" : "") + Self.entry + (behind ?? "")
        #expect(added(before + (behind ?? "")) == .content(Array(new.utf8)))
        #expect(added(new) == .present)
    }

    @Test("A list at the margin, a missing last line end, and lines that end as in DOS")
    func shapes() {
        let margin = "repos:\n- repo: x\n  hooks:\n  - id: a"
        let entry = Self.entry.split(separator: "\n").map { $0.dropFirst(2) + "\n" }.joined()
        #expect(added(margin) == .content(Array((margin + "\n" + entry).utf8)))
        let dos = "repos:\r\n  - repo: x\r\n    hooks:\r\n      - id: a\r\n"
        let lines = Self.entry.split(separator: "\n").map { $0 + "\r\n" }.joined()
        #expect(added(dos) == .content(Array((dos + lines).utf8)))
    }

    @Test(
        "A hook of bayplan is enough, whichever",
        arguments: ["bayplan", "bayplan-compile", "bayplan-validate-system"])
    func present(_ id: String) {
        #expect(added("repos:\n  - repo: x\n    hooks:\n      - id: \(id)\n") == .present)
    }

    @Test(
        "What cannot be added to is left alone",
        arguments: [
            "repos: []\n", "repos: [{ repo: x, hooks: [{ id: a }] }]\n", "repos:\n", "- a\n", "a\n", "repos: [\n",
            "repos: { a: b }\n", "repos: &r\n  -\n    repo: x\n    hooks: []\nother: *r\n",
        ])
    func impossible(_ old: String) {
        guard case .impossible(let reason) = added(old) else {
            Issue.record("\(old) gives \(added(old))")
            return
        }
        #expect(!reason.isEmpty)
    }
}
