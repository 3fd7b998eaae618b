import Diagnostics
import SourceText

/// What a tree knows of the tree that it was before its text changed.
struct IncrementalState: Sendable {
    /// The number of nodes that `reparse` has added since the whole text was read.
    var parsedNodes = 0
    /// The first node that the last `reparse` added; 0 for a tree that was read as a whole.
    var firstNewNode: UInt32 = 0
    /// Whether the structure of every Compose fragment was sound before the text changed.
    var wasSound = false
}

extension Tree {
    /// Whether a node, with all below it, is as it was before the text changed, and its structure was found sound then.
    package func isKnownSound(_ id: NodeID) -> Bool {
        incremental.wasSound && id.index < incremental.firstNewNode
    }
}

/// Parses the texts of one document one after the other, each only where it differs from the last.
package struct IncrementalParser: Sendable {
    /// The tree of the last text; nil if that text had a fault.
    private var tree: Tree?
    private var isFirst = true
    /// Whether the structure of every Compose fragment of the last text was found sound. Whoever checks the tree says so
    /// here, and the nodes that stay need no check the next time.
    package var isStructureSound = false

    package init() {}

    /// What `Tree.read` makes of a text.
    package mutating func read(_ source: SourceFile, limits: Limits) -> (tree: Tree?, diagnostics: [Diagnostic]) {
        if tree?.reparse(source, limits: limits) ?? false {
            tree?.incremental.wasSound = isStructureSound
            return (tree, [])
        }
        tree = nil
        // A change that cannot be parsed by itself mostly brings a fault, for which two threads work in vain.
        let (whole, diagnostics) =
            isFirst ? Tree.read(source, limits: limits) : Tree.readAtOnce(source, limits: limits)
        isFirst = false
        if diagnostics.isEmpty { tree = whole }
        return (whole, diagnostics)
    }
}
