import ComposeSpec
import Foundation
import Testing

/// Texts that Compose takes apart, each read by our grammar and by Docker Compose itself.
///
/// The texts are the seeds below, and random cuts and joins of them: ports, mounts, durations, sizes, variables and
/// commands.
struct GrammarDifferentialTests {
    struct Subject: Sendable, CustomTestStringConvertible {
        let name: String
        /// The service's body with the text in the place of `@`.
        let body: String
        let seeds: [String]
        let fault: @Sendable (UnsafeBufferPointer<UInt8>) -> TextFault?
        var testDescription: String { name }
    }

    static let subjects = [
        Subject(
            name: "ports", body: "ports: [@]",
            seeds: [
                "80", "8000:80", "127.0.0.1:8000:80", "[::1]:8000:80/udp", "8000-8010:80-90", "127.0.0.1::80", "::80",
                "80/tcp", "80-90", "9000-9010:80", "0:80", "65535:65535", "65536:1", "a:80", "80:80/sctp",
                "1.2.3:80:80",
            ],
            fault: PortNumbers.fault),
        Subject(
            name: "mounts", body: "volumes: [@]",
            seeds: [
                "/data", "./a:/b", "data:/b", "data:/b:ro", "./a:/b:ro,z", "~/a:/b", "/a:/b:rw", "data", "a:b",
                "c:\\x:/y",
                "", ":/b", "./a:", "x:/y:nocopy", "./a:/b:cached", "../a:/b",
            ],
            fault: ShortMount.fault),
        Subject(
            name: "durations", body: "stop_grace_period: @",
            seeds: [
                "10s", "1m30s", "1h", "500ms", "1.5h", "0", "10", "-1s", "s", "1us", "1ns", "1µs", "+5s", ".5s", "5.s",
                "1h1h",
            ],
            fault: Duration.fault),
        Subject(
            name: "sizes", body: "shm_size: @",
            seeds: [
                "64m", "64M", "1g", "1.5g", "64mb", "64MiB", "64", "64 m", "k", "1kk", "0", "10t", "5p", "1e", ".5m",
                "b",
            ],
            fault: ByteSize.fault),
        Subject(
            name: "variables", body: "hostname: @",
            seeds: [
                "${A}", "$A", "${A:-b}", "${A-b}", "${A:+b}", "${A+b}", "$$", "$", "a$1", "${", "${}", "${A:-${B}}",
                "${A:-${B:+c}}",
                "${A!}", "${1}", "$(a)", "${A:-", "${_a}", "${A:b}",
            ],
            fault: Interpolation.fault),
        Subject(
            name: "commands", body: "command: @",
            seeds: [
                "a b", "'a b'", "\"a b\"", "'a", "\"a", "a\\ b", "a\\", "a 'b'\"c\"", "a;b", "a|b", "a>b", "#a", "a #b",
                "`a`",
                "a\nb", "\"a\\\"b\"",
            ],
            fault: CommandLine.fault),
    ]

    @Test(
        "Our grammar and Compose agree on every text", .enabled(if: ComposeTool.isPresent || ComposeTool.mustRun),
        arguments: subjects)
    func agreement(_ subject: Subject) throws {
        let compose = try #require(ComposeTool(), "docker compose does not run")
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("grammars-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        // A source that no volume can be named by is refused as one that is not declared.
        let texts = texts(of: subject).filter { subject.name != "mounts" || !namesNoVolume($0) }
        let accepted = texts.filter { subject.accepts($0) }
        let refused = texts.filter { !subject.accepts($0) }
        #expect(accepted.count > 10 && refused.count > 5)

        // All that we accept in one file; where Compose refuses that, each alone says which.
        if try status(accepted, subject, compose, folder) != 0 {
            for text in accepted where try status([text], subject, compose, folder) != 0 {
                Issue.record("\(subject.name): we accept `\(text)`, Compose refuses it")
            }
        }
        for text in refused.prefix(40) where !isOldSize(text, subject) {
            if try status([text], subject, compose, folder) == 0 {
                Issue.record("\(subject.name): we refuse `\(text)`, Compose accepts it")
            }
        }
    }

    /// `64mi`, `64i` and `64ib`, which only old releases read: newer ones refuse them.
    private func isOldSize(_ text: String, _ subject: Subject) -> Bool {
        let end = text.lowercased().suffix(3)
        return subject.name == "sizes" && (end.hasSuffix("i") || end.hasSuffix("ib") && end.first?.isNumber != false)
    }

    private func texts(of subject: Subject) -> [String] {
        var random = Linear(state: 7)
        var texts = subject.seeds
        for _ in 0..<160 {
            let one = Array(subject.seeds[random.below(subject.seeds.count)])
            let other = Array(subject.seeds[random.below(subject.seeds.count)])
            texts.append(String(one.prefix(random.below(one.count + 1)) + other.suffix(random.below(other.count + 1))))
        }
        return Array(Set(texts)).sorted()
    }

    private func status(
        _ texts: [String], _ subject: Subject, _ compose: ComposeTool, _ folder: URL
    ) throws -> Int32 {
        var yaml = "services:\n"
        for (index, text) in texts.enumerated() {
            let quoted = try String(decoding: JSONEncoder().encode([text]), as: UTF8.self).dropFirst().dropLast()
                .replacing("\\/", with: "/")
            yaml += "  s\(index):\n    image: a\n    \(subject.body.replacing("@", with: quoted))\n"
        }
        if subject.name == "mounts" {
            yaml += "volumes:\n  unused: {}\n"
            for name in names(in: texts).sorted() { yaml += "  \(name): {}\n" }
        }
        try Data(yaml.utf8).write(to: folder.appendingPathComponent("c.yml"))
        return compose.config(["c.yml"], in: folder, more: ["-q"]).status
    }

    /// The volumes that the texts name, so that an undeclared one is no reason to refuse.
    private func names(in texts: [String]) -> Set<String> {
        Set(texts.map(source).filter { $0.wholeMatch(of: /[a-z][a-z.]*/) != nil })
    }

    private func source(_ mount: String) -> String {
        mount.split(separator: ":", omittingEmptySubsequences: false).first.map(String.init) ?? ""
    }

    private func namesNoVolume(_ mount: String) -> Bool {
        mount.contains(":") && source(mount).wholeMatch(of: /[a-z].*\/.*/) != nil
    }
}

extension GrammarDifferentialTests.Subject {
    fileprivate func accepts(_ text: String) -> Bool {
        Array(text.utf8).withUnsafeBufferPointer { fault($0) } == nil
    }
}

/// Numbers that are the same in every run.
private struct Linear {
    var state: UInt64

    mutating func below(_ bound: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((state >> 33) % UInt64(bound))
    }
}
