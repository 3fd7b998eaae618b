import YAMLSyntax

/// Object shapes with their keys resolved for one tree.
struct StructureTables: Sendable {
    /// By the object's identity, then by key number: the position of the key's shape plus one, or 0.
    private var positions: [Int: NumberTable] = [:]
    private var numbers = KeyNumbers()

    /// - Parameter roots: the shapes that will be checked, with all that they hold.
    init(_ roots: [Shape], in tree: inout Tree) {
        var objects: [ObjectShape] = []
        positions.reserveCapacity(100)
        for root in roots { Self.collect(root, &objects, &positions) }
        for object in objects {
            var table = NumberTable()
            for (position, key) in object.keys.enumerated() {
                table[numbers.add(key.name, in: &tree)] = UInt16(position + 1)
            }
            positions[Self.identity(object)] = table
        }
    }

    /// The positions of an object's keys by key number.
    func table(of object: ObjectShape) -> NumberTable { positions[Self.identity(object)] ?? NumberTable() }

    private static func identity(_ object: ObjectShape) -> Int { Int(bitPattern: ObjectIdentifier(object)) }

    /// The position of a key in an object, by the object's table; nil when the object does not know the key.
    @inline(__always)
    func position(of key: Symbol, in table: NumberTable) -> Int? {
        let position = table[numbers[key]]
        return position == 0 ? nil : Int(position) - 1
    }

    /// Collects the objects of a shape, and gives each a place in `positions`, which says that it was seen.
    private static func collect(
        _ shape: Shape, _ objects: inout [ObjectShape], _ positions: inout [Int: NumberTable]
    ) {
        switch shape {
        case .object(let object):
            guard positions.updateValue(NumberTable(), forKey: identity(object)) == nil else { return }
            objects.append(object)
            for key in object.keys { collect(key.shape, &objects, &positions) }
        case .sequence(let item, _), .mapping(let item, _), .declarations(let item): collect(item, &objects, &positions)
        case .anyOf(let shapes): for shape in shapes { collect(shape, &objects, &positions) }
        default: break
        }
    }
}
