import Foundation
import TestSupport
import Testing

/// The line that long work shows on a terminal.
@Suite(.serialized)
struct ProgressTests {
    /// A manifest that comes in two pieces, the second after a while.
    private static let slowly =
        "set -o pipefail; (head -c 20 strategy.yaml; sleep 1.2; tail -c +21 strategy.yaml) |"
    /// A manifest whose second piece comes once something stands on the terminal.
    private static let untilShown =
        "set -o pipefail; (head -c 20 strategy.yaml; until [ -e shown ]; do sleep 0.05; done; tail -c +21 strategy.yaml) |"

    @Test("Work that waits says after half a second what it is at, and findings stand on a clean line")
    func appears() throws {
        let checkout = try Checkout()
        try checkout.edit("owner: core, build: ./api", "owner: nobody, build: ./api")
        let shown = try PseudoTerminal(Self.untilShown + " $bayplan validate --color never -", in: checkout.url)
        #expect(shown.status == 1)
        #expect(shown.erased == ["bayplan: checking the manifest ..."])
        #expect(shown.screen.first == "error[BP202]: there is no project `nobody`", "\(shown.screen)")
        #expect(shown.screen.last == "" && !shown.screen.contains { $0.contains("checking") })
    }

    @Test("What is done is counted, at most ten times a second, and results push the line away")
    func counts() throws {
        let checkout = try Checkout(isCompiled: false)
        // Half a gigabyte of nothing takes its time to hash, and a thousand small files follow it.
        try checkout.shell(
            """
            mkdir -p core/api core/jobs; echo FROM scratch | tee core/api/Dockerfile >core/jobs/Dockerfile
            truncate -s 512M core/api/0; for n in {1000..2000}; do : >core/api/$n; done
            """)
        let shown = try PseudoTerminal("$bayplan fingerprint", in: checkout.url)
        #expect(shown.status == 0)
        #expect(shown.erased.count >= 1, "\(shown.erased)")
        #expect(.milliseconds(100) * (shown.erased.count - 2) <= shown.elapsed, "\(shown.elapsed): \(shown.erased)")
        #expect(shown.erased.allSatisfy { $0.hasPrefix("bayplan: reading build contexts") }, "\(shown.erased)")
        #expect(shown.erased.contains { $0.hasPrefix("bayplan: reading build contexts: file ... ") })
        #expect(shown.screen.map { $0.prefix(5) } == ["api  ", "jobs ", ""], "\(shown.screen)")
    }

    @Test("The line is narrower than the terminal", arguments: [1, 2, 12, 34, 35, 36])
    func width(columns: UInt16) throws {
        let checkout = try Checkout()
        let shown = try PseudoTerminal(
            (columns == 1 ? Self.slowly : Self.untilShown) + " $bayplan map - >/dev/null", in: checkout.url,
            columns: columns)
        let whole = "bayplan: checking the manifest ..."
        #expect(shown.erased.first ?? "" == whole.prefix(Int(columns) - 1))
        #expect(shown.screen == [""])
    }

    @Test(
        "A terminal that cannot erase, CI and a file see nothing of it",
        arguments: [
            ("", ["TERM": "dumb"]), ("", ["TERM": ""]), ("", ["CI": "true"]), ("2>errors", [:]), ("-q", [:]),
        ])
    func absent(_ words: String, _ environment: [String: String]) throws {
        let checkout = try Checkout()
        let shown = try PseudoTerminal(
            Self.slowly + " $bayplan map - \(words) >/dev/null && test ! -s errors", in: checkout.url,
            environment: environment)
        #expect(shown.status == 0 && shown.bytes.isEmpty, "\(shown.screen)")
    }

    @Test(
        "Quick work writes what it would write anywhere",
        arguments: ["validate", "compile", "compile --check", "order"])
    func quick(_ command: String) throws {
        let checkout = try Checkout()
        var shown = try PseudoTerminal("$bayplan \(command)", in: checkout.url)
        // On a busy machine no work is quick; what takes half a second may show the line.
        for _ in 0..<200 where shown.elapsed > .milliseconds(450) {
            shown = try PseudoTerminal("$bayplan \(command)", in: checkout.url)
        }
        let elsewhere = try checkout.shell("$bayplan \(command) 2>&1")
        #expect(shown.erased.isEmpty && !shown.bytes.contains(0x1B))
        #expect(shown.screen.joined(separator: "\n") == elsewhere.output)
    }

    @Test("What fails is told on a clean line")
    func failure() throws {
        let checkout = try Checkout()
        let shown = try PseudoTerminal(
            "(head -c 20 strategy.yaml; sleep 1; head -c 2000 /dev/zero) | $bayplan validate --limit-bytes 1000 -",
            in: checkout.url)
        #expect(shown.status == 2)
        #expect(shown.screen == ["bayplan: <stdin> holds more than 1000 bytes; `--limit-bytes` raises the limit", ""])
    }
}
