/// How much comparing a walk may still do: patterns times files is no bound that a file's length gives.
///
/// What is left is the same on every machine, so that one decides as the other. Each entry of a context brings a
/// thousand steps along, so that a large context may have the ignore file that a small one may.
package struct IgnoreSteps: Sendable {
    private static let each = 1000
    private var left = 20_000_000

    package init() {}

    /// Whether there were too few, so that what was answered since means nothing.
    package private(set) var areExhausted = false

    mutating func beginEntry() { left += Self.each }

    /// Takes steps; false when there are no more.
    mutating func take(_ count: Int) -> Bool {
        left -= count
        if left < 0 { areExhausted = true }
        return !areExhausted
    }
}
