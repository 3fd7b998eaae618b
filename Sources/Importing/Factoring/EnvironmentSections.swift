import ComposeSpec
import YAMLSyntax

/// Networks, volumes, configs and secrets of an environment, as changes of the project's.
extension Factoring {
    /// What the environment says otherwise, by section; an `x-` key that it alone has becomes the project's, and one that
    /// it has otherwise is told.
    ///
    /// - Parameter absent: the services that are left out; what only they use is left out with them.
    mutating func sections(
        of environment: ComposeEnvironment, in index: Int, without absent: Set<String>
    ) -> [Entry] {
        var changes: [Entry] = []
        var there: Set<Symbol> = []
        for (key, value) in environment.sections {
            let symbol = tree[key].symbol
            let isExtension = tree.text(key).hasPrefix("x-")
            let own =
                environment.isComplete && !isExtension
                ? nil : result.projects[index].sections.first { tree[$0.key].symbol == symbol }?.value
            guard !isExtension else {
                if let own, !tree.isSame(own, value) {
                    findings.notCarried(
                        "this `\(tree.text(key))`", at: tree[key].span, "the project has one that says something else",
                        why: "Compose ignores the key, and every environment has the project's", severity: .info)
                } else if own == nil {
                    result.projects[index].sections.append((key, value))
                }
                continue
            }
            there.insert(symbol)
            let kept = without(orphans(of: absent, environment, key), value)
            let changed = entryChanges(own.map { Array(tree.entries($0)) } ?? [], Array(tree.entries(kept)))
            if !changed.isEmpty { changes.append((key, tree.addMapping(changed, at: tree[key].span))) }
        }
        if environment.isComplete { return changes }
        for (key, value) in result.projects[index].sections
        where !tree.text(key).hasPrefix("x-") && !there.contains(tree[key].symbol) {
            let removed = difference(Array(tree.entries(value)), [])
            if !removed.isEmpty { changes.append((key, tree.addMapping(removed, at: tree[key].span))) }
        }
        return changes
    }

    /// What must be merged over the entries of a section to make others: an entry of both says only what differs.
    private mutating func entryChanges(_ weak: [Entry], _ strong: [Entry]) -> [Entry] {
        var result: [Entry] = []
        var known = Dictionary(weak.map { (tree[$0.key].symbol, $0.value) }, uniquingKeysWith: { $1 })
        for entry in strong {
            guard let old = known.removeValue(forKey: tree[entry.key].symbol) else {
                result.append(entry)
                continue
            }
            if tree.isSame(old, entry.value) { continue }
            let inner = difference(Array(tree.entries(old)), Array(tree.entries(entry.value)))
            if inner.isEmpty { continue }
            result.append((entry.key, tree.addMapping(inner, style: tree[entry.value].style, at: tree[entry.key].span)))
        }
        let removed = weak.filter { known[tree[$0.key].symbol] != nil }
        return result + difference(removed, [])
    }

    /// The names in a section that services which are left out use, and no others.
    private func orphans(of added: Set<String>, _ environment: ComposeEnvironment, _ section: NodeID) -> Set<String> {
        if added.isEmpty { return [] }
        func used(_ isAdded: Bool) -> Set<String> {
            var names: Set<String> = []
            for service in environment.services where added.contains(service.name) == isAdded {
                guard let value = tree.value(tree.text(section), in: service.body) else { continue }
                names.formUnion(tree.entries(value).map { tree.text($0.key) })
                for item in tree.items(value) {
                    let text = tree.text(tree.value("source", in: item) ?? item)
                    names.insert(String(text.prefix { $0 != ":" }))
                }
            }
            return names
        }
        return used(true).subtracting(used(false))
    }

    private mutating func without(_ names: Set<String>, _ section: NodeID) -> NodeID {
        guard !names.isEmpty, tree[section].kind == .mapping else { return section }
        return tree.addMapping(
            tree.entries(section).filter { !names.contains(tree.text($0.key)) }, at: tree[section].span)
    }
}
