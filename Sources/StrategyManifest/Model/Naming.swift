import ComposeSpec
import SourceText

/// The naming rules.
package struct Naming: Sendable {
    /// Whole-name patterns on top of the formats' own grammars; nil stands for the default,
    /// `[a-z0-9]+(-[a-z0-9]+)*`, which needs no pattern machine.
    package var image: Spanned<NamePattern>?
    package var service: Spanned<NamePattern>?
    package var project: Spanned<NamePattern>?
    /// The container template of projects that state none.
    package var container = Template(parts: [.project, .text("-"), .service], at: .beginning)
    /// The tag of built images that state none.
    package var tag = Spanned("latest", at: .beginning)
    /// The registries that images may come from; empty for any.
    package var registries: [Spanned<String>] = []
    /// Whether an image name must not begin with what a template puts before `{service}`.
    package var isGeneric = true

    /// The pattern that names follow unless the manifest says otherwise.
    package static let defaultPattern = "[a-z0-9]+(-[a-z0-9]+)*"

    package init() {}
}
