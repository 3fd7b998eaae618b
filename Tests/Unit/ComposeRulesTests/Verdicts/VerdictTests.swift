import Diagnostics
import Foundation
import TestSupport
import Testing

/// The recorded verdicts of Docker Compose, carried into manifests.
@Suite
struct VerdictTests {
    /// Where the rules differ from Compose on purpose, and what cannot be carried.
    private struct Deviations {
        private(set) var reasons: [String: (kind: String, reason: String)] = [:]

        init() throws {
            for line in try Repository.text("Tests/Fixtures/compose-verdicts/deviations.tsv").split(separator: "\n")
            where !line.hasPrefix("#") {
                let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
                try #require(fields.count == 3, "\(line)")
                #expect(reasons[fields[0]] == nil, "\(fields[0]) is listed twice")
                reasons[fields[0]] = (fields[1], fields[2])
            }
        }
    }

    @Test("A manifest is refused exactly where the newest Compose refuses the file that it says, but for the list")
    func agreesWithTheNewest() throws {
        let verdicts = try #require(try TestData.json("compose-verdicts.json") as? [[String: Any]])
        let listed = try Deviations().reasons
        var seen: Set<String> = []
        var (accepted, refused, stricter, laxer, uncarried) = (0, 0, 0, 0, 0)
        for verdict in verdicts {
            let id = try #require(verdict["id"] as? String)
            let text = try #require(verdict["yaml"] as? String)
            let newest = try #require(verdict["newest"] as? [String: Any])
            let isAccepted = newest["rc"] as? Int == 0
            let (carried, reason) = CarriedCase.carry(text)
            let deviation = listed[id]
            if deviation != nil { seen.insert(id) }
            guard let carried else {
                #expect(deviation?.kind == "not carried", "\(id) cannot be carried: \(reason)")
                uncarried += 1
                continue
            }
            let errors = Checked(carried.manifest).errors
            let told = errors.map { "\($0.code.label) \($0.message)" }.joined(separator: "; ")
            for error in errors {
                #expect(!error.help.isEmpty || error.why != nil || error.code.number < 100, "\(id): \(told)")
            }
            switch (isAccepted, errors.isEmpty) {
            case (true, true): accepted += 1
            case (false, false): refused += 1
            case (true, false):
                #expect(deviation?.kind == "stricter", "\(id) is refused though Compose accepts it: \(told)")
                stricter += 1
                continue
            case (false, true):
                #expect(deviation?.kind == "laxer", "\(id) is accepted though Compose says: \(newest["err"] ?? "")")
                laxer += 1
                continue
            }
            #expect(deviation == nil, "\(id) agrees, and is listed as a deviation")
        }
        #expect(Set(listed.keys).subtracting(seen).isEmpty, "listed, but no case")
        print(
            "verdicts: \(verdicts.count) cases, \(accepted) accepted and \(refused) refused by both, "
                + "\(stricter) stricter, \(laxer) laxer, \(uncarried) not carried")
    }
}
