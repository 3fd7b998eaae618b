import ComposeSpec
import Diagnostics
import SourceText
import Testing
import YAMLSyntax

@Suite
struct StructureCheckTests {
    private func faults(
        _ text: String, of object: ObjectShape = ComposeTable.service, partial: Bool = false
    ) throws -> [Diagnostic] {
        let read = Tree.read(SourceFile(path: "a.yaml", bytes: Array(text.utf8)))
        let tree = try #require(read.tree)
        var check = StructureCheck()
        check.check(tree.root, is: .object(object), named: object.name, codes: .compose, partial: partial, in: tree)
        return check.diagnostics.sorted()
    }

    @Test("A misspelt key is named with its place and the key that was meant")
    func misspeltKey() throws {
        let fault = try #require(try faults("image: a\nenviroment: {A: 1}\n").first)
        #expect(fault.code == .unknownComposeKey)
        #expect(fault.primary.location.span == Span(9, 19))
        #expect(fault.help.contains("did you mean `environment`?"))
    }

    @Test("A key that is valid elsewhere is said to be")
    func validElsewhere() throws {
        let fault = try #require(try faults("replicas: 2\n").first)
        #expect(fault.help.first == "`replicas` is a key of `deploy`")
    }

    @Test("A word that is near one of few is taken for it, and one that is near none is not")
    func misspeltWord() throws {
        let near = try #require(try faults("cgroup: hosts\n").first)
        #expect(near.help == ["did you mean `host`?"])
        #expect(near.fix?.edits.map { String(decoding: $0.replacement, as: UTF8.self) } == ["host"])
        let far = try #require(try faults("cgroup: public\n").first)
        #expect(!far.help.contains { $0.contains("did you mean") } && far.fix == nil, "\(far.help)")
    }

    @Test(
        "A text that should be a list becomes one as it is written, and gets quotes where a list needs them",
        arguments: [
            ("'a\"b'", "['a\"b']"), ("\"a\\nb\"", "[\"a\\nb\"]"), ("a", "[a]"), ("a, b", "[\"a, b\"]"),
            ("a\"b", nil),
        ] as [(String, String?)])
    func textForList(_ text: String, _ list: String?) throws {
        let fault = try #require(try faults("security_opt: \(text)\n").first)
        #expect(fault.fix?.edits.first.map { String(decoding: $0.replacement, as: UTF8.self) } == list)
    }

    @Test("What is quoted in either way is offered without quotes", arguments: ["'5'", "\"5\""])
    func unquoted(_ value: String) throws {
        let fault = try #require(try faults("model: a\ncontext_size: \(value)\n", of: ComposeTable.model).first)
        #expect(fault.help == ["write it without quotes"])
        #expect(fault.fix?.edits.map { String(decoding: $0.replacement, as: UTF8.self) } == ["5"])
    }

    @Test("A wrong type is shown at the value")
    func wrongType() throws {
        let fault = try #require(try faults("hostname: 1\n").first)
        #expect(fault.code == .wrongComposeType)
        #expect(fault.message == "`hostname` must be a string, not `1`")
        #expect(fault.primary.location.span == Span(10, 11))
        #expect(fault.fix?.edits.first.map { String(decoding: $0.replacement, as: UTF8.self) } == "\"1\"")
    }

    @Test(
        "What Compose reads has no fault",
        arguments: [
            "ports: [8000, \"8000:80\", {target: \"80\", published: 8000}]", "init: ${X}", "init: ${X:-true}",
            "cpu_percent: $P",
            "deploy:", "command:", "x-mine: {a: [1]}", "healthcheck: {retries: 3.0}",
            "environment: {A: 1, B: null, C: true}", "networks: {a: , b: {x-y: 1}}", "hostname: !reset 1",
            "ulimits: {nofile: {soft: 1, hard: 2}}", "build: {context: ., shm_size: 64m}", "cpu_count: 0x10",
            "cap_add: [A, A]", "tty: \"Yes\"", "cpus: \"0.5\"",
            "pull_policy: every_1h30m", "pull_policy: $P",
        ])
    func valid(_ text: String) throws {
        #expect(try faults(text).map(\.message) == [])
    }

    @Test(
        "What Compose refuses has one fault",
        arguments: [
            "init: 1", "cpu_percent: 101", "cpu_percent: 1.5", "image:", "ports: 80", "ports: [[80]]",
            "command: [a, true]",
            "profiles: dev", "security_opt: [A, A]", "depends_on: {a: }", "depends_on: {a: {restart: true}}",
            "cgroup: public",
            "ulimits: {nofile: {soft: 1}}", "gpus: some", "init: $$X", "user: 1000", "healthcheck: {interval: 10}",
            "environment: {A: [1]}", "volumes: [{target: /a}]", "build: {contxt: .}",
            "tty: maybe", "cpus: many", "scale: \"two\"", "pull_policy: sometimes", "pull_policy: every_",
            "pull_policy: every_h", "pull_policy: every_1hm",
        ])
    func invalid(_ text: String) throws {
        let messages = try faults(text).map(\.message)
        #expect(messages.count == 1, "\(messages)")
    }

    @Test("A text that stands twice is told in a long list as in a short one", arguments: [2, 16, 17, 40])
    func repeatedItems(_ count: Int) throws {
        let items = (0..<count).map { "a\($0)" }.joined(separator: ", ")
        #expect(try faults("security_opt: [\(items)]\n").isEmpty)
        let repeated = try faults("security_opt: [\(items), a1]\n")
        #expect(
            repeated.map { $0.primary.location.span } == [
                Span(17 + UInt32(items.utf8.count), 19 + UInt32(items.utf8.count))
            ])
        // What is no text is told as that alone.
        #expect(try faults("security_opt: [\(items), {}, {}]\n").map(\.code) == [.wrongComposeType, .wrongComposeType])
    }

    @Test("The name of what is external is moved beside it, also in the first line", arguments: ["", "\n", "# a\n"])
    func externalName(_ before: String) throws {
        let fault = try #require(try faults(before + "external: {name: x}\n", of: ComposeTable.volume).first)
        let replacements = fault.fix?.edits.map { String(decoding: $0.replacement, as: UTF8.self) }
        #expect(fault.code == .obsoleteKey && replacements == ["true\nname: x"], "\(fault)")
    }

    @Test("Of a value that could not be read nothing more is said; of a mapping that lacks a part, what is there")
    func unreadable() throws {
        #expect(try faults("init: !!int a\n").isEmpty)
        #expect(try faults("build: {<<: *none, contxt: .}\n").map(\.code) == [.unknownComposeKey])
    }

    @Test("A layer may lack what another layer brings")
    func partial() throws {
        #expect(try faults("depends_on: {a: {restart: true}}", partial: true).isEmpty)
    }
}
