import Diagnostics
import SourceText
import YAMLSyntax

/// The diagnostics of structural faults: what is wrong, why it matters, what to do.
enum StructureFault {
    static func unknownKey(_ key: NodeID, _ object: ObjectShape, _ codes: StructureCodes, _ tree: Tree) -> Diagnostic {
        let name = tree.text(key)
        var help: [String] = []
        let known = object.keys.filter { $0.obsolete == nil }.map(\.name)
        let near = closestMatch(to: name, among: known)
        if let near {
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
            help: help, fix: .renaming(name, to: near, at: [tree[key].span], in: tree.source))
    }

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
            why: codes.isCompose ? "Docker Compose refuses a value of another type, and names no line" : nil,
            help: help, fix: fix)
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

    static func wrongText(
        _ id: NodeID, _ fault: TextFault, _ grammar: Grammar, _ code: Code, _ subject: String, _ tree: Tree
    ) -> Diagnostic {
        Diagnostic(
            code, "`\(tree.text(id).prefix(60))` is not \(grammar.name)",
            at: .init(
                tree.location(fault.range.map { tree.span(of: $0, in: id) } ?? tree[id].span),
                tree.withBytes(id) { fault.reason(in: $0) }),
            why: "Docker refuses it as \(subject), and names no line", help: [grammar.help])
    }

    /// A text whose variables make something of it that Compose refuses.
    static func wrongReading(
        _ id: NodeID, _ reading: VariableReading, _ shape: Shape, _ grammar: Grammar?, _ code: Code, _ subject: String,
        _ tree: Tree
    ) -> Diagnostic {
        var text = reading.text
        let explained = grammar.flatMap { grammar in grammar.code == nil ? nil : grammar }
        let reason = text.withUTF8 { bytes in explained?.fault(bytes).map { $0.reason(in: bytes) } }
        let shown = reading.text.isEmpty ? "it is empty then" : "it is `\(reading.text.prefix(60))` then"
        let label = reading.isWhole ? reason.map { "\(shown): \($0)" } ?? shown : reason ?? shown
        var help = explained.map { [$0.help] } ?? []
        if reading.condition != .always {
            help.append("write another word in the braces, or `${NAME:?}` for a variable that must be set")
        }
        let what =
            explained.map { "`\(tree.text(id).prefix(60))` is not \($0.name)" } ?? "\(subject) is not \(shape.phrase)"
        return Diagnostic(
            code, "\(what) \(reading.condition.phrase)",
            at: .init(tree.location(id), label), why: "Docker refuses it as \(subject), and names no line", help: help)
    }

    static func obsoleteKey(
        _ entry: (key: NodeID, value: NodeID), of object: NodeID, _ instead: String, _ codes: StructureCodes,
        _ tree: Tree
    ) -> Diagnostic {
        let key = entry.key
        if !codes.isCompose {
            let removal = tree.entries(object).firstIndex { $0.key == key }.flatMap {
                tree.removal(ofEntryAt: $0, in: object)
            }
            return Diagnostic(
                .obsoleteKey, "`\(tree.text(key))` does nothing any more",
                at: .init(tree.location(key), "nothing that is written depends on this key"), help: [instead],
                fix: removal.map { Fix(title: "remove `\(tree.text(key))`", edits: [$0]) })
        }
        return Diagnostic(
            .obsoleteKey, "`\(tree.text(key))` is obsolete",
            at: .init(tree.location(key), "newer versions of Compose warn of this key"), help: [instead],
            fix: tree.text(key) == "name" ? externalName(entry.value, in: object, instead, tree) : nil)
    }

    /// `external: {name: x}` as `external: true` with the name beside it.
    private static func externalName(
        _ name: NodeID, in external: NodeID, _ instead: String, _ tree: Tree
    ) -> Fix? {
        let (span, text) = (tree[external].span, tree.source.text(tree[name].span))
        guard tree[external].count == 1, tree[external].style == .flow, !tree.source.text(span).contains("#") else {
            return nil
        }
        var start = Int(span.start)
        while start > 0, tree.source.bytes[start - 1] != 0x0A { start -= 1 }
        let line = tree.source.bytes[start..<Int(span.start)]
        let isInFlow = line.contains(UInt8(ascii: "{"))
        let indent = String(repeating: " ", count: line.prefix { $0 == 0x20 }.count)
        guard isInFlow || line.dropFirst(indent.utf8.count).starts(with: "external:".utf8) else { return nil }
        return Fix(title: instead, edits: [.init(span, "true" + (isInFlow ? ", " : "\n" + indent) + "name: " + text)])
    }

    static func missingKey(
        _ id: NodeID, _ key: KeyShape, _ object: ObjectShape, place: String, _ codes: StructureCodes, _ tree: Tree
    ) -> Diagnostic {
        let name = place.filter { $0 != "`" }
        let needed = name == object.name || name == "the " + object.name ? name : "the \(object.name) \(place)"
        let isVersion = key.name == "version" && tree[id].style == .block && tree[id].span.count > 0
        return Diagnostic(
            codes.missingKey, "\(needed) lacks `\(key.name)`",
            at: .init(tree.location(id), "`\(key.name)` is missing here"),
            help: [key.name == "version" ? "add `version: 1`" : "add `\(key.name):`, \(key.shape.phrase)"],
            fix: isVersion && tree.indentation(at: tree[id].span.start) == 0
                ? Fix(
                    title: "add `version: 1`",
                    edits: [.init(Span(tree[id].span.start, tree[id].span.start), "version: 1\n")]) : nil)
    }

    static func wrongName(_ key: NodeID, _ grammar: Grammar, _ codes: StructureCodes, _ tree: Tree) -> Diagnostic {
        Diagnostic(
            codes.wrongType, "`\(tree.text(key))` is not \(grammar.name)",
            at: .init(tree.location(key), "this must be \(grammar.name)"), help: ["rename it"])
    }

    static func repeatedItem(
        at index: Int, _ earlier: NodeID, of list: NodeID, _ codes: StructureCodes, _ tree: Tree
    ) -> Diagnostic {
        let items = tree.items(list)
        let item = items[items.startIndex + index]
        let removal = tree.removal(ofItemAt: index, in: list)
        return Diagnostic(
            codes.wrongType, "`\(tree.text(item))` stands twice in one list",
            at: .init(tree.location(item), "again here"), also: [.init(tree.location(earlier), "first here")],
            why: codes.isCompose ? "Docker Compose wants the items of this list to be unique" : nil,
            help: ["keep one of the two"],
            fix: removal.map { Fix(title: "remove the second", edits: [$0]) })
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
