import YAMLSyntax

/// Object shapes with their keys resolved for one tree.
struct StructureTables: Sendable {
    /// By the object's identity, then by key number: the position of the key's shape plus one, or 0.
    private var positions: [Int: [UInt16]] = [:]
    private var numbers: KeyNumbers

    /// - Parameter roots: the shapes that will be checked, with all that they hold.
    init(_ roots: [Shape], in tree: inout Tree) {
        var objects: [ObjectShape] = []
        positions.reserveCapacity(100)
        for root in roots { Self.collect(root, &objects, &positions) }
        numbers = KeyNumbers(in: tree)
        for object in objects {
            // As long as the highest number of its keys: `position` knows no key behind its end.
            var table: [UInt16] = []
            for (position, key) in object.keys.enumerated() {
                let number = numbers.add(key.name, in: &tree)
                if number >= table.count {
                    table.append(contentsOf: repeatElement(0, count: number + 1 - table.count))
                }
                table[number] = UInt16(position + 1)
            }
            positions[Self.identity(object)] = table
        }
    }

    /// The positions of an object's keys by key number.
    func table(of object: ObjectShape) -> [UInt16] { positions[Self.identity(object)] ?? [] }

    private static func identity(_ object: ObjectShape) -> Int { Int(bitPattern: ObjectIdentifier(object)) }

    /// The position of a key in an object, by the object's table; nil when the object does not know the key.
    @inline(__always)
    func position(of key: Symbol, in table: [UInt16]) -> Int? {
        let number = numbers[key]
        guard number < table.count else { return nil }
        let position = table[number]
        return position == 0 ? nil : Int(position) - 1
    }

    /// Collects the objects of a shape, and gives each a place in `positions`, which says that it was seen.
    private static func collect(
        _ shape: Shape, _ objects: inout [ObjectShape], _ positions: inout [Int: [UInt16]]
    ) {
        switch shape {
        case .object(let object):
            guard positions.updateValue([], forKey: identity(object)) == nil else { return }
            objects.append(object)
            for key in object.keys { collect(key.shape, &objects, &positions) }
        case .sequence(let item, _), .mapping(let item, _), .declarations(let item): collect(item, &objects, &positions)
        case .anyOf(let shapes): for shape in shapes { collect(shape, &objects, &positions) }
        default: break
        }
    }
}
