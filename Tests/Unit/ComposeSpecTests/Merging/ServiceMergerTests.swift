import ComposeSpec
import SourceText
import Testing
import YAMLSyntax

@Suite
struct ServiceMergerTests {
    /// Merges the items of a list and gives the result in flow style.
    private func merged(_ text: String) throws -> String {
        var tree = try #require(Tree.read(SourceFile(path: "a.yaml", bytes: Array(text.utf8))).tree)
        var merger = ServiceMerger(for: &tree)
        return flowText(merger.merge(Array(tree.items(tree.root)), in: &tree), in: tree)
    }

    @Test("A single body without merge tags is returned as the same node")
    func sameNode() throws {
        var tree = try #require(Tree.read(SourceFile(path: "a.yaml", bytes: Array("[~, {image: a}, ]".utf8))).tree)
        var merger = ServiceMerger(for: &tree)
        let count = tree.nodeCount
        #expect(merger.merge(Array(tree.items(tree.root)), in: &tree) == Array(tree.items(tree.root))[1])
        #expect(tree.nodeCount == count)
    }

    @Test("What one layer alone says is shared, and what two say has the stronger one's place")
    func places() throws {
        let text = "[{labels: {a: 1}, image: x}, {image: y}]"
        var tree = try #require(Tree.read(SourceFile(path: "a.yaml", bytes: Array(text.utf8))).tree)
        var merger = ServiceMerger(for: &tree)
        let layers = Array(tree.items(tree.root))
        let service = merger.merge(layers, in: &tree)
        #expect(tree.value("labels", in: service) == tree.value("labels", in: layers[0]))
        #expect(tree.value("image", in: service) == tree.value("image", in: layers[1]))
    }

    @Test(
        "Nothing that was merged bears a tag that speaks of merging",
        arguments: [
            "[{dns: [a]}, {dns: !override []}]", "[~, {image: !override a}]", "[{image: !override a}, {hostname: b}]",
            "[{labels: {A: 1}}, {labels: !override {}}]", "[{build: {context: a}}, {build: {context: !override b}}]",
        ])
    func tags(_ text: String) throws {
        var tree = try #require(Tree.read(SourceFile(path: "a.yaml", bytes: Array(text.utf8))).tree)
        var merger = ServiceMerger(for: &tree)
        var nodes = [merger.merge(Array(tree.items(tree.root)), in: &tree)]
        while let node = nodes.popLast() {
            #expect(tree[node].tag == .none)
            switch tree[node].kind {
            case .scalar: break
            case .sequence: nodes += tree.items(node)
            case .mapping: nodes += tree.entries(node).map(\.value)
            }
        }
    }

    @Test(
        "Each item keeps the form in which its author wrote it",
        arguments: [
            ("[{environment: [A=1]}, {environment: [A=2, B]}]", #"{"environment": ["A=2", "B"]}"#),
            ("[{environment: {A: 1}}, {environment: {B: 2}}]", #"{"environment": {"A": 1, "B": 2}}"#),
            ("[{environment: [A=1]}, {environment: {B: 2}}]", #"{"environment": {"A": "1", "B": 2}}"#),
            ("[{ports: [\"1:1\"]}, {ports: [{target: 2}]}]", #"{"ports": ["1:1", {"target": 2}]}"#),
            ("[{ports: [\"1-3:1-3\"]}, {ports: [\"2:2\"]}]", #"{"ports": ["1:1", "2:2", "3:3"]}"#),
            // What makes up a port is told apart, whatever its digits make together.
            ("[{ports: [\"1:11\"]}, {ports: [\"11:1\"]}]", #"{"ports": ["1:11", "11:1"]}"#),
            (
                "[{ports: [\"127.0.0.1:1:80\"]}, {ports: [\"127.0.0.11::80\"]}]",
                #"{"ports": ["127.0.0.1:1:80", "127.0.0.11::80"]}"#
            ),
            ("[{ports: [\"127.0.0.1:1:1\"]}, {ports: [\"1:1\"]}]", #"{"ports": ["127.0.0.1:1:1", "1:1"]}"#),
            ("[{ports: [\"1/${B}\"]}, {ports: [\"1/${b}\"]}]", #"{"ports": ["1/${B}", "1/${b}"]}"#),
            ("[{ports: [\"${a}/${b}tcp\"]}, {ports: [\"${a}${b}\"]}]", #"{"ports": ["${a}/${b}tcp", "${a}${b}"]}"#),
            (
                "[{ports: [{target: 1, host_ip: \"\"}]}, {ports: [{target: 1, mode: host}]}]",
                #"{"ports": [{"target": 1, "mode": "host"}]}"#
            ),
            ("[{ports: [\"1-3\"]}, {ports: [\"2\"]}]", #"{"ports": ["1", "2", "3"]}"#),
            (
                "[{ports: [{target: 80, published: 80}]}, {ports: [{target: 80, published: 80, mode: host}]}]",
                #"{"ports": [{"target": 80, "published": 80, "mode": "host"}]}"#
            ),
            (
                "[{ports: [\"1-2:1-2\", \"8000-8010:80\"]}, {ports: [\"8000:80\"]}]",
                #"{"ports": ["1-2:1-2", "8000-8010:80", "8000:80"]}"#
            ),
            ("[{ports: [\"1-2:1-2\"]}, {ports: [\"1-2:1-2\"]}]", #"{"ports": ["1-2:1-2"]}"#),
            ("[{ports: [\"2:2\"]}, {ports: [\"1-3:1-3\"]}]", #"{"ports": ["2:2", "1:1", "3:3"]}"#),
            ("[{ports: [\"8000-8010:80\"]}, {ports: [\"8005:80\"]}]", #"{"ports": ["8000-8010:80", "8005:80"]}"#),
            (
                "[{ports: [\"[::1]:1-3:1-3/udp\"]}, {ports: [\"[::1]:2:2/udp\"]}]",
                #"{"ports": ["[::1]:1:1/udp", "[::1]:2:2/udp", "[::1]:3:3/udp"]}"#
            ),
            (
                "[{ports: [\"127.0.0.1::1-2\"]}, {ports: [\"127.0.0.1::2\"]}]",
                #"{"ports": ["127.0.0.1::1", "127.0.0.1::2"]}"#
            ),
            (
                "[{ports: [\"1-2:1-2\", {published: 1}]}, {ports: [{published: 1}, \"1:1\"]}]",
                #"{"ports": ["1:1", "2:2", {"published": 1}, {"published": 1}]}"#
            ),
            (
                "[{extra_hosts: {a: 1.1.1.1}}, {extra_hosts: {a: 2.2.2.2, b: 3.3.3.3}}]",
                #"{"extra_hosts": {"a": ["1.1.1.1", "2.2.2.2"], "b": "3.3.3.3"}}"#
            ),
            ("[{environment: [A=1, A=2]}, {environment: {B: 1}}]", #"{"environment": {"A": "2", "B": 1}}"#),
            (
                "[{environment: [\"A${B}=1\"]}, {environment: {C: 2, D: null}}]",
                #"{"environment": ["A${B}=1", "C=2", "D"]}"#
            ),
            (
                "[{environment: [\"A${B}=1\"]}, {environment: {C: 0x10, D: 1e6, E: 0o17, F: 12.0, G: True, H: 9007199254740993}}]",
                #"{"environment": ["A${B}=1", "C=16", "D=1e+06", "E=15", "F=12", "G=true", "H=9007199254740993"]}"#
            ),
            // An item without what items are told apart by is like no other.
            (
                "[{ports: [{published: 1}]}, {ports: [{published: 1}]}]",
                #"{"ports": [{"published": 1}, {"published": 1}]}"#
            ),
            ("[{secrets: [k]}, {secrets: [{source: k, mode: 0}]}]", #"{"secrets": [{"source": "k", "mode": 0}]}"#),
            (
                "[{secrets: [k]}, {secrets: [{source: j, target: /run/secrets/k}]}]",
                #"{"secrets": [{"source": "j", "target": "/run/secrets/k"}]}"#
            ),
            (
                "[{secrets: [{source: k, target: /a}]}, {secrets: [{source: k, target: /b}]}]",
                #"{"secrets": [{"source": "k", "target": "/a"}, {"source": "k", "target": "/b"}]}"#
            ),
            ("[{secrets: [ab]}, {secrets: [a]}]", #"{"secrets": ["ab", "a"]}"#),
            (
                "[{configs: [c]}, {configs: [{source: d, target: /c}]}]",
                #"{"configs": [{"source": "d", "target": "/c"}]}"#
            ),
            ("[{devices: [/dev/a]}, {devices: [/dev/b]}]", #"{"devices": ["/dev/a", "/dev/b"]}"#),
            ("[{devices: [/dev/a]}, {devices: [\"/dev/b:/dev/a\"]}]", #"{"devices": ["/dev/b:/dev/a"]}"#),
            (
                "[{devices: [{source: /dev/a, target: /dev/x}]}, {devices: [\"/dev/b:/dev/x\"]}]",
                #"{"devices": ["/dev/b:/dev/x"]}"#
            ),
            (
                "[{devices: [{target: /dev/x}]}, {devices: [{target: /dev/y}, {source: /dev/z}]}]",
                #"{"devices": [{"target": "/dev/x"}, {"target": "/dev/y"}, {"source": "/dev/z"}]}"#
            ),
            (
                "[{env_file: [a, b]}, {env_file: [{path: a, required: false}]}]",
                #"{"env_file": [{"path": "a", "required": false}, "b"]}"#
            ),
            (
                "[{volumes: [\"a:/x\"]}, {volumes: [\"a:/y\"]}]", #"{"volumes": ["a:/x", "a:/y"]}"#
            ),
            (
                "[{volumes: [\"aa:/x//y/\"]}, {volumes: [\"bb:/x/y\"]}]", #"{"volumes": ["bb:/x/y"]}"#
            ),
            (
                "[{volumes: [\"a:/x/y\"]}, {volumes: [{target: /x/y/}]}]",
                #"{"volumes": ["a:/x/y", {"target": "/x/y/"}]}"#
            ),
            (
                "[{logging: {driver: a, options: {x: 1}}}, {logging: {driver: b}}]",
                #"{"logging": {"driver": "b"}}"#
            ),
            (
                "[{logging: {driver: a, options: {x: 1}}}, {logging: {driver: a, options: {y: 2}}}]",
                #"{"logging": {"driver": "a", "options": {"x": 1, "y": 2}}}"#
            ),
            (
                "[{logging: {driver: a}}, {logging: {options: {y: 2}}}]",
                #"{"logging": {"driver": "a", "options": {"y": 2}}}"#
            ),
            ("[{ports: [\"1:1/TCP\"]}, {ports: [\"0.0.0.0:1:1\"]}]", #"{"ports": ["0.0.0.0:1:1"]}"#),
            ("[{ports: [\"1:1/tcp\"]}, {ports: [\"1:1/udp\"]}]", #"{"ports": ["1:1/tcp", "1:1/udp"]}"#),
            ("[{build: a}, {build: b}]", #"{"build": "b"}"#),
            ("[{build: a}, {build: {target: b}}]", #"{"build": {"context": "a", "target": "b"}}"#),
            ("[{depends_on: [a]}, {depends_on: [b, a]}]", #"{"depends_on": ["a", "b"]}"#),
            // A name without more takes the place of all that was said of it.
            (
                "[{depends_on: {a: {condition: service_healthy, required: false}}}, {depends_on: [a, b]}]",
                #"{"depends_on": {"a": {"condition": "service_started", "required": true}, "b": {"condition": "service_started"}}}"#
            ),
            (
                "[{networks: [a]}, {networks: {b: {aliases: [c]}}}]",
                #"{"networks": {"a": null, "b": {"aliases": ["c"]}}}"#
            ),
            ("[{dns: a}, {dns: b}]", #"{"dns": ["a", "b"]}"#), ("[{dns: a}, {dns: a}]", #"{"dns": "a"}"#),
        ])
    func forms(_ text: String, _ expected: String) throws {
        #expect(try merged(text) == expected)
    }

    @Test(
        "`!reset` removes and `!override` replaces, at any depth and in any form",
        arguments: [
            ("[{image: a, ports: [\"1\"]}, {ports: !reset null}]", #"{"image": "a"}"#),
            ("[{ports: [\"1\"]}, {ports: !override [\"2\"]}]", #"{"ports": ["2"]}"#),
            ("[{environment: [A=1, B=2]}, {environment: {A: !reset null}}]", #"{"environment": {"B": "2"}}"#),
            ("[{build: {args: {A: 1}}}, {build: {args: {A: !reset null, B: 2}}}]", #"{"build": {"args": {"B": 2}}}"#),
            ("[{a: !reset null, image: b}]", #"{"image": "b"}"#),
            ("[{image: a, user: b}, !override {image: c}]", #"{"image": "c"}"#),
        ])
    func tags(_ text: String, _ expected: String) throws {
        #expect(try merged(text) == expected)
    }

    @Test("Long lists merge in linear time")
    func longLists() throws {
        let items = (0..<20_000).map { "A\($0)=x" }.joined(separator: ", ")
        let text = "[{environment: [\(items)]}, {environment: [\(items)]}]"
        var tree = try #require(Tree.read(SourceFile(path: "a.yaml", bytes: Array(text.utf8))).tree)
        var merger = ServiceMerger(for: &tree)
        let service = merger.merge(Array(tree.items(tree.root)), in: &tree)
        #expect(tree.value("environment", in: service).map { tree.items($0).count } == 20_000)
    }
}
