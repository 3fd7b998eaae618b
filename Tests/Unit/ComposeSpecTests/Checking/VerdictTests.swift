import ComposeSpec
import Diagnostics
import Foundation
import SourceText
import TestSupport
import Testing
import YAMLSyntax

/// The structural check against recorded verdicts of Docker Compose 2.26.1, 2.40.3 and the loader of compose-go 2.14.
@Suite
struct VerdictTests {
    @Test("What Compose accepts has no structural fault; what its schema refuses has one")
    func agreesWithCompose() throws {
        let verdicts = try #require(try TestData.json("compose-verdicts.json") as? [[String: Any]])
        var (accepted, refused) = (0, 0)
        for verdict in verdicts {
            guard let id = verdict["id"] as? String, let text = verdict["yaml"] as? String,
                let newest = verdict["newest"] as? [String: Any], let error = newest["err"] as? String
            else { continue }
            let isAccepted = newest["rc"] as? Int == 0
            let isStructural = ["must be a", "additional properties", "items at", "must be greater"].contains {
                error.contains($0)
            }
            guard isAccepted || isStructural else { continue }
            guard let tree = Tree.read(SourceFile(path: id, bytes: Array(text.utf8))).tree else { continue }
            var check = StructureCheck()
            check.check(tree.root, is: .object(ComposeTable.file), named: "file", codes: .compose, in: tree)
            // Texts that a grammar refuses, and obsolete keys, have codes of their own.
            let codes: [Code] = [.unknownComposeKey, .wrongComposeType, .otherComposeRule]
            let messages = check.diagnostics.items.filter { codes.contains($0.code) }.map(\.message)
            // A date where a text belongs: Compose 2.40 refuses it, and others make a time of it.
            if id == "env_map_date" {
                #expect(!messages.isEmpty)
            } else if isAccepted {
                #expect(messages.isEmpty, "\(id): \(messages)")
                accepted += 1
            } else if id != "replicas_negative" {
                // A bound that the schema does not state belongs to the rules.
                #expect(!messages.isEmpty, "\(id): \(error)")
                refused += 1
            }
        }
        #expect(accepted > 50 && refused > 15)
        print("structure: agrees with Compose on \(accepted) accepted and \(refused) refused files")
    }
}
