import Diagnostics
import Foundation
import SourceText
import Testing

/// The formats for machines, read by their readers.
@Suite struct MachineFormatTests {
    static let some: [Diagnostic] =
        [Scenes.containerName, Scenes.cycle.with(.warning), Scenes.stacked, Scenes.moved.with(.info)] + Scenes.oddities

    static var hostile: [Diagnostic] {
        var random = SystemRandomNumberGenerator.seeded(3)
        return (0..<100).map { _ in HostileTextTests.diagnostic(&random) }
    }

    static let options = RenderingOptions(
        tool: .init(version: "1.2.3", informationURI: "https://example.org/bayplan"),
        rules: [
            RuleDescription(.containerNameTaken, summary: "Two containers share a name.", help: "Rename one of them."),
            RuleDescription(.imageCycle, summary: "Images are built on each other."),
        ])

    @Test(arguments: [
        (OutputFormat.json, "json"), (.sarif, "sarif"), (.github, "github"), (.gitlab, "gitlab.json"),
        (.junit, "junit.xml"), (.concise, "concise"),
    ])
    func golden(_ format: OutputFormat, _ ending: String) throws {
        try expectGolden(rendered(Self.some, format, Self.options), "some.\(ending)")
    }

    // MARK: - json

    @Test(.enabled(if: PythonCheck.has("jsonschema"), "needs the Python module jsonschema"))
    func jsonFollowsItsSchema() throws {
        let check = """
            import json, jsonschema
            schema = json.load(open(root + '/schemas/diagnostics.schema.json'))
            jsonschema.Draft7Validator.check_schema(schema)
            jsonschema.validate(json.loads(data), schema, cls=jsonschema.Draft7Validator)
            """
        for diagnostics in [Self.some, Self.hostile, []] {
            let result = try PythonCheck.run(check, on: render(diagnostics, as: .json))
            #expect(result.status == 0, "\(result.output.suffix(2000))")
        }
    }

    @Test func jsonPositions() throws {
        let sample = Sample("f", bytes: [0xEF, 0xBB, 0xBF] + Array("a: 1\r\n😀é: x\r\ny\n".utf8))
        let bytes = render(
            [
                Diagnostic(.wrongType, "m", at: sample.label("x")),
                Diagnostic(.wrongType, "m", at: sample.label("x\r\ny")),
                Diagnostic(.wrongType, "m", at: sample.at(0, 1)),
            ], as: .json)
        let root = try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
        let items = try #require(root["diagnostics"] as? [[String: Any]])
        func positions(_ index: Int) -> [[String: Int]] {
            let primary = items[index]["primary"] as? [String: Any]
            return [primary?["start"], primary?["end"]].compactMap { $0 as? [String: Int] }
        }
        func position(_ line: Int, _ column: Int, _ utf16: Int, _ byte: Int) -> [String: Int] {
            ["line": line, "column": column, "utf16Column": utf16, "byteOffset": byte]
        }
        #expect(positions(0) == [position(2, 5, 6, 17), position(2, 6, 7, 18)])
        #expect(positions(1) == [position(2, 5, 6, 17), position(3, 2, 2, 21)])
        #expect(positions(2) == [position(1, 1, 1, 0), position(1, 1, 1, 1)])
    }

    @Test func jsonKeepsEveryText() throws {
        for diagnostic in Self.hostile {
            let bytes = render([diagnostic], as: .json)
            let root = try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
            let item = try #require((root["diagnostics"] as? [[String: Any]])?.first)
            func same(_ value: Any?, _ text: String) -> Bool {
                (value as? String)?.utf8.elementsEqual(text.utf8) == true
            }
            #expect(same(item["message"], diagnostic.message))
            #expect(same(item["why"], diagnostic.why ?? ""))
            #expect(same((item["fix"] as? [String: Any])?["title"], diagnostic.fix?.title ?? ""))
        }
    }

    // MARK: - sarif

    /// `pydantic-sarif` is generated from the official schema of SARIF 2.1.0; each model is made to refuse keys that
    /// the schema does not have.
    @Test(.enabled(if: PythonCheck.has("pydantic_sarif"), "needs the Python module pydantic-sarif"))
    func sarifFollowsTheOfficialModel() throws {
        let check = """
            import json, inspect, pydantic_sarif.model as m
            from pydantic import BaseModel
            root_model = m.StaticAnalysisResultsFormatSarifVersion210JsonSchema
            document = json.loads(data)
            report = root_model.model_validate(document)
            def unknown(model, value, at):
                if isinstance(model, BaseModel) and isinstance(value, dict):
                    known = {f.alias or n: getattr(model, n) for n, f in type(model).model_fields.items()}
                    for key, inner in value.items():
                        if type(model).__name__ == 'PropertyBag' or at.endswith('partialFingerprints'): continue
                        assert key in known, at + '.' + key
                        unknown(known[key], inner, at + '.' + key)
                elif isinstance(model, list):
                    for index, inner in enumerate(value): unknown(model[index], inner, at + '[]')
            unknown(report, document, '$')
            for run in document['runs']:
                rules = run['tool']['driver']['rules']
                assert len(run['results']) <= 25000 and len(rules) <= 25000
                assert len({r['id'] for r in rules}) == len(rules)
                prints = [r['partialFingerprints']['bayplan/v1'] for r in run['results']]
                assert len(set(prints)) == len(prints)
                for result in run['results']:
                    assert rules[result['ruleIndex']]['id'] == result['ruleId']
                    assert len(result['locations']) == 1 and len(result.get('relatedLocations', [])) <= 100
                    region = result['locations'][0]['physicalLocation']['region']
                    assert (region['startLine'], region['startColumn']) <= (region['endLine'], region['endColumn'])
            """
        for diagnostics in [Self.some, Self.hostile, []] {
            let result = try PythonCheck.run(check, on: render(diagnostics, as: .sarif, options: Self.options))
            #expect(result.status == 0, "\(result.output.suffix(2000))")
        }
    }

    @Test func sarifKeepsTheGravest() throws {
        let sample = Sample("f", "x")
        let notes = (0..<25_000).map { Diagnostic(.wrongType, "note \($0)", at: sample.at(0, 1)).with(.info) }
        let text = rendered(notes + [Diagnostic(.wrongType, "the error", at: sample.at(0, 1))], .sarif)
        #expect(text.contains("\"text\": \"the error\""))
        #expect(!text.contains("\"text\": \"note 24999\""))
        #expect(text.contains("1 less severe findings are left out"))
    }

    @Test func sarifPaths() {
        let paths = [
            ("a b/ü.yaml", "a%20b/%C3%BC.yaml"), ("<stdin>", "%3Cstdin%3E"), ("/abs/x", "file:///abs/x"),
            ("c:x", "./c:x"), ("a/c:x", "a/c:x"), ("a%20#?b", "a%2520%23%3Fb"), ("../up.yaml", "../up.yaml"),
        ]
        for (path, uri) in paths {
            let text = rendered([Diagnostic(.wrongType, "m", at: Sample(path, "x").at(0, 1))], .sarif)
            #expect(text.contains("\"uri\": \"\(uri)\""), "\(path)")
        }
    }

    // MARK: - github

    @Test func githubEscapesAndSorts() {
        let sample = Sample("a,b:c%.yaml", "x: 100%\ny")
        let text = rendered(
            [
                Diagnostic(.wrongType, "note", at: sample.at(0, 1)).with(.info),
                Diagnostic(.wrongType, "100%0A, a: b", at: sample.at(3, 7), why: "two\nlines"),
                Diagnostic(.wrongType, "spans", at: sample.at(0, 9)).with(.warning),
            ], .github)
        let file = "file=a%2Cb%3Ac%25.yaml"
        #expect(
            text == """
                ::error \(file),line=1,col=4,endLine=1,endColumn=8,title=BP004 wrong-type::100%250A, a: b%0Awhy: two␊lines
                ::warning \(file),line=1,endLine=2,title=BP004 wrong-type::spans
                ::notice \(file),line=1,col=1,endLine=1,endColumn=2,title=BP004 wrong-type::note
                bayplan: 1 error, 1 warning and 1 note in a,b:c%.yaml

                """)
    }

    // MARK: - gitlab

    @Test func gitlabFingerprints() throws {
        func prints(_ diagnostics: [Diagnostic]) throws -> [String] {
            let json = try JSONSerialization.jsonObject(with: Data(render(diagnostics, as: .gitlab)))
            return try #require(json as? [[String: Any]]).compactMap { $0["fingerprint"] as? String }
        }
        let many = try prints(Self.some + Self.some + Self.hostile)
        #expect(Set(many).count == 2 * Self.some.count + 100)
        // A line more above changes none; another text does.
        let (before, after) = (Sample("f", "a: 1\nb: 2"), Sample("f", "# new\na: 1\nb: 2"))
        func of(_ sample: Sample, _ text: String) -> Diagnostic { Diagnostic(.wrongType, "m", at: sample.label(text)) }
        #expect(try prints([of(before, "a"), of(before, "b")]) == prints([of(after, "a"), of(after, "b")]))
        #expect(try prints([of(before, "a")]) != prints([of(before, "b")]))
    }

    @Test func emptyReportsAreWhole() {
        #expect(rendered([], .gitlab) == "[]\n")
        #expect(rendered([], .github).isEmpty && rendered([], .concise).isEmpty)
        #expect(rendered([], .junit).contains("tests=\"1\" failures=\"0\""))
    }

    // MARK: - junit

    @Test(.enabled(if: PythonCheck.has("xml.etree"), "needs Python"), arguments: [false, true])
    func junitIsWellFormed(strict: Bool) throws {
        let check = """
            import xml.etree.ElementTree as et
            root = et.fromstring(data)
            assert root.tag == 'testsuites'
            failures = len(root.findall('.//failure'))
            assert int(root.get('failures')) == failures == sum(int(s.get('failures')) for s in root)
            assert int(root.get('tests')) == len(root.findall('.//testcase')) == sum(int(s.get('tests')) for s in root)
            print(failures)
            """
        for diagnostics in [Self.some, Self.hostile, []] {
            let options = RenderingOptions(strict: strict)
            let result = try PythonCheck.run(check, on: render(diagnostics, as: .junit, options: options))
            #expect(result.status == 0, "\(result.output.suffix(2000))")
            let failing = diagnostics.filter { $0.severity >= (strict ? .warning : .error) }.count
            #expect(result.output == "\(failing)\n")
        }
    }
}
