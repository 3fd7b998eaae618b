import Diagnostics
import Foundation
import TestSupport
import Testing

@testable import Emission

/// A Compose value says the same to Buildx, variables set and unset.
struct HCLTemplateTests {
    /// A Compose value, what it is when `X` is unset, and what it is when `X` is `a"b`.
    private static let cases: [(value: String, unset: String, set: String)] = [
        ("plain", "plain", "plain"),
        ("$X", "", "a\"b"),
        ("<${X}>", "<>", "<a\"b>"),
        ("${X:-d}", "d", "a\"b"),
        ("${X:-}", "", "a\"b"),
        ("${X:+yes}", "", "yes"),
        ("${X:+}", "", ""),
        ("${X+yes}", "", "yes"),
        ("${X-d}", "d", "a\"b"),
        ("${X:-say \"hi\"}", "say \"hi\"", "a\"b"),
        ("${X:-back\\slash}", "back\\slash", "a\"b"),
        ("${X:-${Y:-deep \"down\"}}", "deep \"down\"", "a\"b"),
        ("${X:-${Y}-tail}", "-tail", "a\"b"),
        ("${X:-100%}", "100%", "a\"b"),
        ("${X:-%}{", "%{", "a\"b{"),
        ("$$X", "$X", "$X"),
        ("$${X}", "${X}", "${X}"),
        ("$$$$", "$$", "$$"),
        ("$$$X", "$", "$a\"b"),
        ("%{X}", "%{X}", "%{X}"),
        ("100% $X", "100% ", "100% a\"b"),
        ("\"$X\" \\n \\\"", "\"\" \\n \\\"", "\"a\"b\" \\n \\\""),
        ("line\n${X:-two}\n", "line\ntwo\n", "line\na\"b\n"),
        ("ünïcode ${X:-é}", "ünïcode é", "ünïcode a\"b"),
        ("${X:-$$5}", "$5", "a\"b"),
        ("${X:-$${Z}}", "${Z}", "a\"b"),
        ("$$$$${X:-$$$$}", "$$$$", "$$a\"b"),
        ("%%{X} $$%{X} %$X", "%%{X} $%{X} %", "%%{X} $%{X} %a\"b"),
        ("${X:-%{Z}", "%{Z", "a\"b"),
    ]

    @Test(
        "As Buildx reads it and as Compose does",
        .enabled(if: Tool.buildx.isExpected && Tool.compose.isExpected, "docker buildx or docker compose does not run"),
        arguments: [nil, "a\"b"] as [String?])
    func values(_ variable: String?) throws {
        let environment = ["Y": "", "X": variable ?? ""]
        let folder = try ScratchFolder()
        let templates = Self.cases.map { HCLTemplate(compose: $0.value) }
        var names: [String] = []
        for name in templates.flatMap(\.variables) where !names.contains(name) { names.append(name) }
        var bake = JSONWriter()
        bake.object { json in
            json.object("variable") { json in
                for name in names { json.object(name) { $0.member("default", "") } }
            }
            json.object("target") { json in
                json.object("default") { json in
                    json.object("args") { json in
                        for (index, template) in templates.enumerated() { json.member("A\(index)", template.text) }
                    }
                }
            }
        }
        try folder.write("bake.json", bake.finish())
        let result = try Tool.buildx.run(
            ["bake", "-f", "bake.json", "--print"], in: folder.url, environment: environment)
        #expect(result.status == 0, "\(result.errors)")
        let printed = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
        let target = (printed?["target"] as? [String: Any])?["default"] as? [String: Any]
        let values = target?["args"] as? [String: String] ?? [:]

        var compose = JSONWriter()
        compose.object { json in
            json.object("services") { json in
                json.object("s") { json in
                    json.member("image", "i")
                    json.object("labels") { json in
                        for (index, item) in Self.cases.enumerated() { json.member("A\(index)", item.value) }
                    }
                }
            }
        }
        try folder.write("compose.json", compose.finish())
        let model = try Tool.compose.run(
            ["-f", "compose.json", "config", "--format", "json"], in: folder.url, environment: environment)
        #expect(model.status == 0, "\(model.errors)")
        let config = try JSONSerialization.jsonObject(with: Data(model.output.utf8)) as? [String: Any]
        let service = (config?["services"] as? [String: Any])?["s"] as? [String: Any]
        let labels = service?["labels"] as? [String: String] ?? [:]
        for (index, item) in Self.cases.enumerated() {
            let expected = variable == nil ? item.unset : item.set
            #expect(values["A\(index)"] == expected, "Buildx: \(item.value) as \(templates[index].text)")
            // Without a null Buildx cannot tell unset from empty: these run with X empty, where `-` and `+` differ.
            let isStrict = item.value == "${X-d}" || item.value == "${X+yes}"
            if variable == nil && isStrict { continue }
            // `config` writes a dollar sign twice, so that its output is a Compose file again.
            let shown = labels["A\(index)"]?.replacingOccurrences(of: "$$", with: "$")
            #expect(shown == expected, "Compose: \(item.value)")
        }
    }

    @Test(
        "A variable that some value tells unset from empty is what Compose makes of it",
        .enabled(if: Tool.buildx.isExpected && Tool.compose.isExpected, "docker buildx or docker compose does not run"),
        arguments: [nil, "", "a\"b"] as [String?])
    func nullable(_ variable: String?) throws {
        let values = [
            "${X-d}", "${X:-d}", "${X+yes}", "${X:+yes}", "<$X>", "<${X}>", "${X-${Y-e}}", "${X:-${Y-e}}", "${X-}",
            "${Y:+${X}}",
            "${X+<$X>}", "${X:+<${X-q}>}", "${Y-${X-d}}", "a${X-}b${X:-c}",
        ]
        let nullable = values.reduce(into: Set<String>()) { $0.formUnion(HCLTemplate(compose: $1).nullables) }
        #expect(nullable == ["X", "Y"])
        let environment = variable.map { ["X": $0] } ?? [:]
        let folder = try ScratchFolder()
        let templates = values.map { HCLTemplate(compose: $0, nullable: nullable).text }
        let arguments = templates.enumerated().map { "\"A\($0)\": \(jsonString($1))" }.joined(separator: ", ")
        try folder.write(
            "bake.json",
            """
            {"variable": {"X": {"default": null}, "Y": {"default": null}}, "target": {"default": {"args": {\(arguments)}}}}
            """)
        let labels = values.enumerated().map { "\"A\($0)\": \(jsonString($1))" }.joined(separator: ", ")
        try folder.write("compose.json", "{\"services\": {\"s\": {\"image\": \"i\", \"labels\": {\(labels)}}}}")
        let bake = try Tool.buildx.run(
            ["bake", "-f", "bake.json", "--print"], in: folder.url, environment: environment)
        let config = try Tool.compose.run(
            ["-f", "compose.json", "config", "--format", "json"], in: folder.url, environment: environment)
        #expect(bake.status == 0 && config.status == 0, "\(bake.errors)\(config.errors)")
        func object(_ text: String, _ path: String...) throws -> [String: String] {
            var found: Any? = try JSONSerialization.jsonObject(with: Data(text.utf8))
            for key in path { found = (found as? [String: Any])?[key] }
            return found as? [String: String] ?? [:]
        }
        let buildx = try object(bake.output, "target", "default", "args")
        let compose = try object(config.output, "services", "s", "labels")
        for (index, value) in values.enumerated() {
            #expect(compose["A\(index)"] != nil)
            #expect(buildx["A\(index)"] == compose["A\(index)"], "\(value) as \(templates[index])")
        }
    }

    @Test(
        "A build argument without a value is nothing where the variable is unset",
        .enabled(if: Tool.buildx.isExpected, "docker buildx does not run"))
    func nothing() throws {
        let folder = try ScratchFolder()
        let template = HCLTemplate(valueOf: "FROM_SHELL")
        try folder.write(
            "bake.json",
            """
            {"variable": {"FROM_SHELL": {"default": ""}},
             "target": {"default": {"args": {"FROM_SHELL": \(jsonString(template.text))}}}}
            """)
        let unset = try Tool.buildx.run(["bake", "-f", "bake.json", "--print"], in: folder.url)
        #expect(unset.status == 0 && !unset.output.contains("FROM_SHELL"), "\(unset.output)\(unset.errors)")
        let set = try Tool.buildx.run(
            ["bake", "-f", "bake.json", "--print"], in: folder.url, environment: ["FROM_SHELL": "v"])
        #expect(set.output.contains("\"FROM_SHELL\": \"v\""), "\(set.output)\(set.errors)")
    }

    @Test(
        "A variable that must be set stops Buildx with its text",
        .enabled(if: Tool.buildx.isExpected, "docker buildx does not run"),
        arguments: ["v${VERSION:?say \"which\" 100% \\n}", "${OTHER:-${VERSION:?say it}}", "${VERSION?say it}"])
    func required(_ value: String) throws {
        let folder = try ScratchFolder()
        let template = HCLTemplate(compose: value)
        let absent = template.nullables.isEmpty ? "\"\"" : "null"
        let text = HCLTemplate(compose: value, nullable: template.nullables).text
        try folder.write(
            "bake.json",
            """
            {"variable": {"VERSION": {"default": \(absent)}, "OTHER": {"default": ""}},
             "target": {"default": {"args": {"A": \(jsonString(text))}}}}
            """)
        let print = ["bake", "-f", "bake.json", "--print"]
        let unset = try Tool.buildx.run(print, in: folder.url)
        #expect(unset.status != 0, "\(unset.output)")
        #expect(unset.errors.contains("required variable VERSION is missing a value: say "), "\(unset.errors)")
        let set = try Tool.buildx.run(print, in: folder.url, environment: ["VERSION": "3"])
        #expect(set.status == 0 && set.output.contains("3\""), "\(set.output)\(set.errors)")
    }

    private func jsonString(_ text: String) -> String {
        "\"" + text.replacingOccurrences(of: "\\", with: "\\\\").replacingOccurrences(of: "\"", with: "\\\"") + "\""
    }
}
