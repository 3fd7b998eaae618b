import Compiler
import Diagnostics
import Foundation
import GeneratedManifests
import SourceText
import Testing

/// No random or changed manifest that validates for the Docker Compose at hand yields a file that it refuses.
///
/// `BAYPLAN_GENERATED` says how many manifests, 3000 unless stated; `BAYPLAN_SEED` where to begin.
@Suite
struct GeneratedManifestTests {
    private static let environment = ProcessInfo.processInfo.environment

    @Test(
        "What validates, Compose accepts",
        .enabled(
            if: ComposeBatch.isPresent || environment["CI"] == "true", "docker compose is not on the PATH"))
    func whatValidatesRuns() throws {
        let count = Self.environment["BAYPLAN_GENERATED"].flatMap(Int.init) ?? 3000
        let seed = Self.environment["BAYPLAN_SEED"].flatMap(UInt64.init) ?? 1
        let kept = try Self.kept()
        var batch = try ComposeBatch()
        defer { batch.remove() }
        var (valid, files) = (0, 0)
        var kinds: [GeneratedManifest.Kind: Int] = [:]
        for index in 0..<UInt64(count) {
            let generated = GeneratedManifest(seed: seed &+ index, kept: kept)
            let checked = Checked(generated.text)
            if !checked.errors.isEmpty { continue }
            valid += 1
            kinds[generated.kind, default: 0] += 1
            let required = Checked(Self.requiring(generated.text))
            if !required.errors.isEmpty { continue }
            for file in required.composeFiles {
                try batch.add(file.bytes, named: "\(seed &+ index)-\(file.environment ?? "development")")
                files += 1
            }
        }
        let refused = try batch.run().filter { !Self.isAsking($0.error) }
        for (name, error) in refused.prefix(20) {
            let number = name.split(separator: "-").first.flatMap { UInt64($0) } ?? 0
            Issue.record("seed \(number): \(error)\n\(GeneratedManifest(seed: number, kept: kept).text)")
        }
        #expect(refused.isEmpty, "\(refused.count) of \(files) files are refused")
        // A generator that makes only broken or only whole manifests would show nothing.
        #expect(valid * 5 > count && valid < count)
        for kind in GeneratedManifest.Kind.allCases { #expect(kinds[kind, default: 0] * 40 > count, "\(kind)") }
        print("generated: \(count) manifests from seed \(seed), \(valid) valid, \(files) files accepted by Compose")
    }

    /// The repository's manifests that validate.
    private static func kept() throws -> [String] {
        try (Fixtures.manifests { _ in true } + Fixtures.shipped())
            .compactMap { try? Repository.text($0) }.filter { Checked($0).errors.isEmpty }
    }

    /// The same manifest for the Compose of Debian 13: what is newer is then refused here and not there.
    private static func requiring(_ text: String) -> String {
        text.contains("requires:") ? text : text + "\nrequires: { compose: \"2.26.1\" }\n"
    }

    /// Whether Compose asks for what only the machine has: a variable or a file that is not there. What a variable without a
    /// value makes of a text is no more known.
    private static func isAsking(_ error: String) -> Bool {
        error.contains("required variable") || error.contains("variable is not set")
            || error.contains("file ") && error.contains(" not found")
    }

    @Test("Fixes leave no more errors than there were, and nothing to fix")
    func fixesMend() throws {
        var fixed = 0
        for seed in 1...UInt64(400) {
            let text = GeneratedProject(seed: seed).text
            let source = SourceFile(path: "strategy.yaml", bytes: Array(text.utf8))
            let findings = { (source: SourceFile) in
                Checked(String(decoding: source.bytes, as: UTF8.self)).diagnostics
            }
            let before = findings(source)
            let result = try FixedManifest(source, findings: findings)
            fixed += result.fixed.count
            let places = "seed \(seed): \(result.fixed.map(\.message)) leaves \(result.remaining.map(\.message))"
            #expect(
                result.remaining.count { $0.severity == .error } <= before.count { $0.severity == .error }, "\(places)")
            #expect(!result.remaining.contains { $0.fix?.applicability == .safe }, "\(places)")
            if result.fixed.isEmpty { #expect(result.source.bytes == source.bytes) }
        }
        // A generator that never needs a fix would show nothing.
        #expect(fixed > 20)
    }
}
