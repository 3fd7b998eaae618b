import ArgumentParser
import Diagnostics

/// A value of `--format`: a format to print, or one to write into a file, as in `sarif=report.sarif`.
struct FormatRequest: ExpressibleByArgument {
    let format: OutputFormat
    let file: String?

    init?(argument: String) {
        let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard let format = OutputFormat(rawValue: parts[0]), parts.count == 1 || !parts[1].isEmpty else { return nil }
        self.format = format
        file = parts.count == 2 ? parts[1] : nil
    }

    static var allValueStrings: [String] { OutputFormat.allCases.map(\.rawValue) }
    static var defaultCompletionKind: CompletionKind { .list(allValueStrings) }
}
