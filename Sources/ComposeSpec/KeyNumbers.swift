import YAMLSyntax

/// Small numbers for the keys that a table knows, found by a tree's symbols: one array access for each key read.
struct KeyNumbers: Sendable {
    /// By symbol index: the key's number, or 0.
    private var numbers: [UInt16]
    /// By number less one.
    let symbols: [Symbol]

    /// - Parameter names: at most 65,534 distinct names; a name's number is its position plus one.
    init(_ names: [String], in tree: inout Tree) {
        symbols = names.map { tree.symbols.intern($0) }
        numbers = [UInt16](repeating: 0, count: tree.symbols.count)
        for (position, symbol) in symbols.enumerated() { numbers[Int(symbol.index)] = UInt16(position + 1) }
    }

    /// The number of a key, or 0 for a key that the table does not know.
    @inline(__always)
    subscript(symbol: Symbol) -> Int {
        let index = Int(symbol.index)
        return index < numbers.count ? Int(numbers[index]) : 0
    }
}
