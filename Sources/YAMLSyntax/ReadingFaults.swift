import CLibYAML
import Diagnostics
import SourceText

/// What can be wrong with a text as YAML, apart from its mappings.
extension TreeBuilder {
    mutating func exceedsLimit(_ event: UnsafeMutablePointer<yaml_event_t>) -> Bool {
        let depth = max(open.count, aliasDepth)
        if depth > limits.depth {
            let start = cursor.offset(of: Int(event.pointee.start_mark.index))
            report(
                .limitExceeded, "values are nested more than \(limits.depth) levels deep", Span(start, start + 1),
                aliasDepth > open.count ? "this alias reaches level \(depth)" : "level \(depth) begins here",
                help: ["no manifest needs this; `--limit-depth` raises the limit"])
        } else if expandedSize - tree.nodes.count > limits.expandedNodes {
            let start = cursor.offset(of: Int(event.pointee.start_mark.index))
            report(
                .limitExceeded, "aliases expand to more than \(limits.expandedNodes) further values",
                Span(start, start + 1), "the limit is reached here",
                why: "a small file of nested aliases can otherwise fill the memory of whoever reads it",
                help: ["repeat less by alias; `--limit-expanded-nodes` raises the limit"])
        }
        return hasReachedLimit
    }

    mutating func reportSyntaxError(
        _ failure: (problem: String, index: Int, context: String?, contextIndex: Int)
    ) {
        // A quote that is never closed runs to the end of the file: where it begins is what helps.
        let isUnclosed =
            failure.context == "while scanning a quoted scalar" && failure.problem.contains("end of stream")
        let start = cursor.offset(of: isUnclosed ? failure.contextIndex : failure.index)
        let context = failure.context == nil ? nil : Int(cursor.offset(of: failure.contextIndex))
        if let fault = earlierFault(failure.problem, at: Int(start), context: context) {
            diagnostics.append(
                Diagnostic(
                    .yamlSyntax, fault.message, at: .init(tree.location(fault.span), fault.label),
                    also: fault.also.map { [.init(tree.location($0.span), $0.label)] } ?? [], help: fault.help))
            return
        }
        let explained = explain(failure.problem, context: failure.context, at: Int(start))
        var secondary: [Diagnostic.Label] = []
        if let context = failure.context, failure.contextIndex != failure.index, !isUnclosed {
            let place = cursor.offset(of: failure.contextIndex)
            if let label = Self.label(of: context), !explained.message.contains("tab") {
                secondary.append(.init(tree.location(Span(place, place + 1)), label))
            }
        }
        diagnostics.append(
            Diagnostic(
                .yamlSyntax, explained.message,
                at: .init(tree.location(Span(start, min(start + 1, UInt32(bytes.count)))), explained.label),
                also: secondary, help: explained.help))
    }

    /// libyaml's context in words; nil for what helps nobody.
    private static func label(of context: String) -> String? {
        switch context {
        case "while parsing a block mapping": "the mapping begins here"
        case "while parsing a block collection": "the list begins here"
        case "while parsing a flow mapping": "the mapping begins here"
        case "while parsing a flow sequence": "the list begins here"
        case "while scanning a quoted scalar": "the quoted text begins here"
        case "while scanning a simple key": "the key begins here"
        default: nil
        }
    }

    mutating func report(
        _ code: Code, _ message: String, _ span: Span, _ label: String, why: String? = nil, help: [String] = [],
        fix: Fix? = nil
    ) {
        if code == .limitExceeded { hasReachedLimit = true }
        diagnostics.append(
            Diagnostic(code, message, at: .init(tree.location(span), label), why: why, help: help, fix: fix))
    }

    /// A null in the place of a value that cannot be had; as a key, the empty text.
    mutating func addNull(at span: Span) -> NodeID {
        let symbol = isKeyNext ? Symbol(index: TextHash.of(.init(start: nil, count: 0))) : .none
        return tree.add(
            Node(
                kind: .scalar, style: .plain, tag: .unreadable, isDecoded: true, span: span, start: 0, count: 0,
                symbol: symbol))
    }
}
