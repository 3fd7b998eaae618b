import Diagnostics
import Foundation
import SourceText
import TestSupport
import Testing

@testable import YAMLSyntax

/// The YAML test suite: where libyaml accepts or rejects, so does Bayplan, and nothing accepted is misread.
///
/// Each departure is a row of `deviations.tsv` with its reason: Bayplan's own refusals by their code, and where
/// libyaml, which Compose's reader follows, departs from the suite. A departure that has no row fails, and so does a
/// row that no longer holds.
@Suite(.enabled(if: SuiteCase.isExpected, "the YAML test suite is not there; .ci/yaml-suite brings it"))
struct SuiteTests {
    @Test("Every case is read as libyaml reads it, or departs as its row says")
    func cases() throws {
        let cases = try SuiteCase.all()
        try #require(cases.count >= 402, "the suite is not whole")
        var found: [Deviation] = []
        var wrong: [String] = []
        var (accepted, rejected): (Int, Int) = (0, 0)
        for suiteCase in cases {
            let (tree, diagnostics) = Tree.read(SourceFile(path: "in.yaml", bytes: suiteCase.document))
            let read = tree.map { Events($0) } ?? Events()
            for diagnostic in diagnostics
            where Int(diagnostic.primary.location.span.end) > suiteCase.document.count || diagnostic.message.isEmpty {
                wrong.append("\(suiteCase.id): \(diagnostic.message) has no place")
            }
            guard let events = LibYAML.events(suiteCase.document) else {
                if diagnostics.isEmpty { wrong.append("\(suiteCase.id): accepted, libyaml rejects it") }
                if suiteCase.isValid { found.append(Deviation(suiteCase.id, "libyaml rejects")) }
                rejected += 1
                continue
            }
            if !suiteCase.isValid { found.append(Deviation(suiteCase.id, "libyaml accepts")) }
            if suiteCase.isValid, events.expanded != suiteCase.events.expanded {
                found.append(Deviation(suiteCase.id, "libyaml reads otherwise"))
            }
            if let code = diagnostics.first?.code {
                found.append(Deviation(suiteCase.id, "refused \(code.label)"))
                continue
            }
            accepted += 1
            if read != events.expanded {
                wrong.append("\(suiteCase.id): read \(read.text), libyaml \(events.expanded.text)")
            }
            if suiteCase.isValid, let tree, let json = suiteCase.json, JSONValue(tree, tree.root) != json {
                found.append(Deviation(suiteCase.id, "other value"))
            }
        }
        #expect(wrong.isEmpty, "\(wrong.joined(separator: "\n"))")
        let listed = try Deviation.listed()
        let (seen, known) = (Set(found), Set(listed))
        for deviation in found where !known.contains(deviation) { Issue.record("not listed: \(deviation.row)") }
        for deviation in listed where !seen.contains(deviation) { Issue.record("listed, but not so: \(deviation.row)") }
        let kinds = Dictionary(grouping: found) { $0.what }.map { "\($0.value.count) \($0.key)" }.sorted()
        print(
            "YAML test suite: \(cases.count) cases: \(accepted) read alike, \(rejected) rejected by both; "
                + "departures with a reason: \(kinds.joined(separator: ", "))")
    }
}

/// How a case departs from the suite or from libyaml.
struct Deviation: Hashable {
    let id: String
    /// `refused BPnnn`: libyaml accepts it, Bayplan does not. `libyaml accepts`, `libyaml rejects`, `libyaml reads
    /// otherwise`: than the suite, and Bayplan with it. `other value`: a scalar has another type than in the suite.
    let what: String

    init(_ id: String, _ what: String) {
        self.id = id
        self.what = what
    }

    var row: String { "\(id)\t\(what)" }

    /// The rows of the table, each with a reason.
    static func listed() throws -> [Deviation] {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "deviations.tsv")
        return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").dropFirst().map { line in
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
            try #require(fields.count == 3 && !fields[2].isEmpty, "no reason: \(line)")
            return Deviation(String(fields[0]), String(fields[1]))
        }
    }
}
