import Diagnostics
import SourceText
import Testing

@Suite struct SummaryTests {
    private func found(_ errors: Int, _ warnings: Int, _ notes: Int, in paths: [String] = ["strategy.yaml"]) -> String {
        let severities =
            Array(repeating: Severity.error, count: errors) + Array(repeating: .warning, count: warnings)
            + Array(repeating: .info, count: notes)
        return summaryLine(
            of: severities.enumerated().map { index, severity in
                Diagnostic(.wrongType, "m", at: Sample(paths[index % paths.count], "x").at(0, 1)).with(severity)
            })
    }

    @Test func words() {
        #expect(found(3, 1, 0) == "bayplan: 3 errors and 1 warning in strategy.yaml")
        #expect(found(1, 0, 0) == "bayplan: 1 error in strategy.yaml")
        #expect(found(0, 2, 1) == "bayplan: 2 warnings and 1 note in strategy.yaml")
        #expect(found(2, 2, 2) == "bayplan: 2 errors, 2 warnings and 2 notes in strategy.yaml")
        #expect(found(2, 0, 0, in: ["a", "b"]) == "bayplan: 2 errors in 2 files")
        #expect(found(0, 0, 0) == "bayplan: nothing to complain of")
        #expect(found(1, 0, 0, in: ["\u{1B}x"]) == "bayplan: 1 error in ␛x")
    }
}
