/// How much a diagnostic weighs.
package enum Severity: UInt8, Sendable, Comparable, CaseIterable {
    /// Never fails a run.
    case info
    /// Fails a run under `--strict`.
    case warning
    /// Fails a run.
    case error

    /// The word used in every output format and in the manifest's `rules`.
    package var word: String {
        switch self {
        case .info: "info"
        case .warning: "warning"
        case .error: "error"
        }
    }

    package static func < (left: Severity, right: Severity) -> Bool { left.rawValue < right.rawValue }
}
