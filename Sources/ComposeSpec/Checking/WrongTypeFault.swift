import Diagnostics
import SourceText
import YAMLSyntax

/// A value that is not of the type its place needs: what it is instead, and what to write.
extension StructureFault {
    static func wrongType(
        _ id: NodeID, _ shape: Shape, _ subject: String, _ codes: StructureCodes, _ tree: Tree
    ) -> Diagnostic {
        let actual = tree.phrase(id)
        var help: [String] = []
        var fix: Fix?
        if case .oneOf(let words) = shape, let near = closestMatch(to: tree.text(id), among: words) {
            help.append("did you mean `\(near)`?")
            fix = .renaming(tree.text(id), to: near, at: [tree[id].span], in: tree.source)
        } else if tree[id].kind == .scalar, shape.acceptsText,
            [.boolean, .integer, .float, .timestamp].contains(tree.scalarType(id))
        {
            fix = Fix(title: "quote it", edits: [.init(tree[id].span, "\"\(tree.text(id))\"")])
        } else if tree[id].kind == .scalar, !tree.isNull(id), shape.acceptsList {
            let text = tree.source.text(tree[id].span)
            // `80:80` without quotes would be a number in base sixty to many readers.
            let isBare = tree[id].style == .plain && !text.utf8.contains { ":,[]{}#\"\\\n".utf8.contains($0) }
            let item = isBare || tree[id].style != .plain ? text : "\"\(text)\""
            let title = "write it as a list: `[\(item)]`"
            help.append(title)
            let isOneLine = !text.utf8.contains { $0 == 0x0A || $0 == 0x0D } && !text.hasPrefix("*")
            if isOneLine,
                isBare || !text.utf8.contains(where: { $0 == UInt8(ascii: "\\") || $0 == UInt8(ascii: "\"") })
                    || tree[id].style == .doubleQuoted || tree[id].style == .singleQuoted
            {
                fix = Fix(title: title, edits: [.init(tree[id].span, "[\(item)]")])
            }
        } else if tree.isNull(id) {
            help.append(
                shape.exampleKeys.map { "write keys such as \($0) below it, or remove it" }
                    ?? "write a value, or remove the key")
        } else if tree[id].kind == .sequence, shape.acceptsNames {
            let first = tree.items(id).first.map { tree[$0].kind == .scalar ? tree.text($0) : "" } ?? ""
            let isName = !first.isEmpty && first.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != 0x3A && $0 != 0x60 }
            let name = isName && first.utf8.count <= 40 ? first : "name"
            help.append("write `\(name):` instead of `- \(name)`, with what belongs to it below")
        } else if case .string(let grammar?) = shape, !grammar.takesAnyText, !grammar.help.isEmpty {
            help.append(grammar.help)
        } else {
            help.append(
                "write \(shape.phrase)"
                    + (codes.isCompose ? "" : shape.exampleKeys.map { " with keys such as \($0)" } ?? ""))
            if isUnquotable(id, shape, tree) {
                help = ["write it without quotes"]
                fix = Fix(title: "write it without quotes", edits: [.init(tree[id].span, tree.text(id))])
            } else if codes.isCompose, tree[id].kind == .scalar, tree.holdsInterpolation(id) {
                help.append("no variable can stand here: Compose takes its value for a text")
            }
        }
        let text = String(tree.text(id).prefix(60))
        let isQuoted = tree[id].style == .singleQuoted || tree[id].style == .doubleQuoted
        let shown = isQuoted && !shape.acceptsText ? "`\"\(text)\"`" : "`\(text)`"
        let value = tree[id].kind == .scalar && !tree.isNull(id) ? shown : actual
        return Diagnostic(
            codes.wrongType, "\(subject) must be \(shape.phrase), not \(value == actual ? actual : value)",
            at: .init(tree.location(id), "this is \(actual)"),
            why: codes.isCompose ? whyRefused(id, tree) : nil,
            help: help, fix: fix)
    }

    /// What Docker Compose does with a value of another type. In a mapping of texts, such as `labels`, it takes a date and
    /// hands on how Go writes it (seen of 2.26.1).
    private static func whyRefused(_ id: NodeID, _ tree: Tree) -> String {
        tree[id].kind == .scalar && tree.scalarType(id) == .timestamp
            ? "Docker Compose refuses a date, or hands it on as `2024-01-01 00:00:00 +0000 UTC`"
            : "Docker Compose refuses a value of another type, and names no line"
    }

    /// Whether a quoted text would be of the shape without its quotes.
    private static func isUnquotable(_ id: NodeID, _ shape: Shape, _ tree: Tree) -> Bool {
        guard tree[id].style == .singleQuoted || tree[id].style == .doubleQuoted, tree[id].tag == .none else {
            return false
        }
        switch tree.withBytes(id, { plainScalarType($0) }) {
        case .integer:
            return shape.offers { if case .integer = $0 { true } else if case .number = $0 { true } else { false } }
        case .float: return shape.offers { if case .number = $0 { true } else { false } }
        case .boolean: return shape.offers { if case .boolean = $0 { true } else { false } }
        default: return false
        }
    }
}

extension Shape {
    /// The first keys of the mapping that the shape describes.
    fileprivate var exampleKeys: String? {
        switch self {
        case .object(let object):
            let keys = object.keys.filter { $0.name != "description" }
            let first = (keys.filter(\.isRequired) + keys.filter { !$0.isRequired }).prefix(3)
            return Self.listed(first.map { "`\($0.name)`" }, "and")
        case .anyOf(let shapes): return shapes.lazy.compactMap(\.exampleKeys).first
        default: return nil
        }
    }

    /// Whether the shape, or one of its alternatives, is such a shape.
    fileprivate func offers(_ isOne: (Shape) -> Bool) -> Bool {
        if case .anyOf(let shapes) = self { return shapes.contains { $0.offers(isOne) } }
        return isOne(self)
    }

    fileprivate var acceptsText: Bool {
        switch self {
        case .string(let grammar): grammar?.takesAnyText ?? true
        case .anyOf(let shapes): shapes.contains { $0.acceptsText }
        default: false
        }
    }

    /// Whether a mapping may stand there whose keys the author chooses.
    fileprivate var acceptsNames: Bool {
        switch self {
        case .declarations: true
        // Of what may hold anything nothing is known, least of all whether its keys are names.
        case .mapping(.anything, _): false
        case .mapping: true
        case .anyOf(let shapes): shapes.contains { $0.acceptsNames }
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
