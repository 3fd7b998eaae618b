import Diagnostics
import SourceText

/// An entry of `rules`: how much the findings of a rule weigh.
package struct StatedLevel: Sendable {
    /// The rule's code or name as it is written, which may be none.
    package let rule: Spanned<String>
    /// The level; nil for a word that is none.
    package let level: Spanned<RuleLevel?>
}
