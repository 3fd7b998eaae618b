import ComposeSpec
import Diagnostics
import SourceText
import YAMLSyntax

extension ManifestDecoder {
    /// A template, with BP110 for each unknown placeholder; one that is not known when the value is no text.
    mutating func template(_ node: NodeID) -> Template {
        guard let text = text(node) else { return Template(parts: [], at: manifest.tree[node].span, isKnown: false) }
        var isKnown = true
        let bytes = Array(text.value.utf8)
        var parts: [Template.Part] = []
        var literal: [UInt8] = []
        var index = 0
        // Behind it no brace is closed: that is looked for once, not from each of many open braces to the end.
        let lastClose = bytes.lastIndex(of: UInt8(ascii: "}")) ?? -1
        func flush(_ literal: inout [UInt8], into parts: inout [Template.Part]) {
            if !literal.isEmpty { parts.append(.text(String(decoding: literal, as: UTF8.self))) }
            literal.removeAll()
        }
        while index < bytes.count {
            let byte = bytes[index]
            guard byte == UInt8(ascii: "{") || byte == UInt8(ascii: "}") else {
                literal.append(byte)
                index += 1
                continue
            }
            let isClosed = byte == UInt8(ascii: "{") && index < lastClose
            let close = isClosed ? bytes[index...].firstIndex(of: UInt8(ascii: "}")) : nil
            let end = (close ?? index) + 1
            let placeholder = String(decoding: bytes[index..<end], as: UTF8.self)
            let part: Template.Part? =
                switch placeholder {
                case "{project}": .project
                case "{service}": .service
                case "{image}": .image
                case "{owner}": .owner
                default: nil
                }
            if let part {
                flush(&literal, into: &parts)
                parts.append(part)
            } else {
                isKnown = false
                reportPlaceholder(placeholder, isClosed: close != nil, manifest.tree.span(of: index..<end, in: node))
            }
            index = end
        }
        flush(&literal, into: &parts)
        return Template(parts: parts, at: text.span, isKnown: isKnown)
    }

    /// The templates of a list; nil for anything else.
    mutating func templates(_ node: NodeID) -> [Template]? {
        guard manifest.tree[node].kind == .sequence else { return nil }
        var templates: [Template] = []
        for item in Array(manifest.tree.items(node)) { templates.append(template(item)) }
        return templates
    }

    private mutating func reportPlaceholder(_ placeholder: String, isClosed: Bool, _ span: Span) {
        if diagnostics.countsOnly(.unknownPlaceholder) { return }
        let match = closestMatch(to: placeholder, among: Template.placeholders)
        let known = Template.placeholders.map { "`\($0)`" }.joined(separator: ", ")
        report(
            .unknownPlaceholder,
            isClosed ? "`\(placeholder)` is no placeholder" : "a brace without its partner stands in a template", span,
            isClosed ? "unknown placeholder" : "braces only enclose placeholders",
            help: (match.map { ["did you mean `\($0)`?"] } ?? []) + ["a template may use \(known)"],
            fix: Fix.renaming(placeholder, to: match, at: [span], in: manifest.tree.source))
    }

    /// A whole-name pattern, with BP103 when it is none.
    mutating func pattern(_ node: NodeID) -> Spanned<NamePattern>? {
        guard let text = text(node), text.value != Naming.defaultPattern else { return nil }
        do {
            return Spanned(try NamePattern(text.value), at: text.span)
        } catch {
            let offset = min(error.offset, max(0, text.value.utf8.count - 1))
            report(
                .namePattern, "this name pattern cannot be used: \(error.reason)",
                manifest.tree.span(of: offset..<offset + min(1, text.value.utf8.count), in: node), error.reason,
                why: "patterns match whole names in linear time, so look-around and back-references are left out",
                help: ["use literals, classes such as `[a-z0-9]`, groups, `|`, and `* + ? {n,m}`"])
            return nil
        }
    }
}
