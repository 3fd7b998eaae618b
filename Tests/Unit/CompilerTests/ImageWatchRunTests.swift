import Compiler
import TestSupport
import Testing
import Workspace

/// `bayplan fingerprint --watch` within this process.
struct ImageWatchRunTests {
    private let desk: Desk

    init() throws { desk = try Desk() }

    private func told(
        _ answers: [Conversation.Answer], _ set: (inout FingerprintRun) -> Void = { _ in }
    ) throws -> Desk.Told {
        var run = FingerprintRun(session: desk.session())
        set(&run)
        var watch = ImageWatch(run)
        return try Conversation(answers).held(at: desk) { console, readers throws(SystemFailure) in
            watch.readers = readers
            return try watch.run(console)
        }
    }

    @Test("A change names its image, after the bases that changed and before what stands on it")
    func changes() throws {
        let result = try told([
            ("Ctrl-C ends\n", { try desk.folder.write("core/api/file", "one\n") }),
            ("api\n", { try desk.folder.write("core/base/file", "one\n") }),
            ("base api\n", { try desk.edit("V: \"${V}\"", "V: another") }),
            ("api\n", {}),
        ])
        let errors = "bayplan: watching the inputs of 2 images; Ctrl-C ends\n"
        #expect(result == Desk.Told(.clean, "api\nbase api\napi\n", errors))
    }

    @Test("An image that cannot be told for a while is compared with what it was before")
    func whileGone() throws {
        let dockerfile = try desk.folder.read("core/base/Dockerfile")
        let result = try told([
            ("Ctrl-C ends\n", { try desk.remove("core/base/Dockerfile") }),
            (
                "base is not watched",
                {
                    try desk.folder.write("core/base/Dockerfile", dockerfile)
                    try desk.folder.write("core/api/file", "one\n")
                }
            ),
            ("api\n", {}),
        ])
        let errors = """
            bayplan: watching the inputs of 2 images; Ctrl-C ends
            bayplan: base is not watched: its Dockerfile core/base/Dockerfile is missing

            """
        #expect(result == Desk.Told(.clean, "api\n", errors))
    }

    @Test("A manifest that is broken or gone is told, and waited for")
    func manifest() throws {
        let text = try desk.folder.read("strategy.yaml")
        let result = try told([
            ("Ctrl-C ends\n", { try desk.edit("version: 1", "version: [1") }),
            ("1 error in strategy.yaml\n", { try desk.remove("strategy.yaml") }),
            (
                "cannot read strategy.yaml",
                {
                    try desk.folder.write("strategy.yaml", text)
                    try desk.folder.write("core/api/file", "one\n")
                }
            ),
            ("api\n", {}),
        ])
        #expect(result.status == .clean && result.output == "api\n")
        let last = result.errors.split(separator: "\n").suffix(2)
        #expect(last.first == "bayplan: 1 error in strategy.yaml")
        #expect(last.last?.hasPrefix("bayplan: cannot read strategy.yaml: No such file or directory") == true)
    }

    @Test("Images that are asked for are watched with what they stand on, and no others")
    func chosen() throws {
        let result = try told([
            (
                "Ctrl-C ends\n",
                {
                    try desk.folder.write("core/api/file", "one\n")
                    try desk.folder.write("core/base/file", "one\n")
                }
            ),
            ("base\n", {}),
        ]) { $0.images = ["base"] }
        #expect(
            result == Desk.Told(.clean, "base\n", "bayplan: watching the inputs of 1 image; Ctrl-C ends\n"))
    }

    @Test("A script gets an empty line once nothing is missed, and is told when it is outdated")
    func scripts() throws {
        let tables = try desk.scriptTables()
        let result = try told([
            ("\n", { try desk.folder.write("core/api/file", "one\n") }),
            ("api\n", { try desk.edit("V: \"${V}\"", "V: another") }),
            ("run: bayplan compile\n", {}),
        ]) { $0.scriptTables = tables }
        let outdated = "bayplan: the scripts are not what the manifest says; run: bayplan compile\n"
        let watching = "bayplan: watching the inputs of 2 images; Ctrl-C ends\n"
        #expect(result == Desk.Told(.findings, "\napi\n", watching + outdated))
        #expect(try told([(outdated, {})]) { $0.scriptTables = [] } == Desk.Told(.findings, "", outdated))
    }

    @Test("A manifest that is broken from the start is not watched")
    func broken() throws {
        try desk.edit("version: 1", "version: [1")
        let result = try told([("1 error in strategy.yaml\n", {})])
        #expect(result.status == .findings && !result.errors.contains("watching"))
    }
}
