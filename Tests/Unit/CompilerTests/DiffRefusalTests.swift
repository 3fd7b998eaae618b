import Compiler
import TestSupport
import Testing

/// `bayplan diff`: what keeps it from comparing.
struct DiffRefusalTests {
    private static let manifest = """
        version: 1
        images: {a: {pull: "redis:7"}}
        projects: {p: {services: {a: }}}

        """
    private static let broken = "version: [1\n"

    private func told(_ desk: Desk, _ set: (inout DiffRun) -> Void = { _ in }) -> Desk.Told {
        var run = DiffRun(session: desk.session())
        set(&run)
        return desk.told(run.run)
    }

    /// What keeps two manifests from being compared, and the last line that is said of it.
    private static let refusals: [(what: String, line: String)] = [
        ("no git", ". does not lie in a git checkout; `bayplan diff FILE` compares with another manifest"),
        (
            "no revision",
            "there is no revision `nope` in the checkout .; its branches: main; `bayplan diff FILE` compares with another manifest"
        ),
        (
            "a broken past",
            "nothing is compared: the manifest of `HEAD` has the errors above; `--since` states another revision, "
                + "`bayplan diff FILE` another manifest"
        ),
        ("a large past", "strategy.yaml of `HEAD` holds more than 1000 bytes; `--limit-bytes` raises the limit"),
        ("a broken other", "nothing is compared: other.yaml has the errors above"),
        ("no other", "cannot read gone.yaml: No such file or directory"),
    ]

    @Test("What cannot be compared ends in a failure that says why", arguments: refusals.map(\.what))
    func refused(_ what: String) throws {
        let line = try #require(Self.refusals.first { $0.what == what }).line
        let desk = try Desk(Self.manifest)
        try desk.folder.write("other.yaml", Self.broken)
        if what == "a broken past" { try desk.folder.write("strategy.yaml", Self.broken) }
        if what == "a large past" {
            try desk.folder.write("strategy.yaml", Self.manifest + "#" + String(repeating: "x", count: 2000) + "\n")
        }
        if what != "no git" { try desk.commit() }
        try desk.folder.write("strategy.yaml", Self.manifest)
        let result = told(desk) {
            if what == "no revision" { $0.since = "nope" }
            if what == "a large past" { $0.session.limits.fileBytes = 1000 }
            if what.hasSuffix(" other") { $0.other = desk.path(what == "no other" ? "gone.yaml" : "other.yaml") }
        }
        #expect(result.status == .failure && result.output.isEmpty)
        let last = result.errors.split(separator: "\n").last.map(String.init) ?? ""
        #expect(last.hasPrefix("bayplan: " + line), "\(result.errors)")
        let place = ["a broken past": "HEAD:strategy.yaml", "a broken other": "other.yaml"][what]
        #expect(result.errors.contains("error[BP001]") == (place != nil))
        if let place { #expect(result.errors.contains(" --> \(place):2:1\n"), "\(result.errors)") }
        // An error of the manifest itself comes before whatever is wrong with the other one.
        try desk.folder.write("strategy.yaml", "version: 1\nimages: {}\nprojects: {}\noops: 1\n")
        let own = told(desk) {
            if what.hasSuffix(" other") { $0.other = desk.path(what == "no other" ? "gone.yaml" : "other.yaml") }
        }
        #expect(own.status == .findings && own.errors.hasPrefix("error[BP003]: "), "\(own.errors)")
        #expect(own.errors.hasSuffix("bayplan: 1 error in strategy.yaml\n"), "\(own.errors)")
    }
}
