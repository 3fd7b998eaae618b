import SourceText
import Testing
import YAMLSyntax

@testable import ComposeSpec

/// What is one to Docker Compose in two spellings, and what is not: as `docker compose config --hash` of 2.26.1 says, which
/// `Tests/Tools/Engine/diff.py` asks of random services.
struct MeaningTests {
    /// A reader over a key with a value, and the value's node.
    private static func read(_ key: String, _ value: String) throws -> (reader: MeaningReader, node: NodeID) {
        let source = SourceFile(path: "a.yaml", bytes: Array("\(key): \(value)\n".utf8))
        var tree = try #require(Tree.read(source).tree)
        let node = try #require(tree.value(key, in: tree.root))
        let keys = PortMapping.Keys(&tree.symbols)
        return (MeaningReader(tree, folder: "shop", portKeys: keys), node)
    }

    private static func meaning(_ key: String, _ value: String) throws -> Meaning? {
        let (reader, node) = try read(key, value)
        return reader.serviceKey(key, node)
    }

    static let equal: [(key: String, one: String, other: String)] = [
        ("command", "a \"b c\"", "[a, 'b c']"), ("command", "''", "[]"), ("stop_grace_period", "90s", "1m30s"),
        ("stop_grace_period", "5.4s", "5400ms"), ("mem_limit", "1g", "1073741824"), ("cpus", "0.5", "'0.50'"),
        ("environment", "[A=1]", "{A: 1}"), ("environment", "{A: 0x10}", "[A=16]"),
        ("environment", "[A=1, A=2]", "{A: 2}"),
        ("environment", "{A: $B}", "{A: '${B}'}"), ("labels", "[a]", "{a: }"), ("labels", "{a: true}", "[a=true]"),
        ("ports", "['80:80']", "[{target: 80, published: 80, protocol: tcp, mode: ingress}]"),
        ("ports", "['80-81:80-81']", "['80:80', '81:81']"), ("ports", "[0x50]", "['80']"),
        ("ports", "['80-90:80']", "[{target: 80, published: 80-90}]"), ("ports", "['53:53/UDP']", "['53:53/udp']"),
        ("volumes", "['data:/x/']", "[{type: volume, source: data, target: /x, volume: {}}]"),
        (
            "volumes", "['./a:/x:ro']",
            "[{type: bind, source: a/, target: /x, read_only: true, bind: {create_host_path: yes}}]"
        ),
        ("volumes", "[{type: volume, source: a, target: /x/}]", "[{type: volume, source: a, target: /x}]"),
        ("volumes", "['./a:/x', './b:/x']", "['./b:/x']"), ("volumes", "['./a:/x:cached']", "['./a:/x:rw']"),
        ("networks", "[a, b]", "{b: , a: }"), ("tmpfs", "/x", "[/x, /x]"), ("dns", "1.1.1.1", "[1.1.1.1]"),
        ("depends_on", "[a]", "{a: {condition: service_started, required: true}}"),
        ("env_file", "a.env", "[{path: ./a.env, required: true}]"), ("secrets", "[k]", "[{source: k}]"),
        ("secrets", "[k]", "[{source: k, target: /run/secrets/k}]"),
        ("devices", "['/dev/a:/dev/b:r']", "[{source: /dev/a, target: /dev/b, permissions: r}]"),
        ("devices", "[/dev/a]", "['/dev/a:/dev/a:rwm']"),
        ("extra_hosts", "['a=1.1.1.1', 'b:2.2.2.2']", "{b: 2.2.2.2, a: [1.1.1.1]}"),
        ("healthcheck", "{test: x, interval: 60s}", "{test: [CMD-SHELL, x], interval: 1m, disable: false}"),
        ("deploy", "{resources: {}, labels: {}}", "{placement: {}}"), ("gpus", "all", "[{count: -1}]"),
        ("gpus", "[{count: all}]", "[{count: -1}]"), ("post_start", "[{command: a b}]", "[{command: [a, b]}]"),
        ("environment", "{A: 0.0001}", "[A=0.0001]"), ("environment", "{A: 0.00001}", "[A=1e-05]"),
        ("environment", "{A: 12.0}", "[A=12]"), ("environment", "{A: 100000.0}", "[A=100000]"),
        ("environment", "{A: 0.25}", "[A=0.25]"),
        ("ports", "['[::1]:80:80']", "[{target: 80, published: 80, host_ip: '::1', protocol: tcp, mode: ingress}]"),
        ("develop", "{watch: [{path: ./a, action: rebuild}]}", "{watch: [{action: rebuild, path: a}]}"),
        ("privileged", "'on'", "true"), ("cap_add", "[A, A]", "[A]"), ("ulimits", "{n: '5'}", "{n: 5}"),
    ]

    static let different: [(key: String, one: String, other: String)] = [
        ("command", "[a, b]", "[b, a]"), ("ports", "['80:80', '81:81']", "['81:81', '80:80']"),
        ("ports", "['80:80']", "['0.0.0.0:80:80']"),
        ("volumes", "['data:/x']", "[{type: volume, source: data, target: /x}]"),
        ("volumes", "['./a:/x']", "[{type: bind, source: ./a, target: /x}]"), ("networks", "[a]", "{a: {}}"),
        ("environment", "{A: }", "{A: ''}"), ("healthcheck", "{test: x}", "{test: x, retries: 0}"),
        ("configs", "[c]", "[{source: c, target: /c}]"), ("ulimits", "{n: 5}", "{n: {soft: 5, hard: 5}}"),
        ("secrets", "[k]", "[{source: k, mode: 0}]"),
        ("devices", "[/dev/a]", "[/dev/b]"), ("deploy", "{resources: {limits: {}}}", "{}"),
    ]

    /// What Compose takes for absent, and what says nothing but is not.
    static let absent = [
        ("privileged", "false"), ("tty", "'no'"), ("mem_limit", "0"), ("ports", "[]"), ("labels", "{}"),
        ("command", ""),
        ("working_dir", "''"), ("deploy", ""), ("pids_limit", "0"),
    ]
    static let present = [
        ("init", "false"), ("attach", "false"), ("command", "[]"), ("deploy", "{}"), ("logging", "{}"),
        ("healthcheck", "{}"),
        ("stop_grace_period", "0s"),
    ]

    @Test("Spellings of one meaning", arguments: equal)
    func same(_ pair: (key: String, one: String, other: String)) throws {
        #expect(try Self.meaning(pair.key, pair.one) == Self.meaning(pair.key, pair.other), "\(pair)")
        #expect(try Self.meaning(pair.key, pair.one) != nil)
    }

    @Test("Meanings that look alike", arguments: different)
    func other(_ pair: (key: String, one: String, other: String)) throws {
        #expect(try Self.meaning(pair.key, pair.one) != Self.meaning(pair.key, pair.other), "\(pair)")
    }

    @Test(
        "What a build says in two spellings is one",
        arguments: [
            (".", "{context: ./, dockerfile: ./Dockerfile}", "{context: ./b}"),
            (
                "{context: ., additional_contexts: {a: ./x/}}", "{context: ., additional_contexts: [a=x]}",
                "{context: ., additional_contexts: [a=y]}"
            ),
            ("{context: ., secrets: [k]}", "{context: ., secrets: [{source: k}]}", "{context: ., secrets: [l]}"),
        ])
    func builds(_ one: String, _ same: String, _ other: String) throws {
        func meaning(_ value: String) throws -> Meaning {
            let (reader, node) = try Self.read("build", value)
            return reader.build(node)
        }
        #expect(try meaning(one) == meaning(same))
        #expect(try meaning(one) != meaning(other))
    }

    @Test("What says nothing")
    func nothing() throws {
        for (key, value) in Self.absent { #expect(try Self.meaning(key, value) == nil, "\(key): \(value)") }
        for (key, value) in Self.present { #expect(try Self.meaning(key, value) != nil, "\(key): \(value)") }
    }

    @Test(
        "Networks, volumes, secrets and configurations, with the names that Compose gives them",
        arguments: [
            ("networks", "", "{name: shop_a}"), ("volumes", "{}", "{name: shop_a}"),
            ("volumes", "{external: true}", "{external: true, name: a}"),
            ("volumes", "{external: {name: n}}", "{external: true, name: n}"), ("secrets", "{file: ./a/}", "{file: a}"),
            ("configs", "{file: ../a}", "{file: ./../a}"), ("models", "{model: m}", "{model: m, x-mine: 1}"),
        ])
    func sections(_ section: String, _ one: String, _ other: String) throws {
        func meaning(_ value: String) throws -> Meaning {
            let (reader, node) = try Self.read("a", value)
            return reader.section(section, node, key: "a", project: "shop")
        }
        #expect(try meaning(one) == meaning(other))
        #expect(try meaning(one) != meaning("{name: other, file: b, model: n, external: true}"))
    }

    @Test(
        "Variables in one spelling; what begins none stays",
        arguments: [
            ("$A", "${A}"), ("${A}", "${A}"), ("a$b-$c_1", "a${b}-${c_1}"), ("$$A", "$$A"), ("$$$A", "$$${A}"),
            ("$", "$"),
            ("$1", "$1"), ("$-", "$-"), ("$A$", "${A}$"), ("plain", "plain"), ("$$", "$$"),
        ])
    func spelled(_ text: String, _ expected: String) { #expect(MeaningReader.spelled(text) == expected) }
}
