import ComposeSpec
import Diagnostics
import Inspection
import YAMLSyntax

/// BP507: a port that the whole network can reach.
enum PublishedToAllInterfaces: Rule {
    static let code = Code.publishedToAllInterfaces
    static let summary = "Published ports without a host address."
    static let rationale = "Docker opens such a port to every network that the host is in, past most firewalls."

    static func check(_ context: inout RuleContext) {
        let tree = context.tree
        for fragment in context.fragments {
            for port in context.resolution.ports(of: fragment.body) {
                let item = port.item
                guard port.published != nil, port.address == nil,
                    port.long != nil || !tree.bytes(item).contains(UInt8(ascii: "$")),
                    !context.countsOnly(code)
                else { continue }
                context.report(
                    code, "this port is published to every network of the host", at: tree[item].span, "no host address",
                    why: "Docker opens it past most host firewalls",
                    help: [
                        tree[item].kind == .mapping
                            ? "add `host_ip: 127.0.0.1` unless others are to reach it"
                            : "write `127.0.0.1:\(tree.text(item))` unless others are to reach it"
                    ], fix: context.renaming(tree.text(item), to: "127.0.0.1:\(tree.text(item))", at: tree[item].span))
            }
        }
    }
}
