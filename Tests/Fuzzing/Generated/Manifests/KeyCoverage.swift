import ComposeSpec
import YAMLSyntax

/// How often each key and each grammar of Compose's table stands in Compose files.
package struct KeyCoverage {
    /// The keys as `object.key`, in the table's order.
    package static let keys = ComposeTable.objects.flatMap { object in
        object.keys.map { "\(object.name).\($0.name)" }
    }

    /// An object's keys: where each is counted, and what it may be.
    private static let known: [ObjectIdentifier: [String: (name: String, shape: Shape)]] = {
        var result: [ObjectIdentifier: [String: (name: String, shape: Shape)]] = [:]
        for object in ComposeTable.objects {
            for key in object.keys {
                result[ObjectIdentifier(object), default: [:]][key.name] = ("\(object.name).\(key.name)", key.shape)
            }
        }
        return result
    }()

    /// Keys of which some releases know fewer words; they are counted as `object.key=word`, too.
    private static let telling: Set = ["service.pull_policy", "volume mount.type", "watch.action"]

    /// In how many files each key stands; the keys as `object.key`.
    package private(set) var keyCounts: [String: Int] = [:]
    /// In how many files each grammar's texts stand.
    package private(set) var grammarCounts: [String: Int] = [:]
    private var keysOfFile: Set<String> = []
    private var grammarsOfFile: Set<String> = []

    package init() {}

    /// Counts what a Compose file holds, unless it holds a key that is to be left out.
    ///
    /// - Parameter left: keys as `object.key`.
    /// - Returns: whether the file was counted.
    @discardableResult
    package mutating func add(_ tree: Tree, unlessHolding left: Set<String> = []) -> Bool {
        keysOfFile.removeAll(keepingCapacity: true)
        grammarsOfFile.removeAll(keepingCapacity: true)
        visit(tree.root, .object(ComposeTable.file), tree)
        guard keysOfFile.isDisjoint(with: left) else { return false }
        for key in keysOfFile { keyCounts[key, default: 0] += 1 }
        for grammar in grammarsOfFile { grammarCounts[grammar, default: 0] += 1 }
        return true
    }

    private mutating func visit(_ node: NodeID, _ shape: Shape, _ tree: Tree) {
        switch shape {
        case .object(let object):
            guard tree[node].kind == .mapping, let known = Self.known[ObjectIdentifier(object)] else { return }
            for (key, value) in tree.entries(node) {
                guard let key = known[tree.text(key)] else { continue }
                keysOfFile.insert(key.name)
                if Self.telling.contains(key.name), tree[value].kind == .scalar {
                    // `every_12h` tells no more than `every`.
                    keysOfFile.insert("\(key.name)=\(tree.text(value).prefix { $0 != "_" })")
                }
                visit(value, key.shape, tree)
            }
        case .mapping(let value, _), .declarations(let value):
            for entry in tree.entries(node) { visit(entry.value, value, tree) }
        case .sequence(let item, _):
            for element in tree.items(node) { visit(element, item, tree) }
        case .anyOf(let shapes):
            for shape in shapes { visit(node, shape, tree) }
        case .string(let grammar?):
            if tree[node].kind == .scalar, tree.scalarType(node) == .string { grammarsOfFile.insert(grammar.name) }
        default: break
        }
    }
}
