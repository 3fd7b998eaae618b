import Diagnostics
import SourceText
import TestSupport
import Testing

@testable import Inspection

/// Rules at the bounds of what they find: the last that is wrong, and the first that is not.
struct RuleBoundsTests {
    private static func isFound(_ code: String, in text: String) -> Bool {
        RuleFixture.findings(in: text).contains {
            $0.code.label == code
        }
    }

    private static func manifest(
        _ service: String = "", behind: String = "", name: String = "w", image: String = "{ pull: \"r:1\" }"
    ) -> String {
        """
        version: 1
        name: \(name)
        images:
          a: \(image)
          zzzz: { pull: "z:1" }
        projects:
          p:
            services:
              a: \(service)
            secrets: { s: { external: true } }
          q: { services: { zzzz: } }

        """ + behind
    }

    @Test(
        "By the body of a service",
        arguments: [
            ("BP224", "{ network_mode: host, networks: [] }", false),
            ("BP224", "{ network_mode: host, networks: [default] }", true),
            ("BP224", "{ container_name: xx, scale: 1 }", false), ("BP224", "{ container_name: xx, scale: 2 }", true),
            ("BP222", "{ ports: [{ target: 80, published: 70000 }] }", true),
            ("BP222", "{ ports: [{ target: 80, published: 0x11170 }] }", true),
            ("BP222", "{ ports: [{ target: 80, published: 0x50 }] }", false),
            ("BP106", "{ container_name: a }", true), ("BP106", "{ container_name: ab }", false),
            ("BP106", "{ container_name: -a }", true),
            ("BP513", "{ security_opt: [\"seccomp=unconfined\"] }", true),
            ("BP513", "{ security_opt: [no-new-privileges] }", false), ("BP513", "{ cap_add: [SYS_ADMIN] }", true),
            ("BP506", "{ volumes: [\"/run/user:/x\"] }", true), ("BP506", "{ volumes: [\"/run/user/1000:/x\"] }", true),
            ("BP506", "{ volumes: [\"/run/user/1000/docker:/x\"] }", true),
            ("BP506", "{ volumes: [\"/run/user/1000/podman:/x\"] }", true),
            ("BP506", "{ volumes: [\"/run/user/1000/other:/x\"] }", false),
            ("BP506", "{ volumes: [\"/run/user/1000/docker/x:/x\"] }", false),
            ("BP506", "{ volumes: [\"~/.docker/run:/x\"] }", true),
            ("BP506", "{ volumes: [\"~/.docker/cli-plugins:/x\"] }", false),
            ("BP517", "{ device_cgroup_rules: [\"b *:* rwm\"] }", true),
            ("BP517", "{ device_cgroup_rules: [\"a\"] }", true),
            ("BP517", "{ device_cgroup_rules: [\"b\"] }", false),
            ("BP517", "{ device_cgroup_rules: [\"c 1:3 r\"] }", false),
            ("BP504", "{ command: [\"--password\", hunter2] }", true),
            ("BP504", "{ command: \"\(String(repeating: "x", count: 300)) --password=hunter2\" }", true),
            ("BP504", "{ command: \"password hunter2 --x\" }", false),
            ("BP504", "{ labels: { PASSWORD: hunter2 } }", true),
            ("BP522", "{ secrets: [{ source: s, mode: 400 }] }", true),
            ("BP522", "{ secrets: [{ source: s, mode: 256 }] }", false),
            ("BP522", "{ secrets: [{ source: s, mode: \"0\" }] }", false),
            ("BP522", "{ secrets: [{ source: s, mode: \"7\" }] }", false),
            ("BP522", "{ secrets: [{ source: s, mode: \"10\" }] }", true),
            ("BP522", "{ secrets: [{ source: s, mode: 512 }] }", true),
            ("BP522", "{ secrets: [{ source: s, mode: 4095 }] }", false),
            ("BP522", "{ secrets: [{ source: s, mode: 65535 }] }", true),
            ("BP522", "{ secrets: [{ source: s, mode: 65536 }] }", false),
            ("BP522", "{ secrets: [{ source: s, mode: 0x200 }] }", true),
            ("BP522", "{ secrets: [{ source: s, mode: 0b1000000000 }] }", true),
            ("BP522", "{ secrets: [{ source: s, mode: 0o1000 }] }", false),
            ("BP205", "{ depends_on: [zzzz] }", true),
        ])
    func services(_ code: String, _ body: String, _ isFound: Bool) {
        #expect(Self.isFound(code, in: Self.manifest(body)) == isFound)
    }

    @Test("By what is longest, and by caches")
    func names() {
        for (length, isFound) in [(128, false), (129, true)] {
            #expect(Self.isFound("BP117", in: Self.manifest(name: String(repeating: "n", count: length))) == isFound)
        }
        // With `.live` in it a name of 246 bytes and `.yml` has 255.
        for (length, isFound) in [(246, false), (247, true), (251, true)] {
            let name = String(repeating: "c", count: length) + ".yml"
            let text = Self.manifest(behind: "environments: { live: }\noutputs: { compose: \(name) }\n")
            #expect(Self.isFound("BP217", in: text) == isFound, "\(length)")
        }
        let told = RuleFixture.findings(
            in: Self.manifest(behind: "outputs: { compose: \(String(repeating: "c", count: 300)) }\n"))
        #expect(told.contains { $0.message == "this cannot be a Compose file" }, "\(told.map(\.message))")
        for (cache, isFound) in [("A b", true), ("r.example/c", false)] {
            let text = Self.manifest(behind: "environments: { live: { registry: r.example, cache: \(cache) } }\n")
            #expect(Self.isFound("BP113", in: text) == isFound, "\(cache)")
        }
    }

    @Test("One layer lends all GPUs, another one lists them")
    func gpus() {
        func isFound(_ weak: String, _ strong: String) -> Bool {
            Self.isFound(
                "BP224",
                in: Self.manifest("{ gpus: \(strong) }", image: "{ pull: \"r:1\", service: { gpus: \(weak) } }"))
        }
        #expect(isFound("all", "[{ count: 1 }]") && isFound("[{ count: 1 }]", "all"))
        #expect(!isFound("all", "all") && !isFound("[{ count: 1 }]", "[{ count: 2 }]"))
    }

    @Test("A service of another project is named as one")
    func otherProject() {
        let source = SourceFile(path: "strategy.yaml", bytes: Array(Self.manifest("{ depends_on: [zzzz] }").utf8))
        let text = RuleFixture.rendering(of: RuleFixture.findings(in: source))
        #expect(text.contains("`zzzz` is a service of `q`: Compose starts no other project"), "\(text)")
    }

    @Test(
        "Comments may end with the file",
        arguments: [
            ("#", false), ("# ", false), ("# bayplan:", false), ("# bayplan: ", false), ("# bayplan: allow(", false),
            ("# bayplan: allow(moving-tag) why", true), ("# bayplan: allow(moving-tag) why\n# more", true),
        ])
    func comments(_ end: String, _ isUseless: Bool) {
        #expect(Self.isFound("BP011", in: Self.manifest(behind: end)) == isUseless)
    }

    @Test(
        "Two services need one port of one address, or do not",
        arguments: [
            ("0.0.0.0:80:80", "127.0.0.1:80:80", true), ("127.0.0.1:80:80", "0.0.0.0:80:80", true),
            ("127.0.0.1:80:80", "127.0.0.2:80:80", false), ("127.0.0.1:80:80", "127.0.0.1:80:81", true),
            ("[::]:80:80", "[::1]:80:80", true), ("[::1]:80:80", "[::]:80:80", true),
            ("[::1]:80:80", "127.0.0.1:80:80", false), ("[::]:80:80", "0.0.0.0:80:80", false),
            ("80:80", "127.0.0.1:80:80", true), ("80:80/udp", "80:80", false),
            ("80-82:80-82", "82-83:82-83", true), ("80-81:80-81", "82-83:82-83", false),
        ])
    func ports(_ one: String, _ other: String, _ isTaken: Bool) {
        let text = """
            version: 1
            images:
              a: { pull: "r:1" }
              b: { pull: "s:1" }
            projects:
              p:
                services:
                  a: { ports: ["\(one)"] }
                  b: { ports: ["\(other)"] }

            """
        #expect(Self.isFound("BP401", in: text) == isTaken)
    }

    @Test("A range of ports is met by the third service, too, which the first one does not reach")
    func thirdRange() {
        let services = ["80-82", "81-83", "83-84"].enumerated().map {
            "s\($0): { image: a, ports: [\"\($1):\($1)\"] }"
        }
        let text = """
            version: 1
            images: { a: { pull: "r:1" } }
            projects: { p: { services: { \(services.joined(separator: ", ")) } } }

            """
        let found = RuleFixture.findings(in: text).filter { $0.code == .portTaken }
        #expect(found.map(\.message) == ["3 services would take the ports 80 to 84 of the host"])
    }

    @Test("What all Dockerfiles have together is bounded: of three with 70,000 stages each, two are gone through")
    func stages() throws {
        let root = try ScratchFolder()
        try root.write("p/Dockerfile", "FROM scratch\n")
        let file = String(repeating: "FROM a\\n", count: 70_000)
        let images = ["a", "b", "c"].enumerated().map { index, name in
            let text = index == 0 ? "&text \"\(file)\"" : "*text"
            return "  \(name): { owner: p, build: { context: ., dockerfile_inline: \(text) } }\n"
        }
        let findings = RuleFixture.findings(
            in: "version: 1\nimages:\n\(images.joined())projects: { p: { services: { a: } } }\n",
            projects: root.url.path)
        let refused = findings.filter { $0.code.label == "BP310" }
        #expect(refused.map { $0.message.contains("`c`") } == [true])
    }

    @Test("What bases pass on is bounded, too: of three images on one with 60,000 triggers, two are gone through")
    func triggers() throws {
        let root = try ScratchFolder()
        try root.write("p/Dockerfile", "FROM scratch\n")
        let base = "FROM scratch\\n" + String(repeating: "ONBUILD COPY --from=b a c\\n", count: 60_000)
        let images = ["c", "d", "e"].map {
            "  \($0): { owner: p, needs: [base], build: { context: ., dockerfile_inline: FROM base } }\n"
        }
        let findings = RuleFixture.findings(
            in: "version: 1\nimages:\n  base: { owner: p, build: { context: ., dockerfile_inline: \"\(base)\" } }\n"
                + images.joined() + "projects: { p: { services: { c: , d: , e: } } }\n", projects: root.url.path)
        let refused = findings.filter { $0.code.label == "BP310" }
        #expect(refused.map { $0.message.contains("`e`") } == [true])
    }

    @Test("Each cycle is found, or counted where there are too many to be drawn")
    func cycles() {
        // Each node leads to each: a walk closes a cycle at every node behind it.
        for count in [3, 60] {
            let (found, further) = Inspection.cycles(in: (0..<count).map { node in (0..<count).filter { $0 != node } })
            #expect(found.count + further == count * (count - 1) / 2, "\(count)")
            #expect((further > 0) == (count == 60))
        }
    }
}
