import Arguments
import Diagnostics

/// A value of `--format`: a format to print, or one to write into a file, as in `sarif=report.sarif`.
struct FormatRequest {
    let format: OutputFormat
    let file: String?

    static var words: [String] { OutputFormat.allCases.map(\.rawValue) }

    init(_ text: String) throws(WrongUsage) {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard let format = OutputFormat(rawValue: parts[0]) else {
            throw WrongUsage(parts[0], isNoValueOf: "--format", which: Self.words)
        }
        if parts.count == 2, parts[1].isEmpty { throw WrongUsage("behind `--format \(text)` a file is missing") }
        self.format = format
        file = parts.count == 2 ? parts[1] : nil
    }
}
