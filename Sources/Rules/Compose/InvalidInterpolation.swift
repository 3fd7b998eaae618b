import ComposeSpec
import Diagnostics
import Inspection
import SourceText
import YAMLSyntax

/// BP226: a variable that Compose cannot read.
enum InvalidInterpolation: Rule {
    static let code = Code.invalidInterpolation
    static let summary = "`${` that begins no variable, in values that are copied into Compose files."
    static let rationale = "Compose refuses the whole file for one variable that it cannot read."

    static func check(_ context: inout RuleContext) {
        let tree = context.tree
        guard hasBraces(tree) else { return }
        var roots = context.fragments.map(\.body)
        roots += (context.manifest.writtenBuilds + context.manifest.writtenSections).map(\.value)
        // An aliased fragment is walked once, so that aliases of aliases cost no more than the file.
        var seen = NodeSet(for: tree)
        while let node = roots.popLast() {
            guard seen.insert(node) else { continue }
            switch tree[node].kind {
            case .mapping: for entry in tree.entries(node) { roots.append(entry.value) }
            case .sequence: roots.append(contentsOf: tree.items(node))
            case .scalar: checkText(node, tree, &context)
            }
        }
    }

    /// Whether the file holds `${` at all, or an escape that could hide one.
    private static func hasBraces(_ tree: Tree) -> Bool {
        tree.source.bytes.withUnsafeBufferPointer { bytes in
            var index = 0
            while index + 1 < bytes.count {
                let byte = bytes[index]
                if byte == UInt8(ascii: "\\") || (byte == UInt8(ascii: "$") && bytes[index + 1] == UInt8(ascii: "{")) {
                    return true
                }
                index += 1
            }
            return false
        }
    }

    private static func checkText(_ node: NodeID, _ tree: Tree, _ context: inout RuleContext) {
        guard let fault = tree.withBytes(node, { Interpolation.fault($0) }), !context.countsOnly(.invalidInterpolation)
        else { return }
        context.report(
            .invalidInterpolation, "Compose cannot read the variable in this value",
            at: fault.range.map { tree.span(of: $0, in: node) } ?? tree[node].span,
            tree.withBytes(node) { fault.reason(in: $0) }, why: rationale,
            help: ["write `${NAME}` or `${NAME:-default}`", "write `$$` for a dollar sign that stays"])
    }
}
