import Compiler
import Testing

/// `bayplan fingerprint`: which images have one, and who asks for it.
struct FingerprintRunTests {
    private let desk: Desk

    init() throws { desk = try Desk() }

    private func told(_ set: (inout FingerprintRun) -> Void = { _ in }) -> Desk.Told {
        var run = FingerprintRun(session: desk.session())
        set(&run)
        return desk.told(run.run)
    }

    /// The fingerprints by the names of images.
    private func prints(_ set: (inout FingerprintRun) -> Void = { _ in }) throws -> [String: String] {
        let result = told(set)
        #expect(result.status == .clean && result.errors.isEmpty, "\(result.errors)")
        let rows = result.output.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
        #expect(rows.allSatisfy { $0.count == 2 && $0[1].count == 64 }, "\(result.output)")
        return Dictionary(uniqueKeysWithValues: rows.map { ($0[0], $0[1]) })
    }

    @Test("Columns for people, and the same for programs")
    func formats() throws {
        let prints = try prints()
        let (base, api) = (try #require(prints["base"]), try #require(prints["api"]))
        #expect(told() == Desk.Told(.clean, "base  \(base)\napi   \(api)\n", ""))
        #expect(told { $0.images = ["api"] } == Desk.Told(.clean, "api  \(api)\n", ""))
        let expected = """
            {
              "schema": 1,
              "fingerprints": [
                {
                  "image": "base",
                  "fingerprint": "\(base)"
                },
                {
                  "image": "api",
                  "fingerprint": "\(api)"
                }
              ]
            }

            """
        #expect(told { $0.format = .json } == Desk.Told(.clean, expected, ""))
    }

    @Test("An image that has none is no line, and a reason for programs")
    func missing() throws {
        try desk.remove("core/base/Dockerfile")
        let errors = """
            bayplan: base has no fingerprint: its Dockerfile core/base/Dockerfile is missing
            bayplan: api has no fingerprint: its base base has none

            """
        #expect(told() == Desk.Told(.findings, "", errors))
        let expected = """
            {
              "schema": 1,
              "fingerprints": [
                {
                  "image": "base",
                  "fingerprint": null,
                  "reason": "its Dockerfile core/base/Dockerfile is missing"
                },
                {
                  "image": "api",
                  "fingerprint": null,
                  "reason": "its base base has none"
                }
              ]
            }

            """
        #expect(told { $0.format = .json } == Desk.Told(.findings, expected, errors))
    }

    @Test("Another environment is another fingerprint of what it builds otherwise")
    func environment() throws {
        let (development, live) = (try prints(), try prints { $0.environment = "live" })
        // A base's reference is part of what stands on it.
        #expect(live["base"] == development["base"] && live["api"] != development["api"])
    }

    @Test("A name that there is not is told with the one that was meant")
    func names() {
        #expect(
            told { $0.environment = "liv" }
                == Desk.Told(
                    .failure, "", "bayplan: this workspace has no environment `liv`; did you mean `live`?\n"))
        #expect(
            told { $0.images = ["base", "ap"] }
                == Desk.Told(.failure, "", "bayplan: this workspace builds no image `ap`; did you mean `api`?\n"))
    }

    @Test("A manifest with errors has none")
    func errors() throws {
        try desk.edit("version: 1", "version: [1")
        let result = told()
        #expect(result.status == .findings && result.output.isEmpty)
        #expect(result.errors.hasSuffix("bayplan: 1 error in strategy.yaml\n"), "\(result.errors)")
    }

    @Test("A script whose tables are the manifest's is answered, and an older one is told")
    func scripts() throws {
        let tables = try desk.scriptTables()
        #expect(try prints { $0.scriptTables = tables } == prints())
        try desk.edit("V: \"${V}\"", "V: two")
        let outdated = Desk.Told(
            .findings, "", "bayplan: the scripts are not what the manifest says; run: bayplan compile\n")
        #expect(told { $0.scriptTables = tables } == outdated)
        #expect(told { $0.scriptTables = [] } == outdated)
        let newer = try desk.scriptTables()
        #expect(try prints { $0.scriptTables = newer } == prints())
    }

    @Test("Who waits is told how many files have been read, folders that are shared once")
    func progress() throws {
        try desk.folder.write("core/api/file", "x\n")
        var seen: [Progress] = []
        let result = desk.told { console throws(SystemFailure) in
            var console = console
            console.progress = { seen.append($0) }
            return try FingerprintRun(session: desk.session()).run(console)
        }
        #expect(result.status == .clean)
        let counts = (1...3).map { Progress.done("reading build contexts: file", $0, of: nil) }
        #expect(seen == [.began, .doing("checking the manifest"), .doing("reading build contexts")] + counts)
    }
}
