import Testing
import YAMLSyntax

@testable import ComposeSpec

@Suite
struct MergeCoverageTests {
    @Test("The values of the differential test hold every key that a service can hold")
    func everyKeyIsMerged() throws {
        let tree = try #require(try MergeCase.fixture("variants.yaml"))
        var seen: Set<String> = []
        for entry in tree.entries(tree.root) {
            let path = tree.text(entry.key).prefix { $0 != ":" }.split(separator: ".")
            let values = tree.value("values", in: entry.value) ?? entry.value
            var shape = Shape.object(ComposeTable.service)
            for name in path {
                guard let object = shape.object else { break }
                seen.insert("\(object.name).\(name)")
                shape = object.keys.first { $0.name == name }?.shape ?? .anything
            }
            for value in tree.items(values) { note(value, shape, tree, &seen) }
        }
        var known: Set<String> = []
        for object in reachable(.object(ComposeTable.service)) {
            for key in object.keys { known.insert("\(object.name).\(key.name)") }
        }
        // A manifest refuses `extends`, whose files Compose would have to read.
        let missing = known.subtracting(seen).filter { !$0.hasPrefix("extends.") && $0 != "service.extends" }
        #expect(missing.isEmpty, "\(missing.sorted())")
        print("merge: \(known.count) keys of a service and what it holds occur in the cases")
    }

    private func note(_ id: NodeID, _ shape: Shape, _ tree: Tree, _ seen: inout Set<String>) {
        switch shape {
        case .object(let object):
            for entry in tree.entries(id) {
                let name = tree.text(entry.key)
                guard let key = object.keys.first(where: { $0.name == name }) else { continue }
                seen.insert("\(object.name).\(name)")
                note(entry.value, key.shape, tree, &seen)
            }
        case .mapping(let value, _): for entry in tree.entries(id) { note(entry.value, value, tree, &seen) }
        case .sequence(let item, _): for element in tree.items(id) { note(element, item, tree, &seen) }
        case .anyOf(let shapes): for shape in shapes { note(id, shape, tree, &seen) }
        default: break
        }
    }

    private func reachable(_ shape: Shape) -> [ObjectShape] {
        var found: [ObjectShape] = []
        func walk(_ shape: Shape) {
            switch shape {
            case .object(let object):
                guard !found.contains(where: { $0 === object }) else { return }
                found.append(object)
                for key in object.keys { walk(key.shape) }
            case .mapping(let inner, _), .sequence(let inner, _): walk(inner)
            case .anyOf(let shapes): for shape in shapes { walk(shape) }
            default: break
            }
        }
        walk(shape)
        return found
    }
}

extension Shape {
    /// The object among what this shape allows.
    fileprivate var object: ObjectShape? {
        switch self {
        case .object(let object): object
        case .anyOf(let shapes): shapes.lazy.compactMap(\.object).first
        default: nil
        }
    }
}
