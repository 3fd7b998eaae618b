import ComposeSpec
import Diagnostics
import StrategyManifest
import Testing
import YAMLSyntax

/// What the decoder makes of values that are well formed, and of some that are not.
struct DecodingTests {
    @Test("An image is built or pulled, and a built one has an owner")
    func origins() throws {
        func told(_ image: String) throws -> [String] {
            try Decoded("images: { api: { \(image) } }").findings.map { "\($0.code.label) \($0.message)" }
        }
        #expect(try told("build: ., owner: shop") == [])
        #expect(try told("pull: redis") == [])
        #expect(try told("tag: a") == ["BP005 the image `api` is neither built nor pulled"])
        #expect(try told("build: .") == ["BP005 the built image `api` has no owner"])
        #expect(try told("build: ., owner: shop, pull: redis").count == 1)
        #expect(try told("pull: redis, owner: shop").count == 1)
        #expect(try told("pull: redis, needs: [a, b]").count == 2)
        // A misspelt key is told by the structural check alone.
        #expect(try told("biuld: ., owner: shop") == [])
    }

    @Test("What belongs to an entry is not taken for the next one's")
    func entriesAreApart() throws {
        let manifest = try Decoded(
            """
            images: { api: { build: ., owner: shop, tag: a }, redis: { pull: redis } }
            environments: { one: { tag: b, images: { api: { tag: c }, redis: { digest: d } } }, two: , three: { build: true } }
            """
        ).manifest
        #expect(manifest.images.map { $0.tag?.value } == ["a", nil])
        #expect(manifest.images.map { $0.build != nil } == [true, false])
        #expect(manifest.images.map { $0.pull?.value } == [nil, "redis"])
        #expect(manifest.environments.map { $0.tag?.value } == ["b", nil, nil])
        #expect(manifest.environments.map(\.keepsBuild) == [true, true, true])
        #expect(manifest.environments[0].images.map { $0.tag?.value } == ["c", nil])
        #expect(manifest.environments[0].images.map { $0.digest?.value } == [nil, "d"])
    }

    @Test("Entries that are no mappings are remembered, and extensions are no entries")
    func unreadable() throws {
        let manifest = try Decoded("images: { x-a: { pull: a }, b: 1, c: { pull: c } }\nprojects: { p: [] }").manifest
        #expect(manifest.images.map { manifest.text($0.name) } == ["c"])
        #expect(Set(manifest.unreadable.map { manifest.tree.text($0) }) == ["b", "p"])
        #expect(manifest.hasAllImages && manifest.hasAllProjects)
        let absent = try Decoded("images: 1").manifest
        #expect(!absent.hasAllImages && !absent.hasAllProjects)
    }

    @Test("A service runs the image that it names, or the one of its own name")
    func services() throws {
        let manifest = try Decoded(
            "projects: { p: { services: { a: , b: { image: c }, d: { imgae: e }, f: [], x-g: {} } } }"
        ).manifest
        let services = manifest.projects[0].services
        #expect(services.map { manifest.text($0.image) } == ["a", "c", "d", "f"])
        #expect(services.map(\.statesImage) == [false, true, false, false])
        #expect(services.map(\.isImageKnown) == [true, true, false, false])
    }

    @Test("A project's top-level parts and extensions keep their order")
    func sections() throws {
        let manifest = try Decoded("projects: { p: { volumes: {}, x-a: 1, networks: {}, path: q, x-b: 2 } }").manifest
        let project = manifest.projects[0]
        #expect(project.sections.map { manifest.tree.text($0.key) } == ["volumes", "x-a", "networks", "x-b"])
        #expect(project.path.value == "q" && !project.hasAllServices)
    }

    @Test(
        "An output is renamed, switched off, or left as it is",
        arguments: [
            ("a/b", "a/b"), ("false", nil), ("False", nil), ("true", "bake.json"), ("", "bake.json"),
            ("[x]", "bake.json"), ("'false'", "false"),
        ])
    func outputs(_ value: String, _ name: String?) throws {
        let outputs = try Decoded("outputs: { bake: \(value) }").manifest.outputs
        #expect(outputs[.bake]?.value == name)
        #expect(outputs.emitted.map(\.kind) == ArtifactKind.allCases.filter { $0 != .bake || name != nil })
    }

    @Test("Each kind of artifact has a key, a name and a noun of its own")
    func artifactKinds() {
        let facts = ArtifactKind.allCases.map(\.facts)
        for texts in [facts.map(\.key), facts.map(\.defaultName), facts.map(\.noun)] {
            #expect(Set(texts).count == facts.count)
        }
    }

    @Test("A template's parts are found, and what is no placeholder is told")
    func templates() throws {
        func parts(_ template: String) throws -> [Template.Part] {
            try Decoded("naming: { container: '\(template)' }").manifest.naming.container.parts
        }
        #expect(try parts("{project}-{service}") == [.project, .text("-"), .service])
        #expect(try parts("a{owner}{image}b") == [.text("a"), .owner, .image, .text("b")])
        let wrong = try Decoded("naming: { container: 'x-{servise}' }")
        #expect(!wrong.manifest.naming.container.isKnown)
        #expect(wrong.findings.map(\.message) == ["`{servise}` is no placeholder"])
        #expect(wrong.findings.first?.help.first == "did you mean `{service}`?")
        #expect(try Decoded("naming: { container: '}{' }").findings.count == 2)
        // A misspelt key says nothing of the names that the template makes.
        #expect(try !Decoded("naming: { contaner: x }").manifest.naming.container.isKnown)
        #expect(
            try Decoded("environments: { e: { projects: { p: { container-name: x } } } }").manifest.environments[0]
                .projects[0].containerName?.isKnown == false)
    }

    @Test("Levels are kept as they are written, known or not")
    func levels() throws {
        let levels = try Decoded("rules: { BP502: 'off', nonsense: error, floating-tag: loud }").manifest.levels
        #expect(levels.map(\.rule.value) == ["BP502", "nonsense", "floating-tag"])
        #expect(levels.map { $0.level?.value } == [.off, .severity(.error), nil])
        #expect(RuleLevel.words.allSatisfy { RuleLevel(word: $0) != nil })
    }

    @Test(
        "Versions are one to three numbers, compared as numbers",
        arguments: [("2.9", "2.24"), ("2", "2.0.1"), ("2.23.9", "2.24"), ("1.999999999", "2"), ("0", "0.1")])
    func versionOrder(_ older: String, _ newer: String) throws {
        let (older, newer) = try (#require(Version(older)), #require(Version(newer)))
        #expect(older < newer && !(newer < older) && older != newer)
        #expect(Version("2.24") == Version("2.24.0") && Version("0.1.0-dev", ignoringSuffix: true) == Version("0.1"))
        for text in ["", ".", "2.", ".2", "v2", "2.24.0.1", "2.x", "-1", "1e3", "2.24-a", "1234567890", "２"] {
            #expect(Version(text) == nil, "\(text)")
        }
    }

    @Test("A required version may be a number, whose text counts")
    func requires() throws {
        let requires = try Decoded("requires: { compose: 2.20, bayplan: '0.1' }").manifest.requires
        #expect(requires.compose?.value.text == "2.20" && requires.bayplan?.value.text == "0.1")
        for number in ["-1", "1e3", ".inf", "0x10"] {
            #expect(try Decoded("requires: { compose: \(number) }").findings.map(\.code) == [.wrongType], "\(number)")
        }
        // A text is told by the structural check alone.
        #expect(try Decoded("requires: { compose: newest }").findings.isEmpty)
    }

    @Test("A version that is not 1 is told")
    func versions() throws {
        #expect(try Decoded("version: 1").findings.isEmpty)
        #expect(try Decoded("version: 2").findings.map(\.code) == [.unsupportedVersion])
    }
}
