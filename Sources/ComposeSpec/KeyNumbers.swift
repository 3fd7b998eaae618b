import YAMLSyntax

/// Small numbers for the keys that a table knows, found by a tree's symbols: one array access for each key read.
struct KeyNumbers: Sendable {
    /// By symbol index: the key's number, or 0.
    private var numbers: [UInt16]
    /// The highest number; at most 65,535.
    private var count: UInt16 = 0

    /// No keys.
    init(in tree: Tree) { numbers = [UInt16](repeating: 0, count: tree.symbols.count) }

    /// The number of a key, which is the next one for a key that is new.
    mutating func add(_ name: String, in tree: inout Tree) -> Int {
        let symbol = tree.symbols.intern(name)
        let index = Int(symbol.index)
        if index >= numbers.count {
            numbers.append(contentsOf: repeatElement(0, count: max(index + 1, numbers.count * 2) - numbers.count))
        }
        if numbers[index] == 0 {
            count += 1
            numbers[index] = count
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
