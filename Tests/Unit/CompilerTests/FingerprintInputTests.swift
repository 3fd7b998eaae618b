import Compiler
import Foundation
import TestSupport
import Testing

/// What a fingerprint is made of, and where it cannot be told.
struct FingerprintInputTests {
    /// A workspace of one image with a `build`.
    private func desk(_ build: String, platforms: String = "") throws -> Desk {
        let image = "{owner: p, build: \(build), platforms: [\(platforms)]}"
        let desk = try Desk("version: 1\nimages:\n  a: \(image)\nprojects: {p: {services: {a: }}}\n")
        try desk.folder.write("p/a/Dockerfile", "FROM scratch\nCOPY . /\n")
        return desk
    }

    private func told(_ desk: Desk, _ variables: [String: String] = [:]) -> Desk.Told {
        var run = FingerprintRun(session: desk.session())
        run.variable = { variables[$0] }
        return desk.told(run.run)
    }

    private func fingerprint(_ desk: Desk, _ variables: [String: String] = [:]) throws -> String {
        let result = told(desk, variables)
        try #require(result.status == .clean, "\(result.errors)")
        return result.output
    }

    /// A build that has no fingerprint: what is done to its files, and why it has none.
    struct Fault: CustomTestStringConvertible, Sendable {
        let testDescription: String
        var build = "./a"
        var files: [String: String] = [:]
        var gone: String?
        var variables: [String: String] = [:]
        let reason: String
    }

    private static let faults = [
        Fault(
            testDescription: "an inline Dockerfile that fetches",
            build: #"{context: ./a, dockerfile_inline: "FROM scratch\nADD https://example.com/a /a\n"}"#,
            reason: "its Dockerfile adds what it fetches, which can change unseen"),
        Fault(
            testDescription: "a Dockerfile that fetches",
            files: ["p/a/Dockerfile": "FROM scratch\nADD https://example.com/a /a\n"],
            reason: "its Dockerfile adds what it fetches, which can change unseen"),
        Fault(
            testDescription: "a context elsewhere", build: "https://example.com/x.git",
            reason: "its context is no folder of this machine, and can change unseen"),
        Fault(
            testDescription: "no context", build: "{context: ./gone, dockerfile: ../a/Dockerfile}",
            reason: "its context p/gone is missing"),
        Fault(
            testDescription: "no named context", build: "{context: ./a, additional_contexts: {lib: ./lib}}",
            reason: "its context `lib` p/lib is missing"),
        Fault(
            testDescription: "no Dockerfile", gone: "p/a/Dockerfile", reason: "its Dockerfile p/a/Dockerfile is missing"
        ),
        Fault(
            testDescription: "a folder for a Dockerfile", files: ["p/a/Dockerfile/x": ""], gone: "p/a/Dockerfile",
            reason: "cannot read p/a/Dockerfile: it is a folder, not a file"),
        Fault(
            testDescription: "variables from elsewhere", build: #"{context: ./a, args: {V: "${V}"}}"#,
            variables: ["COMPOSE_ENV_FILES": "x"],
            reason: "its variables come from the files that COMPOSE_ENV_FILES names"),
        Fault(
            testDescription: "a pattern of nothing", files: ["p/a/.dockerignore": "a\n!\n"],
            reason: "p/a/.dockerignore:2 has a `!` without a pattern, which Docker refuses"),
    ]

    @Test("Where the inputs cannot be told there is none, and it is said why", arguments: faults)
    func unknowable(_ fault: Fault) throws {
        let desk = try desk(fault.build)
        if let gone = fault.gone { try desk.remove(gone) }
        for (name, text) in fault.files { try desk.folder.write(name, text) }
        #expect(
            told(desk, fault.variables)
                == Desk.Told(.findings, "", "bayplan: a has no fingerprint: \(fault.reason)\n"))
    }

    @Test("Variables of the environment count where the build or the engine reads them")
    func variables() throws {
        let plain = try desk("./a")
        let reading = try desk(#"{context: ./a, args: {V: "${V}"}}"#)
        for name in ["V", "DOCKER_DEFAULT_PLATFORM", "SOURCE_DATE_EPOCH", "HOME"] {
            let isRead = name.contains("_")
            #expect(try (fingerprint(plain, [name: "1"]) != fingerprint(plain)) == isRead, "\(name)")
            let isReadToo = isRead || name == "V"
            #expect(try (fingerprint(reading, [name: "1"]) != fingerprint(reading)) == isReadToo, "\(name)")
        }
        // A variable that is empty is another than one that is not set.
        #expect(try fingerprint(reading, ["V": ""]) != fingerprint(reading))
        // Where a build reads no variable, no file of variables counts, nor where Compose finds others.
        let before = try (fingerprint(plain), fingerprint(reading))
        for desk in [plain, reading] { try desk.folder.write("p/.env", "V=1\n") }
        #expect(try fingerprint(plain) == before.0 && fingerprint(reading) != before.1)
        #expect(try fingerprint(plain, ["COMPOSE_ENV_FILES": "x"]) == before.0)
        #expect(try fingerprint(reading, ["COMPOSE_ENV_FILES": ""]) == fingerprint(reading))
    }

    @Test("A Dockerfile counts by its text, wherever it stands")
    func dockerfiles() throws {
        let desk = try desk("./a")
        let before = try fingerprint(desk)
        // Its other name is read where this one is missing; the name of a file that is sent counts, too.
        try desk.folder.write("p/a/.dockerignore", "*ockerfile\n.dockerignore\n")
        let ignored = try fingerprint(desk)
        #expect(ignored != before)
        try desk.folder.write("p/a/dockerfile", "FROM scratch\nCOPY . /\n")
        try desk.remove("p/a/Dockerfile")
        #expect(try fingerprint(desk) == ignored)
        try desk.folder.write("p/a/dockerfile", "FROM scratch\nCOPY a /\n")
        #expect(try fingerprint(desk) != ignored)
    }

    @Test("Named contexts count, with what their own ignore files leave out")
    func namedContexts() throws {
        let desk = try desk("{context: ./a, additional_contexts: {lib: ./lib}}")
        try desk.folder.write("p/lib/file", "one\n")
        try desk.folder.write("p/lib/.dockerignore", "*.log\n")
        let before = try fingerprint(desk)
        try desk.folder.write("p/lib/x.log", "x\n")
        #expect(try fingerprint(desk) == before)
        try desk.folder.write("p/lib/file", "two\n")
        #expect(try fingerprint(desk) != before)
    }

    @Test("Platforms count, and not their order")
    func platforms() throws {
        func print(_ platforms: String) throws -> String { try fingerprint(desk("./a", platforms: platforms)) }
        let both = try print("linux/arm64, linux/amd64")
        #expect(try print("linux/amd64, linux/arm64") == both)
        #expect(try print("linux/amd64") != both)
        #expect(try print("") != both)
    }
}
