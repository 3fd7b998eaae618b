/// JSON Schema (draft-07) made from shapes, so that editors and validators know what the decoder knows.
package enum JSONSchema {
    /// The schema of a shape: the same bytes for the same shape, ending with a line feed.
    ///
    /// - Parameters:
    ///   - identifier: the schema's `$id`.
    ///   - title: what the schema describes.
    package static func render(_ shape: Shape, identifier: String? = nil, title: String) -> [UInt8] {
        var definitions = SchemaDefinitions()
        let root = definitions.schema(of: shape)
        var members: [(name: String, value: JSONText)] = [
            ("$schema", .string("http://json-schema.org/draft-07/schema#"))
        ]
        if let identifier { members.append(("$id", .string(identifier))) }
        members.append(("title", .string(title)))
        if case .object(let rootMembers) = root { members += rootMembers }
        members.append(("definitions", .object(definitions.finished())))
        var bytes: [UInt8] = []
        JSONText.object(members).write(to: &bytes)
        bytes.append(UInt8(ascii: "\n"))
        return bytes
    }
}

/// The definitions of a schema while they are found: one for each object shape, in the order of discovery.
private struct SchemaDefinitions {
    private var names: [ObjectIdentifier: String] = [:]
    private var taken: Set<String> = []
    private var waiting: [(name: String, object: ObjectShape)] = []
    /// Whether the object at hand takes a variable for a word.
    private var takesVariables = false

    mutating func schema(of shape: Shape) -> JSONText {
        switch shape {
        case .null, .boolean, .number: return .object([("type", .string(shape.typeName ?? ""))])
        case .integer(let bounds):
            var members: [(name: String, value: JSONText)] = [("type", .string("integer"))]
            if let bounds {
                if bounds.lowerBound > Int.min { members.append(("minimum", .integer(bounds.lowerBound))) }
                if bounds.upperBound < Int.max { members.append(("maximum", .integer(bounds.upperBound))) }
            }
            return .object(members)
        case .string(let grammar):
            var members: [(name: String, value: JSONText)] = [("type", .string("string"))]
            if let pattern = grammar?.pattern { members.append(("pattern", .string(pattern))) }
            return .object(members)
        case .oneOf(let words):
            let stated = JSONText.object([("enum", .array(words.map { .string($0) }))])
            guard takesVariables else { return stated }
            let variable = JSONText.object([("type", .string("string")), ("pattern", .string("\\$"))])
            return .object([("anyOf", .array([stated, variable]))])
        case .sequence(let item, let unique):
            var members: [(name: String, value: JSONText)] = [("type", .string("array")), ("items", schema(of: item))]
            if unique { members.append(("uniqueItems", .boolean(true))) }
            return .object(members)
        case .mapping(let value, let keys):
            var members: [(name: String, value: JSONText)] = [("type", .string("object"))]
            if let pattern = keys?.pattern {
                members.append(("patternProperties", .object([(pattern, schema(of: value))])))
                members.append(("additionalProperties", .boolean(false)))
            } else {
                members.append(("additionalProperties", schema(of: value)))
            }
            return .object(members)
        case .declarations(let value):
            return .object([
                ("type", .string("object")), ("patternProperties", .object([("^x-", .object([]))])),
                ("additionalProperties", schema(of: value)),
            ])
        case .object(let object): return .object([("$ref", .string("#/definitions/\(name(of: object))"))])
        case .anyOf(let shapes):
            let types = shapes.compactMap(\.typeName)
            if types.count == shapes.count { return .object([("type", .array(types.map { .string($0) }))]) }
            return .object([("anyOf", .array(shapes.map { schema(of: $0) }))])
        case .anything: return .object([])
        }
    }

    /// The definitions of everything that was referred to, and of what these refer to.
    mutating func finished() -> [(name: String, value: JSONText)] {
        var definitions: [(name: String, value: JSONText)] = []
        var next = 0
        while next < waiting.count {
            let (name, object) = waiting[next]
            next += 1
            definitions.append((name, definition(of: object)))
        }
        return definitions
    }

    private mutating func definition(of object: ObjectShape) -> JSONText {
        var properties: [(name: String, value: JSONText)] = []
        takesVariables = object.takesVariables
        for key in object.keys {
            var members: [(name: String, value: JSONText)] = [
                ("description", .string(key.description.joined(separator: " ")))
            ]
            if key.obsolete != nil { members.append(("deprecated", .boolean(true))) }
            let schema = schema(of: key.shape)
            if case .object = key.shape {
                // Beside a reference, draft-07 reads nothing.
                members.append(("allOf", .array([schema])))
            } else if case .object(let more) = schema {
                members += more
            }
            if let example = key.example.flatMap(JSONText.init(yaml:)) {
                members.append(("examples", .array([example])))
            }
            properties.append((key.name, .object(members)))
        }
        var members: [(name: String, value: JSONText)] = [
            ("type", .string("object")), ("properties", .object(properties)),
        ]
        let required = object.keys.filter(\.isRequired).map { JSONText.string($0.name) }
        if !required.isEmpty { members.append(("required", .array(required))) }
        if object.allowsExtensions { members.append(("patternProperties", .object([("^x-", .object([]))]))) }
        members.append(("additionalProperties", .boolean(false)))
        return .object(members)
    }

    /// The name of an object's definition: its own in lower case with hyphens, numbered where several share it.
    private mutating func name(of object: ObjectShape) -> String {
        if let name = names[ObjectIdentifier(object)] { return name }
        let base = String(object.name.lowercased().map { $0 == " " ? "-" : $0 })
        var name = base
        var number = 2
        while !taken.insert(name).inserted {
            name = "\(base)-\(number)"
            number += 1
        }
        names[ObjectIdentifier(object)] = name
        waiting.append((name, object))
        return name
    }
}

extension Shape {
    /// The name of a type without further conditions.
    fileprivate var typeName: String? {
        switch self {
        case .null: "null"
        case .boolean: "boolean"
        case .number: "number"
        case .integer(let bounds): bounds == nil ? "integer" : nil
        case .string(let grammar): grammar?.pattern == nil ? "string" : nil
        default: nil
        }
    }
}
