import SourceText

/// What becomes of a part of a service where Swarm runs it.
package struct SwarmTurn: Sendable {
    package enum Effect: Sendable {
        /// Swarm refuses or ignores it, and it is not written.
        case leftOut
        /// What is written instead, in Swarm's words.
        case becomes(String)
        /// Why it cannot be written, as a sentence without its full stop.
        case refused(String)
    }

    /// The key, or the text.
    package let what: String
    package let effect: Effect
    package let span: Span
}
