import YAMLSyntax

/// Small numbers for the keys that a table knows, found by a tree's symbols: one array access for each key read.
struct KeyNumbers: Sendable {
    /// By symbol index: the key's number, or 0.
    private var numbers: [UInt16]
    /// By number less one; at most 65,534.
    private(set) var symbols: [Symbol] = []

    /// No keys.
    init(in tree: Tree) { numbers = [UInt16](repeating: 0, count: tree.symbols.count) }

    /// - Parameter names: distinct names; a name's number is its position plus one.
    init(_ names: [String], in tree: inout Tree) {
        self.init(in: tree)
        for name in names { _ = add(name, in: &tree) }
    }

    /// The number of a key, which is the next one for a key that is new.
    mutating func add(_ name: String, in tree: inout Tree) -> Int {
        let symbol = tree.symbols.intern(name)
        let index = Int(symbol.index)
        if index >= numbers.count {
            numbers.append(contentsOf: repeatElement(0, count: max(index + 1, numbers.count * 2) - numbers.count))
        }
        if numbers[index] == 0 {
            symbols.append(symbol)
            numbers[index] = UInt16(symbols.count)
        }
        return Int(numbers[index])
    }

    /// The number of a key, or 0 for a key that the table does not know.
    @inline(__always)
    subscript(symbol: Symbol) -> Int {
        let index = Int(symbol.index)
        return index < numbers.count ? Int(numbers[index]) : 0
    }
}
