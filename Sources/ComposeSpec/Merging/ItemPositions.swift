import YAMLSyntax

/// Where each of a growing list's items stands, by an interned identity: linear in the list's length.
///
/// Short lists, which nearly all are, are searched; only a long one pays for a dictionary.
struct ItemPositions {
    private var symbols: [Symbol] = []
    private var positions: [Symbol: Int] = [:]
    private static let searched = 24

    /// The position of the item with this identity, unless it is new: then it stands last.
    mutating func position(of symbol: Symbol) -> Int? {
        if symbols.count <= Self.searched {
            if let index = symbols.firstIndex(of: symbol) { return index }
        } else {
            if positions.isEmpty { for (index, known) in symbols.enumerated() { positions[known] = index } }
            if let index = positions[symbol] { return index }
            positions[symbol] = symbols.count
        }
        symbols.append(symbol)
        return nil
    }

    mutating func reserve(_ count: Int) { symbols.reserveCapacity(count) }
}
