import Foundation
import Testing

/// No random manifest that validates yields a file that Docker Compose refuses.
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
        var batch = try ComposeBatch()
        defer { batch.remove() }
        var (valid, files) = (0, 0)
        for index in 0..<UInt64(count) {
            let generated = GeneratedProject(seed: seed &+ index)
            let checked = Checked(generated.text)
            if !checked.errors.isEmpty { continue }
            valid += 1
            for file in checked.composeFiles {
                try batch.add(file.bytes, named: "\(seed &+ index)-\(file.environment ?? "development")")
                files += 1
            }
        }
        let refused = try batch.run()
        for (name, error) in refused.prefix(20) {
            let number = name.split(separator: "-").first.flatMap { UInt64($0) } ?? 0
            Issue.record("seed \(number): \(error)\n\(GeneratedProject(seed: number).text)")
        }
        #expect(refused.isEmpty, "\(refused.count) of \(files) files are refused")
        // A generator that makes only broken or only whole manifests would show nothing.
        #expect(valid * 5 > count && valid < count)
        print("generated: \(count) manifests from seed \(seed), \(valid) valid, \(files) files accepted by Compose")
    }
}
