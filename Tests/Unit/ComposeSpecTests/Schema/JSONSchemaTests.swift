import ComposeSpec
import Foundation
import Testing

@Suite
struct JSONSchemaTests {
    private func compose() throws -> [String: Any] {
        let bytes = JSONSchema.render(.object(ComposeTable.file), title: "Compose")
        return try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
    }

    @Test("The schema is JSON, and every reference leads to a definition")
    func referencesResolve() throws {
        let schema = try compose()
        let definitions = try #require(schema["definitions"] as? [String: Any])
        #expect(definitions.count == ComposeTable.objects.count)
        var references = 0
        func walk(_ value: Any) {
            if let object = value as? [String: Any] {
                if let reference = object["$ref"] as? String {
                    references += 1
                    #expect(definitions[String(reference.dropFirst("#/definitions/".count))] != nil, "\(reference)")
                }
                for inner in object.values { walk(inner) }
            } else if let array = value as? [Any] {
                for inner in array { walk(inner) }
            }
        }
        walk(schema)
        #expect(references >= definitions.count)
    }

    @Test("A key carries its meaning, its types, and whether it is obsolete")
    func keys() throws {
        let definitions = try #require(try compose()["definitions"] as? [String: [String: Any]])
        let file = try #require(definitions["compose-file"]?["properties"] as? [String: [String: Any]])
        #expect(file["version"]?["deprecated"] as? Bool == true)
        let service = try #require(definitions["service"]?["properties"] as? [String: [String: Any]])
        #expect(service["hostname"]?["description"] as? String == "Names the container's host.")
        #expect(service["cpus"]?["type"] as? [String] == ["number", "string"])
        #expect((definitions["watch"]?["required"] as? [String]) == ["path", "action"])
        #expect((definitions["service"]?["patternProperties"] as? [String: Any])?["^x-"] != nil)
    }

    @Test("A whole number has the bounds that are stated, and no others")
    func bounds() throws {
        func number(_ bounds: ClosedRange<Int>?) throws -> [String: Any]? {
            let shape = ObjectShape("thing", [KeyShape("number", .integer(bounds), "Counts")])
            let schema = try JSONSerialization.jsonObject(
                with: Data(JSONSchema.render(.object(shape), title: "Thing")))
            let definitions = (schema as? [String: Any])?["definitions"] as? [String: [String: Any]]
            return (definitions?["thing"]?["properties"] as? [String: [String: Any]])?["number"]
        }
        for (bounds, least, most) in [
            (nil, nil, nil), (1...9, 1, 9), (0...Int.max, 0, nil), (Int.min...7, nil, 7), (Int.min...Int.max, nil, nil),
        ] as [(ClosedRange<Int>?, Int?, Int?)] {
            let found = try #require(try number(bounds))
            #expect(found["minimum"] as? Int == least)
            #expect(found["maximum"] as? Int == most)
        }
    }

    @Test("A text of any characters is JSON")
    func texts() throws {
        let title = "a\u{1}\u{F}\u{10}\u{1F}\n\t\"\\é"
        let schema = try JSONSerialization.jsonObject(
            with: Data(JSONSchema.render(.object(ComposeTable.file), title: title)))
        #expect((schema as? [String: Any])?["title"] as? String == title)
    }

    @Test("Two renderings are the same bytes")
    func deterministic() {
        #expect(
            JSONSchema.render(.object(ComposeTable.file), title: "a")
                == JSONSchema.render(.object(ComposeTable.file), title: "a"))
    }
}
