import Diagnostics
import Foundation
import TestSupport
import Testing

/// One manifest with forty different faults: what a bad day looks like.
///
/// `mends.txt` holds, for each fault, its code, the text at fault and what it should have been.
struct FortyFaultsTests {
    private static let folder = RuleFixture.folder.deletingLastPathComponent().appending(path: "forty")

    private static func text(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: folder.appending(path: name)), as: UTF8.self)
    }

    private static func findings(_ text: String) -> [Diagnostic] {
        RuleFixture.findings(in: text).filter {
            $0.severity > .info
        }
    }

    @Test("All forty are told in one run, once each, from top to bottom")
    func allAtOnce() throws {
        let found = Self.findings(try Self.text("strategy.yaml"))
        #expect(found.count == 40)
        #expect(Set(found.map(\.code)).count == 40)
        let starts = found.map(\.primary.location.span.start)
        #expect(starts == starts.sorted())
        #expect(found.allSatisfy { !$0.help.isEmpty })
    }

    @Test("None is a consequence of another: mending one takes away that one and nothing else")
    func independent() throws {
        let text = try Self.text("strategy.yaml")
        let all = Self.findings(text).map(\.code.label)
        let mends = try Self.text("mends.txt").split(separator: "\n")
        #expect(mends.count == 40)
        for mend in mends {
            let parts = mend.split(separator: "|", omittingEmptySubsequences: false)
                .map { $0.replacing("\\n", with: "\n") }
            try #require(parts.count == 3 && text.contains(parts[1]), "\(mend)")
            let left = Self.findings(text.replacing(parts[1], with: parts[2])).map(\.code.label)
            #expect(left.sorted() == all.filter { $0 != parts[0] }.sorted(), "\(mend)")
        }
    }

    @Test("It reads well in terminals of 80 and of 40 columns", arguments: [80, 40])
    func rendering(_ width: Int) throws {
        let found = Self.findings(try Self.text("strategy.yaml"))
        let shown = String(decoding: render(found, as: .text, options: RenderingOptions(width: width)), as: UTF8.self)
        try Golden.expect(shown, at: Self.folder.appending(path: "expected-\(width).txt"))
        #expect(!shown.split(separator: "\n").contains { $0.count > width })
    }
}
