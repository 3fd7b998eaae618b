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
        let indent = blanks(line.prefix { $0 == 0x20 }.count)
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
}
