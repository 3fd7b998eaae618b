import ComposeSpec
import Resolution
import SourceText
import YAMLSyntax

/// One service that another one names, and where.
package struct ServiceDependency {
    /// The name as a symbol; nil when nothing in the manifest has this name.
    package let target: Symbol?
    /// The scalar that names it, and which of its bytes do.
    package let node: NodeID
    package var range: Range<Int> { part.range }
    private let part: Span
    package let span: Span
    /// The key that names it: `depends_on`.
    package let key: Symbol
    /// Whether the service cannot run without it.
    package let isRequired: Bool
    /// The position of the service that is meant in the project; nil where the project has none of this name.
    package var position: Int? { service < 0 ? nil : Int(service) }
    private var service: Int32 = -1

    /// For each variant and each of its projects, what each service names.
    package static func all(of resolution: Resolution, _ keys: ComposeKeys) -> [[[[ServiceDependency]]]] {
        resolution.variants.map { variant in
            variant.projects.map { project in
                let positions = project.positions
                return project.services.map { service in
                    var found = all(in: service.body, keys, resolution.manifest.tree)
                    for index in found.indices {
                        found[index].service = found[index].target.flatMap { positions[$0] }.map(Int32.init) ?? -1
                    }
                    return found
                }
            }
        }
    }

    /// All services that a merged body names, in its order; names that hold an interpolation are left out.
    private static func all(in body: NodeID, _ keys: ComposeKeys, _ tree: Tree) -> [ServiceDependency] {
        var found: [ServiceDependency] = []
        for (key, value) in tree.entries(body) {
            switch tree[key].symbol {
            case keys.dependsOn:
                for item in tree.items(value) { append(item, 0..<Int(tree[item].count), keys.dependsOn, &found, tree) }
                for entry in tree.entries(value) {
                    let required = tree.value(keys.required, in: entry.value).map { tree.text($0) != "false" } ?? true
                    append(
                        entry.key, 0..<Int(tree[entry.key].count), keys.dependsOn, required: required, &found, tree)
                }
            case keys.links:
                for item in tree.items(value) { append(item, head(of: item, tree), keys.links, &found, tree) }
            case keys.volumesFrom:
                for item in tree.items(value) where !tree.bytes(item).starts(with: "container:".utf8) {
                    append(item, head(of: item, tree), keys.volumesFrom, &found, tree)
                }
            case keys.networkMode, keys.ipc, keys.pid, keys.uts:
                guard tree.bytes(value).starts(with: "service:".utf8) else { continue }
                append(value, 8..<Int(tree[value].count), tree[key].symbol, &found, tree)
            default: continue
            }
        }
        return found
    }

    /// The bytes before the first colon.
    private static func head(of item: NodeID, _ tree: Tree) -> Range<Int> {
        let bytes = tree.bytes(item)
        let colon = bytes.firstIndex(of: UInt8(ascii: ":")) ?? bytes.endIndex
        return 0..<(colon - bytes.startIndex)
    }

    private static func append(
        _ node: NodeID, _ range: Range<Int>, _ key: Symbol, required isRequired: Bool = true,
        _ found: inout [ServiceDependency], _ tree: Tree
    ) {
        guard tree[node].kind == .scalar, !tree.holdsInterpolation(node) else { return }
        let isNamed = tree[node].symbol != .none
        let target: Symbol? =
            isNamed
            ? tree[node].symbol : tree.withBytes(node) { tree.symbols.find(UnsafeBufferPointer(rebasing: $0[range])) }
        found.append(
            ServiceDependency(
                target: target, node: node, part: Span(UInt32(range.lowerBound), UInt32(range.upperBound)),
                span: tree.span(of: range, in: node), key: key,
                isRequired: isRequired))
    }

    /// The name, for messages.
    package func name(in tree: Tree) -> String { tree.withBytes(node) { String(decoding: $0[range], as: UTF8.self) } }
}

extension ResolvedProject {
    /// The position of each service by its name.
    fileprivate var positions: [Symbol: Int] {
        var positions: [Symbol: Int] = [:]
        positions.reserveCapacity(services.count)
        for (index, service) in services.enumerated() { positions[service.name.symbol] = index }
        return positions
    }
}
