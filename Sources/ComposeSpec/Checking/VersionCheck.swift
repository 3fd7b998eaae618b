import SourceText
import YAMLSyntax

/// Looks for keys and forms that a Docker Compose of some version does not know yet.
package struct VersionCheck: Sendable {
    /// What that version does not know.
    package struct Finding: Sendable {
        /// The key, or the value whose form is newer.
        package let node: NodeID
        /// What it is in words: "`develop`", or "a mapping as an item of `env_file`".
        package let subject: String
        /// The first Docker Compose that knows it.
        package let since: Version
    }

    package private(set) var findings: [Finding] = []
    private let required: Version
    private var tables = StructureTables()
    private var seen: NodeSet

    /// - Parameter tree: the tree of all nodes that are looked at.
    package init(_ required: Version, in tree: Tree) {
        self.required = required
        seen = NodeSet(for: tree)
    }

    /// Looks at a node and all below it, of a shape of Compose; what was looked at already is passed over.
    package mutating func check(_ node: NodeID, is shape: Shape, in tree: Tree) {
        if tree[node].kind != .scalar, seen.insert(node) { walk(node, shape, tree) }
    }

    private mutating func walk(_ node: NodeID, _ shape: Shape, _ tree: Tree) {
        switch shape {
        case .object(let object):
            let table = tables.table(of: object, in: tree)
            for entry in tree.entries(node) {
                guard let position = tables.position(of: tree[entry.key].symbol, in: table) else { continue }
                check(entry, of: object.keys[position], in: tree)
            }
        case .mapping(let value, _):
            for entry in tree.entries(node) { check(entry.value, is: value, in: tree) }
        case .sequence(let item, _):
            for element in tree.items(node) { check(element, is: item, in: tree) }
        case .anyOf(let shapes):
            let kind = tree[node].kind
            if let shape = shapes.first(where: { StructureCheck.offers($0, kind) }) { walk(node, shape, tree) }
        default: break
        }
    }

    /// Looks at an entry of an object, whose key is one of its shape.
    package mutating func check(_ entry: (key: NodeID, value: NodeID), of key: KeyShape, in tree: Tree) {
        if let since = later(key.since) {
            if seen.insert(entry.key) {
                findings.append(Finding(node: entry.key, subject: "`\(key.name)`", since: since))
            }
            return
        }
        for form in key.newer {
            guard let since = later(form.since) else { continue }
            for node in form.nodes(of: entry.value, in: tree) {
                // What is seen is walked no more, so a newer collection is told once and not again in its parts.
                guard seen.insert(node) else { continue }
                let subject = form.phrase(of: node, under: key.name, in: tree)
                findings.append(Finding(node: node, subject: subject, since: since))
            }
        }
        check(entry.value, is: key.shape, in: tree)
    }

    /// A version, if it is later than the one required.
    package func later(_ text: String?) -> Version? {
        text.flatMap { Version($0) }.flatMap { $0 > required ? $0 : nil }
    }
}
