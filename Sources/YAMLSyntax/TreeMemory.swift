import Diagnostics
import SourceText

/// The tree of the last text of a document, so that the next text is read only where it differs.
package struct TreeMemory: Sendable {
    private var tree: Tree?

    package init() {}

    /// What `Tree.read` makes of a text.
    package mutating func read(_ source: SourceFile, limits: Limits) -> (tree: Tree?, diagnostics: [Diagnostic]) {
        if tree?.reread(source, limits: limits) ?? false { return (tree, []) }
        tree = nil
        let (whole, diagnostics) = Tree.read(source, limits: limits)
        if diagnostics.isEmpty { tree = whole }
        return (whole, diagnostics)
    }
}
