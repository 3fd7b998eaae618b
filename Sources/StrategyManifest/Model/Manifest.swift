import SourceText
import YAMLSyntax

/// The typed manifest: what the author declared, each part with its place.
///
/// This module holds the manifest's language and nothing else: the model, and the keys, each declared once for
/// the decoder, the JSON Schema, the language server and the reference page. What names become in Docker and whether they are
/// allowed belongs to `Resolution` and `Rules`.
package struct Manifest: Sendable {
    /// The document; names are symbols and Compose fragments nodes of it.
    package var tree: Tree
    /// The workspace's name.
    package var name: Spanned<String>?
    package var images: [Image] = []
    package var projects: [Project] = []
    package var naming = Naming()
    /// `defaults.service`: under every service of every project.
    package var defaultService: NodeID?
    package var environments: [Environment] = []
    package var outputs = Outputs()
    package var requires = Requires()
    /// The variable whose value every name carries that an engine holds once; nil for none.
    package var instances: Spanned<String>?
    /// The entries of `rules`, in their order: what they set is for `Rules` to say.
    package var levels: [StatedLevel] = []
    /// Index of an image by its name.
    package var imageIndex: [Symbol: Int] = [:]
    /// Index of a project by its name.
    package var projectIndex: [Symbol: Int] = [:]

    /// Whether all of `images` could be read; where not, a name that is not among them may still be declared.
    package var hasAllImages = false
    /// The same of `projects`.
    package var hasAllProjects = false
    /// Entries of `images` and `projects` that are declared, but whose bodies are no mappings.
    package var unreadable: Set<Symbol> = []

    package init(tree: Tree) { self.tree = tree }

    package func text(_ name: Name) -> String { tree.text(name.symbol) }
    package func location(_ span: Span) -> Location { Location(tree.source, span) }
}

/// A name where it was written.
package struct Name: Sendable {
    package let symbol: Symbol
    package let span: Span

    package init(_ symbol: Symbol, at span: Span) {
        self.symbol = symbol
        self.span = span
    }
}
