import Foundation
import TestSupport
import Testing

@testable import ComposeSpec

/// The table against the schema that the Compose Specification publishes.
@Suite
struct ComposeTableTests {
    @Test("Every property of the official schema is in the table with its types, and no other")
    func tableIsTheSchema() throws {
        let schema = try #require(try TestData.json("compose-spec.json") as? [String: Any])
        var comparison = SchemaComparison(schema)
        comparison.compare(.object(ComposeTable.file), schema, "")
        #expect(comparison.differences.isEmpty, "\(comparison.differences.joined(separator: "\n"))")
        #expect(comparison.properties > 340)
        print("table: \(comparison.properties) properties agree with the official schema")
    }

    @Test("Every key has a meaning that is one sentence without a full stop")
    func everyKeyHasAMeaning() {
        for object in ComposeTable.objects {
            var names: Set<String> = []
            for key in object.keys {
                let place = "\(object.name).\(key.name)"
                #expect(names.insert(key.name).inserted, "\(place) stands twice")
                #expect(key.meaning.first?.isUppercase == true && key.meaning.last != ".", "\(place)")
            }
        }
    }
}

/// Walks shape and schema side by side.
private struct SchemaComparison {
    private(set) var differences: [String] = []
    private(set) var properties = 0
    private let root: [String: Any]

    /// The lists from which Compose drops equal items before it looks at its schema.
    private static let settled: Set<String> = Set(
        [
            "annotations", "build.additional_contexts", "build.args", "build.labels", "cap_add", "cap_drop",
            "deploy.labels", "dns", "dns_opt", "dns_search", "environment", "expose", "labels", "links",
            "networks.*.aliases", "networks.*.link_local_ips", "ports", "profiles", "sysctls", "tmpfs", "volumes",
        ].map { ".services.*.\($0)" } + [".networks.*.labels"])

    /// Where Compose's decoder takes less than the schema, with the kinds that it takes (measured with 2.26.1 and 2.40.3).
    private static let narrower: [String: Set<String>] = {
        let service = ".services.*."
        let integer: Set = ["integer"]
        return [
            service + "pid": ["string"], ".secrets.*.driver_opts.*": ["string", "integer"],
            service + "expose[]": ["string", "integer"],
            service + "ports[]": ["integer", "string", "object"], service + "group_add[]": ["string", "integer"],
            service + "build.additional_contexts.*": ["string"], service + "build.ulimits.*": ["integer", "object"],
            service + "build.ulimits.*.soft": integer, service + "build.ulimits.*.hard": integer,
            service + "build.secrets[].mode": ["integer", "string"], service + "secrets[].mode": ["integer", "string"],
            service + "configs[].mode": ["integer", "string"], service + "volumes[].tmpfs.mode": integer,
            service + "blkio_config.weight": integer, service + "blkio_config.weight_device[].weight": integer,
        ]
    }()

    init(_ root: [String: Any]) { self.root = root }

    mutating func compare(_ shape: Shape, _ schema: [String: Any], _ path: String) {
        let alternatives = self.alternatives(schema)
        let shapes = if case .anyOf(let shapes) = shape { shapes } else { [shape] }
        let expected = Set(alternatives.map { kind($0) }.filter { $0 != "" })
        let actual = Set(shapes.map { kind($0) })
        if let narrower = Self.narrower[path] {
            if narrower != actual || expected == actual { differences.append("\(path): not what the list says") }
        } else if expected != actual {
            differences.append("\(path): \(actual.sorted()) instead of \(expected.sorted())")
        }
        for shape in shapes {
            guard let schema = alternatives.first(where: { kind($0) == kind(shape) }) else { continue }
            descend(shape, schema, path)
        }
    }

    private mutating func descend(_ shape: Shape, _ schema: [String: Any], _ path: String) {
        switch shape {
        case .object(let object):
            let known = schema["properties"] as? [String: [String: Any]] ?? [:]
            let required = Set(schema["required"] as? [String] ?? [])
            properties += known.count
            let names = Set(object.keys.map(\.name))
            for name in names.symmetricDifference(known.keys).sorted() {
                differences.append("\(path).\(name): only in one")
            }
            let patterns = schema["patternProperties"] as? [String: Any] ?? [:]
            let isOpen = schema["additionalProperties"] as? Bool != false
            if object.allowsExtensions != (patterns["^x-"] != nil || isOpen) {
                differences.append("\(path): extensions")
            }
            for key in object.keys {
                guard let property = known[key.name] else { continue }
                // A device without a target is refused later.
                let isRequired = required.contains(key.name) || object.name == "device" && key.name == "target"
                if key.isRequired != isRequired { differences.append("\(path).\(key.name): required") }
                if property["deprecated"] as? Bool == true, key.obsolete == nil {
                    differences.append("\(path).\(key.name): obsolete")
                }
                compare(key.shape, property, "\(path).\(key.name)")
            }
        case .mapping(let value, _):
            let patterns = schema["patternProperties"] as? [String: [String: Any]] ?? [:]
            if let pattern = patterns.keys.filter({ $0 != "^x-" }).sorted().first, let inner = patterns[pattern] {
                compare(value, inner, "\(path).*")
            } else if case .anything = value {
                return
            } else if path == ".services.*.storage_opt" {
                // The schema says nothing of the values; the decoder takes texts, whole numbers and nothing.
                return
            } else if let inner = schema["additionalProperties"] as? [String: Any] {
                compare(value, inner, "\(path).*")
            } else {
                differences.append("\(path): no pattern")
            }
        case .sequence(let item, let unique):
            let isUnique = schema["uniqueItems"] as? Bool ?? false
            if unique != isUnique, !Self.settled.contains(path) { differences.append("\(path): uniqueness") }
            if let items = schema["items"] as? [String: Any] { compare(item, items, "\(path)[]") }
        case .oneOf(let words):
            if words.sorted() != (schema["enum"] as? [String] ?? []).sorted() { differences.append("\(path): words") }
        case .integer(let bounds):
            // Whole numbers that must be written as such, and numbers that are decoded without a sign.
            if bounds == Int.min...Int.max || Self.narrower[path] != nil { return }
            let lower = schema["minimum"] as? Int
            let upper = schema["maximum"] as? Int
            if lower != bounds?.lowerBound || (upper ?? (lower == nil ? nil : Int.max)) != bounds?.upperBound {
                differences.append("\(path): bounds")
            }
        default: break
        }
    }

    /// The schemas that a value may fit, references followed and lists of types taken apart.
    private func alternatives(_ schema: [String: Any]) -> [[String: Any]] {
        var schema = schema
        if let reference = schema["$ref"] as? String, let name = reference.split(separator: "/").last {
            let definitions = root["$defs"] as? [String: Any] ?? [:]
            schema = definitions[String(name)] as? [String: Any] ?? [:]
        }
        if let several = (schema["oneOf"] ?? schema["anyOf"]) as? [[String: Any]] {
            return several.flatMap { alternatives($0) }
        }
        if let types = schema["type"] as? [String] {
            return types.map { schema.merging(["type": $0]) { $1 } }
        }
        return [schema]
    }

    private func kind(_ schema: [String: Any]) -> String {
        if schema["enum"] != nil { return "words" }
        guard let type = schema["type"] as? String else { return "" }
        return type == "object" && schema["properties"] == nil ? "mapping" : type
    }

    private func kind(_ shape: Shape) -> String {
        switch shape {
        case .null: "null"
        case .boolean: "boolean"
        case .integer: "integer"
        case .number: "number"
        case .string: "string"
        case .oneOf: "words"
        case .sequence: "array"
        case .mapping, .declarations: "mapping"
        case .object: "object"
        case .anyOf, .anything: "any"
        }
    }
}
