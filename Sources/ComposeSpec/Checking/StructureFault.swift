import Diagnostics
import YAMLSyntax

/// The diagnostics of structural faults: what is wrong, why it matters, what to do.
enum StructureFault {
    static func unknownKey(_ key: NodeID, _ object: ObjectShape, _ codes: StructureCodes, _ tree: Tree) -> Diagnostic {
        let name = tree.text(key)
        var help: [String] = []
        let known = object.keys.filter { $0.obsolete == nil }.map(\.name)
        if let near = nearest(to: name, among: known) {
            help.append("did you mean `\(near)`?")
        } else if codes.isCompose {
            let places = ComposeTable.objects.filter { place in
                place !== object && place.keys.contains { $0.name == name }
            }
            if !places.isEmpty {
                help.append("`\(name)` is a key of \(Shape.listed(places.prefix(3).map { "`\($0.name)`" }, "and of"))")
            }
        }
        if help.isEmpty {
            help.append(
                known.count <= 12
                    ? "the keys of `\(object.name)` are \(Shape.listed(known.map { "`\($0)`" }, "and"))"
                    : "remove it, or correct its spelling")
        }
        let isComposes = codes.isCompose
        if object.allowsExtensions, isComposes { help.append("a key of your own begins with `x-`") }
        return Diagnostic(
            codes.unknownKey, "`\(object.name)` has no key `\(name)`",
            at: .init(
                tree.location(key), isComposes ? "Compose does not know this key here" : "this key is unknown here"),
            why: isComposes
                ? "Docker Compose refuses a whole file for one key that it does not know"
                : "a key that nothing reads is most often a misspelt one",
            help: help)
    }

    static func wrongType(
        _ id: NodeID, _ shape: Shape, _ subject: String, _ codes: StructureCodes, _ tree: Tree
    ) -> Diagnostic {
        let actual = tree.phrase(id)
        var help: [String] = []
        var fix: Fix?
        if case .oneOf(let words) = shape, let near = nearest(to: tree.text(id), among: words) {
            help.append("did you mean `\(near)`?")
        } else if tree[id].kind == .scalar, shape.acceptsText,
            [.boolean, .integer, .float].contains(tree.scalarType(id))
        {
            fix = Fix(title: "quote it", edits: [.init(tree[id].span, "\"\(tree.text(id))\"")])
        } else if tree[id].kind == .scalar, !tree.isNull(id), shape.acceptsList {
            let text = tree.source.text(tree[id].span)
            // `80:80` without quotes would be a number in base sixty to many readers.
            help.append(
                "write it as a list: `[\(text.contains(":") && tree[id].style == .plain ? "\"\(text)\"" : text)]`")
        } else if tree.isNull(id) {
            help.append("write a value, or remove the key")
        } else {
            help.append("write \(shape.phrase)")
        }
        let value = tree[id].kind == .scalar && !tree.isNull(id) ? "`\(tree.text(id).prefix(60))`" : actual
        return Diagnostic(
            codes.wrongType, "\(subject) must be \(shape.phrase), not \(value == actual ? actual : value)",
            at: .init(tree.location(id), "this is \(actual)"),
            why: codes.isCompose ? "Docker Compose refuses a value of another type, and names no line" : nil,
            help: help, fix: fix)
    }

    static func wrongText(
        _ id: NodeID, _ fault: TextFault, _ grammar: Grammar, _ code: Code, _ subject: String, _ tree: Tree
    ) -> Diagnostic {
        Diagnostic(
            code, "`\(tree.text(id).prefix(60))` is not \(grammar.name)",
            at: .init(tree.location(fault.range.map { tree.span(of: $0, in: id) } ?? tree[id].span), fault.reason),
            why: "Docker refuses it as \(subject), and names no line", help: [grammar.help])
    }

    static func obsoleteKey(_ key: NodeID, _ instead: String, _ tree: Tree) -> Diagnostic {
        Diagnostic(
            .obsoleteKey, "`\(tree.text(key))` is obsolete",
            at: .init(tree.location(key), "newer versions of Compose warn of this key"), help: [instead])
    }

    static func missingKey(
        _ id: NodeID, _ key: KeyShape, _ object: ObjectShape, place: String, _ codes: StructureCodes, _ tree: Tree
    ) -> Diagnostic {
        let name = place.filter { $0 != "`" }
        let needed = name == object.name || name == "the " + object.name ? name : "the \(object.name) \(place)"
        return Diagnostic(
            codes.missingKey, "\(needed) lacks `\(key.name)`",
            at: .init(tree.location(id), "`\(key.name)` is missing here"),
            help: [key.name == "version" ? "add `version: 1`" : "add `\(key.name):`, \(key.shape.phrase)"])
    }

    static func wrongName(_ key: NodeID, _ grammar: Grammar, _ codes: StructureCodes, _ tree: Tree) -> Diagnostic {
        Diagnostic(
            codes.wrongType, "`\(tree.text(key))` is not \(grammar.name)",
            at: .init(tree.location(key), "this must be \(grammar.name)"), help: ["rename it"])
    }

    static func repeatedItem(_ item: NodeID, _ earlier: NodeID, _ codes: StructureCodes, _ tree: Tree) -> Diagnostic {
        Diagnostic(
            codes.wrongType, "`\(tree.text(item))` stands twice in one list",
            at: .init(tree.location(item), "again here"), also: [.init(tree.location(earlier), "first here")],
            why: codes.isCompose ? "Docker Compose wants the items of this list to be unique" : nil,
            help: ["keep one of the two"])
    }
}

extension Shape {
    /// The grammar of the shape's texts, where it says what is wrong with one.
    var explainedGrammar: Grammar? {
        switch self {
        case .string(let grammar): grammar?.code == nil ? nil : grammar
        case .anyOf(let shapes): shapes.lazy.compactMap { $0.explainedGrammar }.first
        default: nil
        }
    }

    fileprivate var acceptsText: Bool {
        switch self {
        case .string(let grammar): grammar == nil
        case .anyOf(let shapes): shapes.contains { $0.acceptsText }
        default: false
        }
    }

    fileprivate var acceptsList: Bool {
        switch self {
        case .sequence: true
        case .anyOf(let shapes): shapes.contains { $0.acceptsList }
        default: false
        }
    }
}
