import Diagnostics
import TestSupport
import Testing

/// Rules where one of two ways to write nearly the same is a fault, or is told otherwise.
struct RuleBranchTests {
    private static func found(_ code: String, _ images: String, _ rest: String) -> [Diagnostic] {
        RuleFixture.findings(in: "version: 1\nname: w\nimages: {\(images)}\n" + rest).filter { $0.code.label == code }
    }

    private static let pulled = "a: { pull: \"r:1\" }"

    /// A project that runs the image `a`, with sections of its own.
    private static func project(_ sections: String) -> String {
        "projects: { p: { services: { a: }, \(sections) } }\n"
    }

    @Test(
        "The content of a config comes from one place",
        arguments: [
            ("{ content: x }", 0), ("{ file: x, content: x }", 1), ("{ environment: X, content: x }", 1),
            ("{ file: x, environment: X }", 1),
        ])
    func configs(_ config: String, _ count: Int) {
        #expect(Self.found("BP224", Self.pulled, Self.project("configs: { c: \(config) }")).count == count)
    }

    @Test(
        "What Compose does not make has no driver",
        arguments: [("true", 1), ("{ name: x }", 1), ("false", 0), ("\"on\"", 1)])
    func external(_ external: String, _ count: Int) {
        let volumes = Self.project("volumes: { v: { external: \(external), driver: local } }")
        #expect(Self.found("BP224", Self.pulled, volumes).count == count)
    }

    @Test("Variables are looked for in builds and sections, and a file may end with a dollar sign")
    func interpolation() {
        let built = "a: { owner: p, build: { context: ., args: { A: \"${\" } } }"
        #expect(Self.found("BP226", built, Self.project("")).count == 1)
        let networks = Self.project("networks: { n: { name: \"${\" } }")
        #expect(Self.found("BP226", Self.pulled, networks).count == 1)
        #expect(Self.found("BP226", Self.pulled, Self.project("") + "# $").isEmpty)
    }

    @Test("Platforms, registries and defaults of an environment are looked at")
    func environments() {
        let built = "a: { owner: p, build: . }"
        func found(_ code: String, _ environment: String) -> Int {
            Self.found(code, built, Self.project("") + "environments: { live: { \(environment) } }").count
        }
        #expect(found("BP228", "images: { a: { platforms: [linux/nosuch] } }") == 1)
        #expect(found("BP113", "images: { a: { registry: \"A b\" } }") == 1)
        #expect(found("BP504", "defaults: { service: { environment: { PASSWORD: hunter2 } } }") == 1)
    }

    @Test("A build that only an environment has names one Dockerfile, too")
    func ownBuild() {
        let both = "dockerfile: D, dockerfile_inline: FROM scratch"
        let environment = "environments: { live: { images: { a: { build: { \(both) } } } } }"
        #expect(Self.found("BP224", "a: { owner: p, build: . }", Self.project("") + environment).count == 1)
    }

    @Test("Services of two owners are started apart where their profiles are named after them")
    func owners() {
        func severities(_ other: String) -> [Severity] {
            let ports = "{ ports: [\"80:80\"] }"
            return Self.found(
                "BP401", "a: { owner: p, build: a }, b: { owner: q, build: b }, c: { owner: p, build: c }",
                """
                projects:
                  p: { profiles: ["{owner}"], services: { a: \(ports), \(other): \(ports) } }
                  q: { services: { b: } }

                """
            ).map(\.severity)
        }
        #expect(severities("b") == [.warning] && severities("c") == [.error])
    }

    @Test("Volumes whose names are variables are not taken for one")
    func volumes() {
        func found(_ name: String) -> Int {
            let project = "{ services: { a: { volumes: [\"data:/x\"] } }, volumes: { data: { name: \(name) } } }"
            return Self.found("BP402", Self.pulled, "projects: { p: \(project), q: \(project) }").count
        }
        #expect(found("shared") == 1 && found("\"${X}-data\"") == 0)
    }

    @Test("Of two groups of subnets that overlap, each is told")
    func subnets() {
        let names = ["10.1.0.0/24", "10.1.0.0/25", "10.2.0.0/24", "10.2.0.0/25"]
        let networks = names.enumerated().map { "n\($0): { ipam: { config: [{ subnet: \($1) }] } }" }
        let found = Self.found(
            "BP403", Self.pulled, Self.project("networks: { \(networks.joined(separator: ", ")) }"))
        #expect(found.count == 2 && found.allSatisfy { $0.secondary.count == 1 })
    }

    @Test(
        "What names of images are told to be",
        arguments: [
            ("Trading API", "write `trading-api`"), ("a..B", "write `a-b`"), ("team/.X", "write `team/x`"),
            ("a  b_", "write `a-b`"),
        ])
    func names(_ name: String, _ help: String) {
        let found = Self.found("BP101", "\"\(name)\": { pull: \"r:1\" }", "projects: { p: { services: } }\n")
        #expect(found.first?.help == [help], "\(found)")
    }

    @Test("An image that is called like its project bears no prefix; there is nothing behind it")
    func prefixAlone() {
        let found = Self.found(
            "BP102", "shop: { owner: shop, build: a }, shopapi: { owner: shop, build: b }",
            "projects: { shop: { container_name: \"{project}{service}\", services: { shop: , shopapi: } } }")
        #expect(found.map(\.message) == ["the image name `shopapi` is not generic"])
    }

    @Test("Names of images and projects differ in more than case")
    func cases() {
        let found = Self.found(
            "BP114", "api: { pull: \"r:1\" }, API: { pull: \"s:1\" }",
            "projects: { p: { services: { api: , API: } }, P: { services: { s: { image: api } } } }")
        #expect(found.count == 3, "\(found.map(\.message))")
    }

    @Test("Of three versions of one image the others are told once")
    func versions() {
        let images = [5, 6, 7].map { "a\($0): { pull: \"redis:\($0)\" }" }.joined(separator: ", ")
        #expect(Self.found("BP105", images, "projects: { p: { services: { a5: , a6: , a7: } } }").count == 1)
    }

    @Test("A tag that moves stands alone or with variants; `latest` with one moves by Bayplan's list only")
    func movingTags() {
        func found(_ tag: String, _ rules: String) -> Int {
            Self.found("BP516", "a: { pull: \"r:\(tag)\" }", Self.project("") + "rules: {\(rules)}").count
        }
        #expect(found("stable-alpine", "") == 1 && found("latest-alpine", "") == 1 && found("1.2-beta", "") == 0)
        let own = "moving-tag: { tags: [nightly] }"
        #expect(found("nightly", own) == 1 && found("latest-alpine", own) == 0 && found("alpine-slim", "") == 0)
    }

    @Test("A secret of a build that no service runs is looked for, too")
    func secrets() {
        let base = "b: { owner: p, build: { context: ., secrets: [nosuch] } }, " + Self.pulled
        #expect(Self.found("BP210", base, Self.project("")).count == 1)
    }

    @Test("Two Dockerfiles in the manifest are told each")
    func dockerfiles() throws {
        let root = try ScratchFolder()
        try root.write("p/Dockerfile", "FROM scratch\nNOSUCH\n")
        func images(_ build: String) -> String {
            ["a", "b"].map { "  \($0): { owner: p, build: { context: ., \(build) } }\n" }.joined()
        }
        func found(_ build: String) -> Int {
            let text = "version: 1\nimages:\n\(images(build))projects: { p: { services: { a: , b: } } }\n"
            return RuleFixture.findings(in: text, projects: root.url.path).count { $0.code == .dockerfileSyntax }
        }
        #expect(found("dockerfile_inline: \"FROM scratch\\nNOSUCH\"") == 2)
        #expect(found("dockerfile: Dockerfile") == 1)
    }

    @Test("Two dollar signs are one in a Dockerfile of the manifest, and what follows them stays")
    func dollars() throws {
        let root = try ScratchFolder()
        try root.write("p/Dockerfile", "FROM scratch\n")
        let text = """
            version: 1
            images:
              base-x: { owner: p, build: . }
              a: { owner: p, build: { context: ., dockerfile_inline: "ARG B=base\\nFROM $${B}-x" } }
            projects: { p: { services: { a: , base-x: } } }

            """
        let found = RuleFixture.findings(in: text, projects: root.url.path)
        #expect(found.contains { $0.code == .undeclaredBase && $0.message.contains("`base-x`") }, "\(found)")
    }

    @Test(
        "Of an image that development and an environment build, what cannot be read is told once",
        arguments: [
            ("build: { context: ., dockerfile: \"D.${KIND}\" }", "{ dockerfile: \"E.${KIND}\" }", "p"),
            ("build: { context: ., dockerfile: D }", "{ args: { X: \"1\" } }", "p"),
            ("build: .", "{ dockerfile: D }", "absent"),
        ])
    func unreadable(_ build: String, _ own: String, _ folder: String) throws {
        let root = try ScratchFolder()
        try root.write("p/Dockerfile", "FROM scratch\n")
        try root.write("p/D", "ARG TAG\nFROM base:${TAG}\n")
        let text = """
            version: 1
            images:
              a: { owner: p, \(build) }
              base: { owner: q, build: . }
            projects: { p: { path: \(folder), services: { a: } }, q: { path: p, services: { base: } } }
            environments: { live: { tag: "1", images: { a: { build: \(own) } } } }

            """
        let found = RuleFixture.findings(in: text, projects: root.url.path).filter { $0.code == .cannotResolve }
        #expect(found.count == 1 && !found[0].message.hasPrefix("2 builds"), "\(found.map(\.message))")
    }

    @Test("A suggestion finds its place among more images than are gone through")
    func manyImages() throws {
        let root = try ScratchFolder()
        try root.write("p/Dockerfile", "FROM scratch\n")
        for place in [0, 600, 1_200] {
            var images = (0..<1_200).map { "  i\($0): { pull: \"r:1\" }\n" }
            images.insert("  a: { owner: p, build: { context: ., dockerfile_inline: FROM i7 } }\n", at: place)
            let text = "version: 1\nimages:\n\(images.joined())projects: { p: { services: { a: } } }\n"
            let found = RuleFixture.findings(
                in: text.replacing("i7: { pull: \"r:1\" }", with: "i7: { owner: p, build: . }"),
                projects: root.url.path)
            let undeclared = found.filter { $0.code == .undeclaredBase }
            #expect(undeclared.count == 1 && undeclared.first?.fix != nil, "\(place)")
        }
    }

    @Test("Cycles that are too many to be drawn are counted", arguments: ["BP204", "BP206", "BP219"])
    func cycles(_ code: String) throws {
        let count = 60
        func others(_ node: Int) -> String {
            (0..<count).filter { $0 != node }.map { "n\($0)" }.joined(separator: ", ")
        }
        func each(_ text: (Int) -> String) -> String { (0..<count).map(text).joined(separator: ", ") }
        let images = each { "n\($0): { owner: p, build: n\($0), needs: [\(others($0))] }" }
        let services = each { "n\($0): { image: a, depends_on: [\(others($0))] }" }
        let projects = each { "n\($0): { services: { a: }, after: [\(others($0))] }" }
        let (stated, rest) =
            switch code {
            case "BP204": (images, "projects: { p: { services: { n0: } } }")
            case "BP206": (Self.pulled, "projects: { p: { services: { \(services) } } }")
            default: (Self.pulled, "projects: { \(projects) }")
            }
        let all = RuleFixture.findings(in: "version: 1\nimages: {\(stated)}\n\(rest)\n")
        let told = all.count { $0.code.label == code }
        let further = count * (count - 1) / 2 - told
        #expect(told > 100 && further > 100)
        #expect(
            all.contains { $0.code.label == "BP007" && $0.message.hasPrefix("there are \(further) more findings") },
            "\(told) told: \(all.filter { $0.code.label == "BP007" }.map(\.message))")
    }
}
