import Diagnostics
import SourceText

/// An entry of `rules`: how much the findings of a rule weigh, and what it looks for.
package struct StatedLevel: Sendable {
    /// An option of a rule: `tags: [stable, edge]`.
    package struct Option: Sendable {
        package let key: Spanned<String>
        package let values: [Spanned<String>]
    }

    /// The code or name of a rule, or the name of a group, as it is written, which may be none.
    package let rule: Spanned<String>
    /// The level, with nil for a word that is none; nil where only options are stated.
    package var level: Spanned<RuleLevel?>?
    package var options: [Option] = []
}
