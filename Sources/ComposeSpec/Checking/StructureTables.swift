import YAMLSyntax

/// Object shapes with their keys resolved for one tree, each when its first value is met: most files hold few of them.
struct StructureTables: Sendable {
    /// The objects met, each at the place of its table; some ninety at most, so that looking through them is quick.
    private var objects: [ObjectIdentifier] = []
    /// By key number: the position of the key's shape plus one, or 0.
    private var tables: [NumberTable] = []
    private var numbers = KeyNumbers()

    /// The positions of an object's keys by key number, of those that occur in the tree.
    mutating func table(of object: ObjectShape, in tree: Tree) -> NumberTable {
        let identity = ObjectIdentifier(object)
        if let met = objects.firstIndex(of: identity) { return tables[met] }
        var table = NumberTable()
        for position in object.keys.indices {
            if let key = tree.symbols.find(object.keys[position].name) {
                table[numbers.add(key)] = UInt16(position + 1)
            }
        }
        objects.append(identity)
        tables.append(table)
        return table
    }

    /// The position of a key in an object, by the object's table; nil when the object does not know the key.
    @inline(__always)
    func position(of key: Symbol, in table: NumberTable) -> Int? {
        let position = table[numbers[key]]
        return position == 0 ? nil : Int(position) - 1
    }
}
