import YAMLSyntax

/// A network or a volume that a project declares, as the engine is to know it.
package struct EngineResource: Sendable {
    /// The key under which the project declares it.
    package let key: NodeID
    /// Whether another one creates it.
    package let isExternal: Bool
    /// The name that is stated for the engine; nil where Compose makes one of the project's and the key, or takes the key
    /// of what is external.
    package let statedName: NodeID?

    /// The symbols of the keys that are read.
    package struct Keys: Sendable {
        package let networks: Symbol
        package let volumes: Symbol
        let external: Symbol
        let name: Symbol
        let defaultName: Symbol

        init(_ symbols: inout SymbolTable) {
            networks = symbols.intern("networks")
            volumes = symbols.intern("volumes")
            external = symbols.intern("external")
            name = symbols.intern("name")
            defaultName = symbols.intern("default")
        }
    }

    package init(_ entry: Entries.Element, _ keys: Keys, _ tree: borrowing Tree) {
        key = entry.key
        let external = tree.value(keys.external, in: entry.value)
        isExternal = external.map { tree[$0].kind == .mapping || tree.text($0).lowercased() == "true" } ?? false
        statedName = tree.value(keys.name, in: entry.value) ?? external.flatMap { tree.value(keys.name, in: $0) }
    }

    /// What the engine calls it in a project.
    package func name(in project: String, _ tree: borrowing Tree) -> String {
        if let statedName { return tree.text(statedName) }
        return isExternal ? tree.text(key) : project + "_" + tree.text(key)
    }
}
