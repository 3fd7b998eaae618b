import YAMLSyntax

/// Object shapes with their keys resolved for one tree.
struct StructureTables: Sendable {
    /// By object, then by key number: the position of the key's shape plus one, or 0.
    private var positions: [ObjectIdentifier: [UInt16]] = [:]
    private let numbers: KeyNumbers

    /// - Parameter roots: the shapes that will be checked, with all that they hold.
    init(_ roots: [Shape], in tree: inout Tree) {
        var objects: [ObjectShape] = []
        for root in roots { Self.collect(root, &objects, &positions) }
        var names: [String] = []
        var numberOf: [String: Int] = [:]
        for key in objects.lazy.flatMap({ $0.keys }) where numberOf[key.name] == nil {
            names.append(key.name)
            numberOf[key.name] = names.count
        }
        numbers = KeyNumbers(names, in: &tree)
        for object in objects {
            var table = [UInt16](repeating: 0, count: names.count + 1)
            for (position, key) in object.keys.enumerated() {
                if let number = numberOf[key.name] { table[number] = UInt16(position + 1) }
            }
            positions[ObjectIdentifier(object)] = table
        }
    }

    /// The positions of an object's keys by key number.
    func table(of object: ObjectShape) -> [UInt16] { positions[ObjectIdentifier(object)] ?? [] }

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
        _ shape: Shape, _ objects: inout [ObjectShape], _ positions: inout [ObjectIdentifier: [UInt16]]
    ) {
        switch shape {
        case .object(let object):
            guard positions.updateValue([], forKey: ObjectIdentifier(object)) == nil else { return }
            objects.append(object)
            for key in object.keys { collect(key.shape, &objects, &positions) }
        case .sequence(let item, _), .mapping(let item, _), .declarations(let item): collect(item, &objects, &positions)
        case .anyOf(let shapes): for shape in shapes { collect(shape, &objects, &positions) }
        default: break
        }
    }
}
