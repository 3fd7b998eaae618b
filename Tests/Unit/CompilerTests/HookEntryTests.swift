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
                always_run: true
        """ + "\n"

    private func added(
        _ old: String?, manifest: String = "strategy.yaml", root: String? = nil
    ) -> HookEntry.Edit {
        HookEntry(manifest: manifest, root: root).added(to: old.map { Array($0.utf8) })
    }

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
        "A hook that compares what is generated is enough, whichever",
        arguments: ["bayplan", "bayplan-compile", "bayplan-generate-system"])
    func present(_ id: String) {
        #expect(added("repos:\n  - repo: x\n    hooks:\n      - id: \(id)\n") == .present)
    }

    @Test("A hook that only looks at the manifest compares nothing")
    func validateAlone() {
        let old = "repos:\n  - repo: x\n    hooks:\n      - id: bayplan-validate\n"
        #expect(added(old) == .content(Array((old + Self.entry).utf8)))
    }

    @Test(
        "The entry names a manifest elsewhere, and a root that is none by itself",
        arguments: [
            ("deploy/strategy.yaml", nil, "bayplan compile --check deploy/strategy.yaml"),
            ("a b/it's.yaml", nil, "'bayplan compile --check ''a b/it''\\''''s.yaml'''"),
            ("-x/strategy.yaml", nil, "bayplan compile --check -- -x/strategy.yaml"),
            ("strategy.yml", "..", "bayplan compile --check --root .."),
        ] as [(String, String?, String)])
    func elsewhere(_ manifest: String, _ root: String?, _ command: String) {
        let wanted = Self.entry.replacing("bayplan compile --check", with: command)
        #expect(added(nil, manifest: manifest, root: root) == .content(Array(("repos:\n" + wanted).utf8)))
        #expect(added("repos:\n" + wanted, manifest: manifest, root: root) == .present)
    }

    @Test("Each manifest of a repository has an entry of its own")
    func several() {
        let old = "repos:\n" + Self.entry.replacing("--check", with: "--check a/strategy.yaml")
        let new = Self.entry.replacing("--check", with: "--check b/strategy.yaml")
        #expect(added(old, manifest: "b/strategy.yaml") == .content(Array((old + new).utf8)))
        #expect(added(old) == .content(Array((old + Self.entry).utf8)))
        let published = old.replacing("id: bayplan\n", with: "id: bayplan-compile\n").replacing(
            "a/strategy", with: "b/strategy")
        #expect(added(published, manifest: "b/strategy.yaml") == .present)
        #expect(added(published) == .content(Array((published + Self.entry).utf8)))
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
