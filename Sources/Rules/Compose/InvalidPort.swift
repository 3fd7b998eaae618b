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
            for port in context.resolution.ports(of: fragment.body) {
                let item = port.item
                switch tree[item].kind {
                case .mapping: checkLong(port, &context)
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
        func stated(_ value: NodeID?) -> NodeID? {
            value.flatMap { tree[$0].kind == .scalar && !tree.holdsInterpolation($0) ? $0 : nil }
        }
        guard let long = port.long, long.target != nil else {
            context.report(
                .invalidPort, "this port lacks `target`", at: tree[port.item].span, "the container's port is missing",
                why: rationale, help: ["add `target:`, the port in the container"])
            return
        }
        if let target = stated(long.target), !isPort(target, tree) {
            report(target, "it is no whole number from 1 to 65535", &context)
        }
        if let published = stated(long.published), tree[published].count > 0,
            tree.withBytes(published, { PortNumbers.publishedRange($0) }) == nil,
            tree.wholeNumber(published) == nil || !isPort(published, tree)
        {
            report(published, "it is neither a port nor a range of ports", &context)
        }
        if let address = stated(long.address), IPAddress(tree.bytes(address)) == nil {
            report(address, "it is no address", &context)
        }
        if let name = stated(long.transport), PortNumbers.Transport(rawValue: tree.text(name).lowercased()) == nil,
            tree[name].count > 0
        {
            report(name, "it is none of `tcp`, `udp` and `sctp`", &context)
        }
    }

    private static func isPort(_ node: NodeID, _ tree: Tree) -> Bool {
        if tree.scalarType(node) == .string {
            return tree.withBytes(node) { PortNumbers.publishedRange($0) }.map { $0.count == 1 && $0.lowerBound > 0 }
                ?? true
        }
        return tree.wholeNumber(node).map { (1...65_535).contains($0) } ?? true
    }

    private static func report(_ node: NodeID, _ reason: String, _ context: inout RuleContext) {
        context.report(
            .invalidPort, "`\(context.tree.text(node).prefix(60))` cannot be published", at: context.tree[node].span,
            reason, why: rationale, help: ["write a port such as `8000`, or `127.0.0.1:8000:80` in one text"])
    }
}
