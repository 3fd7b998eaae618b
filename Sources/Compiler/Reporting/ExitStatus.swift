/// How a run ended.
package enum ExitStatus: Int32, Sendable {
    /// Nothing to complain of.
    case clean = 0
    /// Findings, or drift.
    case findings = 1
    /// It could not run.
    case failure = 2
}
