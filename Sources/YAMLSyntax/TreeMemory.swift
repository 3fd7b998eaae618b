import Diagnostics
import SourceText

/// A text's tree, what is wrong with the text, and what is known from an earlier one.
package struct TreeAsRead: Sendable {
    package let tree: Tree?
    package let diagnostics: [Diagnostic]
    /// Whether the structure of Compose fragments that are old nodes was found sound before.
    package let isOldSound: Bool

    package init(tree: Tree?, diagnostics: [Diagnostic], isOldSound: Bool = false) {
        self.tree = tree
        self.diagnostics = diagnostics
        self.isOldSound = isOldSound
    }
}

/// The tree of the last text of a document, so that the next text is read only where it differs.
package struct TreeMemory: Sendable {
    private var tree: Tree?
    private var isFirst = true
    /// Whether the structure of every Compose fragment of the last text was found sound: the old nodes of the next tree
    /// then need no look.
    package var isStructureSound = false

    package init() {}

    /// What `Tree.read` makes of a text, and whether its old nodes are known to be sound.
    package mutating func read(_ source: SourceFile, limits: Limits) -> TreeAsRead {
        if tree?.reread(source, limits: limits) ?? false {
            return TreeAsRead(tree: tree, diagnostics: [], isOldSound: isStructureSound)
        }
        tree = nil
        // Behind an edit that cannot be read in part there mostly is a fault, for which a half is read in vain.
        let (whole, diagnostics) =
            isFirst ? Tree.read(source, limits: limits) : Tree.readAtOnce(source, limits: limits)
        isFirst = false
        if diagnostics.isEmpty { tree = whole }
        return TreeAsRead(tree: whole, diagnostics: diagnostics)
    }
}
