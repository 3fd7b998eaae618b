import YAMLSyntax

/// The symbols of the keys that names and ports of instances stand under.
struct InstanceSymbols {
    let labels, volumes, volumesFrom, externalLinks, tags, name, external, published, source: Symbol
    /// Whose values can be `container:NAME`.
    let sharing: [Symbol]

    init(_ symbols: inout SymbolTable) {
        labels = symbols.intern("labels")
        volumes = symbols.intern("volumes")
        volumesFrom = symbols.intern("volumes_from")
        externalLinks = symbols.intern("external_links")
        tags = symbols.intern("tags")
        name = symbols.intern("name")
        external = symbols.intern("external")
        published = symbols.intern("published")
        source = symbols.intern("source")
        sharing = ["network_mode", "pid", "ipc"].map { symbols.intern($0) }
    }
}
