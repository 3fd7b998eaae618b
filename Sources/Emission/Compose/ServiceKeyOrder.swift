import YAMLSyntax

/// The customary order of a service's keys; keys that it does not name keep the manifest's order behind them.
///
/// It is the order that the linter dclint asks for (`service-keys-order`), after the keys that Bayplan writes itself.
struct ServiceKeyOrder {
    /// For each symbol its rank: 0 for keys that are written elsewhere, the highest for all others.
    private var ranks: [UInt8]

    /// Whether a key's items are read one by one, so that each stands on a line of its own whatever the author wrote.
    private var lists: [Bool]

    private static let itemised = [
        "ports", "volumes", "environment", "env_file", "labels", "extra_hosts", "configs", "secrets", "devices",
        "annotations", "sysctls", "tmpfs",
    ]
    private static let writtenElsewhere = ["image", "build", "container_name", "profiles", "pull_policy"]
    private static let customary = [
        "depends_on", "volumes", "volumes_from", "configs", "secrets", "environment", "env_file", "ports", "networks",
        "network_mode", "extra_hosts", "command", "entrypoint", "working_dir", "restart", "healthcheck",
    ]

    init(_ symbols: SymbolTable) {
        ranks = Array(repeating: UInt8(Self.customary.count + 1), count: symbols.count)
        for key in Self.writtenElsewhere {
            if let symbol = symbols.find(key) { ranks[Int(symbol.index)] = 0 }
        }
        lists = Array(repeating: false, count: symbols.count)
        for key in Self.itemised {
            if let symbol = symbols.find(key) { lists[Int(symbol.index)] = true }
        }
        for (index, key) in Self.customary.enumerated() {
            if let symbol = symbols.find(key) { ranks[Int(symbol.index)] = UInt8(index + 1) }
        }
    }

    /// Whether the value of a key is written one item a line.
    func isList(_ key: Symbol) -> Bool { lists[Int(key.index)] }

    /// The entries that are left to write, in order.
    func ordered(_ entries: Entries, of tree: Tree) -> [Entries.Element] {
        var result: [(rank: UInt8, entry: Entries.Element)] = []
        result.reserveCapacity(entries.count)
        for entry in entries {
            let rank = ranks[Int(tree[entry.key].symbol.index)]
            guard rank > 0 else { continue }
            // An insertion sort is stable, and a service has about ten keys.
            var place = result.count
            while place > 0, result[place - 1].rank > rank { place -= 1 }
            result.insert((rank, entry), at: place)
        }
        return result.map(\.entry)
    }
}
