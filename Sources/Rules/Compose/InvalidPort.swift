import ComposeSpec
import Diagnostics
import Inspection
import SourceText
import YAMLSyntax

/// BP222: a port that Compose or Docker cannot publish; the short form's texts are told by the table's grammar.
enum InvalidPort: Rule {
    static let code = Code.invalidPort
    static let summary = """
        Ports that are no numbers from 1 to 65535, ranges of unequal length, and wrong addresses or protocols.
        """
    static let rationale = "Compose refuses the file, or Docker the container when it is started."

    static func check(_ context: inout RuleContext) {
        let tree = context.tree
        for fragment in context.fragments {
            guard let list = tree.value(context.compose.ports, in: fragment.body) else { continue }
            for item in tree.items(list) {
                switch tree[item].kind {
                case .mapping:
                    guard let port = PortMapping(item, context.resolution.portKeys, of: tree) else { continue }
                    checkLong(port, &context)
                case .scalar where tree.scalarType(item) == .integer || tree.scalarType(item) == .float:
                    if let number = tree.wholeNumber(item), (1...65_535).contains(number),
                        tree.scalarType(item) == .integer
                    {
                        continue
                    }
                    report(item, "it is no whole number from 1 to 65535", &context)
                default: continue
                }
            }
        }
    }

    private static func checkLong(_ port: PortMapping, _ context: inout RuleContext) {
        let tree = context.tree
        guard let long = port.long, long.target != nil else {
            context.report(
                .invalidPort, "this port lacks `target`", at: tree[port.item].span, "the container's port is missing",
                why: rationale, help: ["add `target:`, the port in the container"])
            return
        }
        // What no text of the shape is was told with the structure.
        if let target = stated(long.target, tree), !isPort(target, tree) {
            report(target, "no whole number from 1 to 65535", &context)
        }
        if let published = stated(long.published, tree), !isPublished(published, tree) {
            report(published, "neither a port nor a range of ports", &context)
        }
        // Nothing at all is no address to Compose, either.
        if let address = stated(long.address, tree, evenEmpty: true), IPAddress(address.text.utf8) == nil {
            report(address, "no address", &context)
        }
        if let name = stated(long.transport, tree), PortNumbers.Transport(rawValue: name.text.lowercased()) == nil {
            report(name, "none of `tcp`, `udp` and `sctp`", &context)
        }
    }

    /// A value of the long form, as it is while no variable is set.
    private struct Stated {
        let node: NodeID
        let text: String
        let isByDefault: Bool

        var range: ClosedRange<Int>? {
            var text = text
            return text.withUTF8 { PortNumbers.publishedRange($0) }
        }
    }

    /// Nil for what cannot be told, and for what is empty.
    private static func stated(_ value: NodeID?, _ tree: Tree, evenEmpty: Bool = false) -> Stated? {
        guard let value, tree[value].kind == .scalar, let text = tree.settledText(value), evenEmpty || !text.isEmpty
        else { return nil }
        return Stated(node: value, text: text, isByDefault: tree.holdsInterpolation(value))
    }

    private static func isPublished(_ stated: Stated, _ tree: Tree) -> Bool {
        if stated.range != nil { return true }
        return !stated.isByDefault && tree.wholeNumber(stated.node) != nil && isPort(stated, tree)
    }

    private static func isPort(_ stated: Stated, _ tree: Tree) -> Bool {
        if stated.isByDefault || tree.scalarType(stated.node) == .string {
            return stated.range.map { $0.count == 1 && $0.lowerBound > 0 } ?? true
        }
        return tree.wholeNumber(stated.node).map { (1...65_535).contains($0) } ?? true
    }

    private static func report(_ stated: Stated, _ what: String, _ context: inout RuleContext) {
        let shown = stated.text.isEmpty ? "empty" : "`\(stated.text.prefix(60))`"
        let then = stated.isByDefault ? "while no variable is set it is \(shown), " : "it is "
        report(stated.node, then + what, &context)
    }

    private static func report(_ node: NodeID, _ reason: String, _ context: inout RuleContext) {
        context.report(
            .invalidPort, "`\(context.tree.text(node).prefix(60))` cannot be published", at: context.tree[node].span,
            reason, why: rationale, help: ["write a port such as `8000`, or `127.0.0.1:8000:80` in one text"])
    }
}
