import YAMLSyntax

/// Where each of a growing list's items stands, by an interned identity: linear in the list's length.
///
/// Short lists, which nearly all are, are searched; only a long one pays for a dictionary.
struct ItemPositions {
    private var symbols: [UInt32] = []
    private var positions: [UInt32: Int] = [:]
    private static let searched = 24

    init(reserving count: Int = 0) { symbols.reserveCapacity(count) }

    /// The position of the item with this identity, unless it is new: then it stands last.
    mutating func position(of symbol: Symbol) -> Int? {
        let wanted = symbol.index
        if symbols.count <= Self.searched {
            for index in 0..<symbols.count where symbols[index] == wanted { return index }
        } else {
            if positions.isEmpty { for (index, known) in symbols.enumerated() { positions[known] = index } }
            if let index = positions[wanted] { return index }
            positions[wanted] = symbols.count
        }
        symbols.append(wanted)
        return nil
    }
}
