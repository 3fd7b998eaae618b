import Diagnostics
import SourceText
import YAMLSyntax

/// Compares values with shapes: unknown keys, wrong types, missing keys.
///
/// One serves all values of a tree, so that a key costs one table access; it reports only structure, never meaning.
package struct StructureCheck: Sendable {
    package private(set) var diagnostics = DiagnosticList()
    private var tables = StructureTables()
    private var codes = StructureCodes.manifest
    private var isCompose = false

    package init() {}

    /// Compares a node and all below it with a shape.
    ///
    /// - Parameters:
    ///   - name: what the value is called in messages: `build` for the value of that key, or words such as "the manifest".
    ///   - isKey: whether that is a name out of the file, which messages quote.
    ///   - isPartial: whether required keys may be missing, because another layer may bring them.
    ///   - isOver: whether the value lies over another, in which nothing stands for what the other one says.
    ///   - tree: the same tree in every call, with no other texts than in the first.
    package mutating func check(
        _ node: NodeID, is shape: Shape, named name: String, isKey: Bool = true, codes: StructureCodes,
        partial isPartial: Bool = false, over isOver: Bool = false, in tree: Tree
    ) {
        self.codes = codes
        isCompose = codes.isCompose
        self.isPartial = isPartial
        self.isOver = isOver
        place = isKey ? .text(name) : .words(name)
        visit(node, shape, tree)
    }

    private var isPartial = false
    private var isOver = false
    /// What the value at hand is called; a text is only made when something is reported.
    private var place = Place.text("")

    private enum Place {
        case text(String)
        case words(String)
        case key(NodeID)
        case item
    }

    // MARK: Walking

    private mutating func visit(_ id: NodeID, _ shape: Shape, _ tree: Tree) {
        let node = tree[id]
        if node.tag == .reset || node.tag == .unreadable && node.kind == .scalar { return }
        if isOver, node.kind == .scalar, tree.isNull(id) { return }
        switch shape {
        case .anything:
            return
        case .object(let object):
            guard node.kind == .mapping else { return reportType(id, shape, tree) }
            visitObject(id, object, tree)
        case .mapping(let value, let keys):
            guard node.kind == .mapping else { return reportType(id, shape, tree) }
            for entry in tree.entries(id) {
                if let keys, !tree.withBytes(entry.key, { keys.accepts($0) }) { reportName(entry.key, keys, tree) }
                place = .key(entry.key)
                visit(entry.value, value, tree)
            }
        case .declarations(let value):
            guard node.kind == .mapping else { return reportType(id, shape, tree) }
            for entry in tree.entries(id) where !tree.isExtension(entry.key) {
                place = .key(entry.key)
                visit(entry.value, value, tree)
            }
        case .sequence(let item, let isUnique):
            guard node.kind == .sequence else { return reportType(id, shape, tree) }
            // No layer adds to an item of a list.
            let wasPartial = isPartial
            isPartial = false
            for element in tree.items(id) {
                place = .item
                visit(element, item, tree)
            }
            isPartial = wasPartial
            if isUnique { visitUnique(id, tree) }
        case .anyOf(let shapes):
            visitAlternatives(id, shapes, shape, tree)
        default:
            if !accepts(id, shape, tree) { reportType(id, shape, tree) }
        }
    }

    private mutating func visitAlternatives(_ id: NodeID, _ shapes: [Shape], _ whole: Shape, _ tree: Tree) {
        let kind = tree[id].kind
        for shape in shapes {
            switch (shape, kind) {
            case (.object, .mapping), (.mapping, .mapping), (.declarations, .mapping), (.sequence, .sequence),
                (.anything, _):
                return visit(id, shape, tree)
            case (_, .scalar):
                if accepts(id, shape, tree) { return }
            default: break
            }
        }
        reportType(id, whole, tree)
    }

    /// Whether an alternative of a choice has a place for values of a kind.
    static func offers(_ shape: Shape, _ kind: Node.Kind) -> Bool {
        switch shape {
        case .object, .mapping, .declarations: kind == .mapping
        case .sequence: kind == .sequence
        case .anything: true
        default: kind == .scalar
        }
    }

    private mutating func visitObject(_ id: NodeID, _ object: ObjectShape, _ tree: Tree) {
        let table = tables.table(of: object, in: tree)
        let whole = place
        var required = 0
        for entry in tree.entries(id) {
            if let position = tables.position(of: tree[entry.key].symbol, in: table) {
                // Field by field: a copy of the whole key counts references to each of its texts.
                if object.keys[position].isRequired { required += 1 }
                place = .key(entry.key)
                if let instead = object.keys[position].obsolete {
                    diagnostics.report(.obsoleteKey, StructureFault.obsoleteKey(entry, of: id, instead, codes, tree))
                }
                visit(entry.value, object.keys[position].shape, tree)
            } else if !(object.allowsExtensions && tree.isExtension(entry.key)) {
                reportUnknown(entry.key, object, tree)
            }
        }
        if !isPartial, tree[id].tag != .unreadable, required < object.requiredCount {
            place = whole
            reportMissing(id, object, tree)
        }
    }

    private mutating func visitUnique(_ id: NodeID, _ tree: Tree) {
        let items = tree.items(id)
        guard items.count > 1 else { return }
        // Short lists are compared in pairs; a long one pays for a set.
        if items.count <= 16 {
            for (index, item) in items.enumerated() where tree[item].kind == .scalar {
                let text = tree.bytes(item)
                let number = tree.wholeNumber(item)
                let earlier = items.prefix(index).first {
                    tree[$0].kind == .scalar && tree[$0].count == tree[item].count && tree.bytes($0).elementsEqual(text)
                        || number != nil && number == tree.wholeNumber($0)
                }
                if let earlier { reportRepeated(index, earlier, id, tree) }
            }
        } else {
            var texts = SymbolTable()
            var seen: [NodeID] = []
            for (index, item) in items.enumerated() where tree[item].kind == .scalar {
                let symbol =
                    tree.wholeNumber(item).map { texts.intern(String($0)) } ?? tree.withBytes(item) { texts.intern($0) }
                let text = Int(symbol.index)
                if text == seen.count {
                    seen.append(item)
                } else {
                    reportRepeated(index, seen[text], id, tree)
                }
            }
        }
    }

    // MARK: Scalars

    /// Whether a scalar is of a scalar shape.
    private func accepts(_ id: NodeID, _ shape: Shape, _ tree: Tree) -> Bool {
        guard tree[id].kind == .scalar else { return false }
        if isCompose, tree.holdsInterpolation(id) {
            return shape.takesVariables && shape.refusedReading(id, in: tree) == nil
        }
        let type = tree.scalarType(id)
        switch shape {
        case .null: return type == .null
        case .boolean: return type == .boolean
        case .integer(let bounds):
            guard type == .integer else { return type == .float && tree.wholeNumber(id) != nil && bounds == nil }
            guard let bounds else { return true }
            return tree.wholeNumber(id).map { bounds.contains($0) } ?? false
        case .number: return type == .integer || type == .float && !(isCompose && tree.isInfiniteOrNone(id))
        case .string(let grammar):
            // Compose takes no date for a text; to the manifest's own keys it is one.
            guard type == .string || type == .timestamp && !isCompose else { return false }
            guard let grammar else { return true }
            return tree.withBytes(id) { grammar.accepts($0) }
        case .oneOf(let words):
            return type == .string && words.contains { tree.bytes(id).elementsEqual($0.utf8) }
        default: return false
        }
    }

    // MARK: Messages

    /// What the value at hand is called.
    private func subject(_ tree: Tree) -> String {
        switch place {
        case .text(let text): "`\(text)`"
        case .words(let words): words
        case .key(let key): "`\(tree.text(key))`"
        case .item: "an item of this list"
        }
    }

    private mutating func reportType(_ id: NodeID, _ shape: Shape, _ tree: Tree) {
        let type = tree.scalarType(id)
        if isCompose, tree.holdsInterpolation(id), let (reading, grammar) = shape.refusedReading(id, in: tree) {
            let code = grammar?.code ?? codes.wrongType
            if diagnostics.countsOnly(code) { return }
            let subject = subject(tree)
            return diagnostics.report(
                code, StructureFault.wrongReading(id, reading, shape, grammar, code, subject, tree))
        }
        if tree[id].kind == .scalar, type == .string || type == .timestamp, let grammar = shape.explainedGrammar,
            let code = grammar.code, let fault = tree.withBytes(id, { grammar.fault($0) })
        {
            if diagnostics.countsOnly(code) { return }
            let subject = subject(tree)
            return diagnostics.report(code, StructureFault.wrongText(id, fault, grammar, code, subject, tree))
        }
        if diagnostics.countsOnly(codes.wrongType) { return }
        let (subject, codes) = (subject(tree), codes)
        diagnostics.report(codes.wrongType, StructureFault.wrongType(id, shape, subject, codes, tree))
    }

    private mutating func reportName(_ key: NodeID, _ grammar: Grammar, _ tree: Tree) {
        let codes = codes
        diagnostics.report(codes.wrongType, StructureFault.wrongName(key, grammar, codes, tree))
    }

    private mutating func reportUnknown(_ key: NodeID, _ object: ObjectShape, _ tree: Tree) {
        let codes = codes
        diagnostics.report(codes.unknownKey, StructureFault.unknownKey(key, object, codes, tree))
    }

    private mutating func reportMissing(_ id: NodeID, _ object: ObjectShape, _ tree: Tree) {
        for key in object.keys where key.isRequired && tree.value(key.name, in: id) == nil {
            // A key that is misspelt is told once, as an unknown one.
            if isMisspelt(key.name, in: id, object, tree) { continue }
            diagnostics.report(StructureFault.missingKey(id, key, object, place: subject(tree), codes, tree))
        }
    }

    private func isMisspelt(_ name: String, in id: NodeID, _ object: ObjectShape, _ tree: Tree) -> Bool {
        // Among so many keys a near one says nothing, and looking costs more than all else.
        tree.entries(id).prefix(1000).contains { entry in
            let text = tree.text(entry.key)
            return closestMatch(to: text, among: [name]) != nil && !object.keys.contains { $0.name == text }
        }
    }

    private mutating func reportRepeated(_ index: Int, _ earlier: NodeID, _ list: NodeID, _ tree: Tree) {
        let codes = codes
        diagnostics.report(
            codes.wrongType, StructureFault.repeatedItem(at: index, earlier, of: list, codes, tree))
    }
}
