import YAMLSyntax

/// Small numbers for the keys that a table knows, found by a tree's symbols: one array access for each key read.
struct KeyNumbers: Sendable {
    /// By symbol index: the key's number, or 0.
    private var numbers = NumberTable()
    /// The highest number; at most 65,535.
    private var count: UInt16 = 0

    /// The number of a key, which is the next one for a key that is new.
    mutating func add(_ key: Symbol) -> Int {
        let index = Int(key.index)
        if numbers[index] == 0 {
            count += 1
            numbers[index] = count
        }
        return Int(numbers[index])
    }

    /// The number of a key, or 0 for a key that the table does not know.
    @inline(__always)
    subscript(symbol: Symbol) -> Int { Int(numbers[Int(symbol.index)]) }
}

/// Small numbers by index, 0 where none was set: as long as the highest index that was.
struct NumberTable: Sendable {
    private var values: [UInt16] = []

    @inline(__always)
    subscript(index: Int) -> UInt16 {
        get { index < values.count ? values[index] : 0 }
        set {
            if index >= values.count {
                values.append(contentsOf: repeatElement(0, count: index + 1 - values.count))
            }
            values[index] = newValue
        }
    }
}
