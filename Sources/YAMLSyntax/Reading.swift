import Diagnostics
import SourceText
import Threads

extension Tree {
    /// Reads a file that holds one YAML document.
    ///
    /// - Returns: the tree, or nil when there is none to speak of, and what is wrong with the text. A tree comes with
    ///   diagnostics when the faults leave the rest readable (duplicate keys, undefined aliases).
    package static func read(
        _ source: SourceFile, limits: Limits = Limits()
    ) -> (tree: Tree?, diagnostics: [Diagnostic]) {
        if source.bytes.count >= parallelThreshold, processorCount > 1,
            let tree = parseInParallel(source, limits: limits)
        {
            return (tree, [])
        }
        return readAtOnce(source, limits: limits)
    }

    /// Reads a file, or its first bytes, as one document and by one thread.
    ///
    /// - Parameter stopsEarly: whether to stop at the first fault, anchor or alias, where nothing else is of use.
    package static func readAtOnce(
        _ source: SourceFile, upTo end: Int? = nil, limits: Limits = Limits(), stopsEarly: Bool = false
    ) -> (tree: Tree?, diagnostics: [Diagnostic]) {
        func refuse(
            _ code: Code, _ message: String, _ span: Span, _ label: String, help: [String]
        ) -> (Tree?, [Diagnostic]) {
            (nil, [Diagnostic(code, message, at: .init(Location(source, span), label), help: help)])
        }
        if source.bytes.count > limits.fileBytes {
            return refuse(
                .limitExceeded, "this file holds \(source.bytes.count) bytes; the limit is \(limits.fileBytes)",
                .beginning, "", help: ["`--limit-bytes` raises the limit"])
        }
        return source.bytes.withUnsafeBufferPointer { bytes in
            let bytes = UnsafeBufferPointer(rebasing: bytes[..<(end ?? bytes.count)])
            if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
                return refuse(
                    .notUTF8, "this file is UTF-16, not UTF-8", Span(0, 1), "UTF-16's byte order mark",
                    help: ["save it as UTF-8"])
            }
            if let offset = firstInvalidUTF8(in: bytes) {
                let span = Span(UInt32(offset), UInt32(offset + 1))
                return refuse(
                    .notUTF8, "this file is not UTF-8", span,
                    "byte 0x\(String(bytes[offset], radix: 16)) begins no character", help: ["save it as UTF-8"])
            }
            if let forbidden = firstForbiddenCharacter(in: bytes) {
                let start = UInt32(forbidden.offset)
                return refuse(
                    .yamlSyntax, "a control character (0x\(String(forbidden.value, radix: 16))) stands in the text",
                    Span(start, start + UInt32(forbidden.length)), "YAML forbids it",
                    help: ["remove it, or write it as an escape in double quotes"])
            }
            if let offset = directiveBeyondLimit(in: bytes) {
                return refuse(
                    .limitExceeded, "more than \(directiveLimit) lines of this file begin with `%`",
                    Span(UInt32(offset), UInt32(offset + 1)), "this is one more",
                    help: ["remove them: a manifest needs none"])
            }
            var builder = TreeBuilder(source: source, bytes: bytes, limits: limits)
            builder.stopsEarly = stopsEarly
            let complete = builder.read()
            // A file of nothing but comments has no document and so no node.
            guard builder.tree.nodeCount > 0, complete || builder.isReadable else { return (nil, builder.diagnostics) }
            return (builder.tree, builder.diagnostics)
        }
    }
}

extension TreeBuilder {
    /// Whether the faults found leave a tree whose rest can be looked at.
    var isReadable: Bool {
        !diagnostics.contains {
            [.yamlSyntax, .limitExceeded, .severalDocuments].contains($0.code)
        }
    }
}
