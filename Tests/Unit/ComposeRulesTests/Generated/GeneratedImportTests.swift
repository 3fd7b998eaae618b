import Emission
import Foundation
import GeneratedManifests
import Importing
import TestSupport
import Testing

/// A random manifest, compiled, imported from what was emitted, and compiled again, is the same Compose project.
///
/// `BAYPLAN_IMPORTED` says how many manifests are tried, 600 unless stated; `BAYPLAN_SEED` where to begin.
@Suite
struct GeneratedImportTests {
    private static let environment = ProcessInfo.processInfo.environment

    @Test(
        "What was compiled and imported compiles to the same",
        .enabled(if: Tool.compose.isExpected, "no docker compose"))
    func roundTrip() throws {
        let count = Self.environment["BAYPLAN_IMPORTED"].flatMap(Int.init) ?? 600
        let seed = Self.environment["BAYPLAN_SEED"].flatMap(UInt64.init) ?? 1
        var compared = 0
        for index in 0..<UInt64(count) {
            let first = Checked(GeneratedProject(seed: seed &+ index).text)
            guard first.errors.isEmpty, !first.composeFiles.isEmpty else { continue }
            let scratch = try ScratchFolder()
            for file in first.composeFiles { try scratch.write("one/" + file.name, file.bytes) }
            let result = Self.imported(first.composeFiles)
            guard let manifest = result.manifest else {
                Issue.record("seed \(seed &+ index): nothing imported: \(result.diagnostics.items.map(\.message))")
                continue
            }
            let text = String(decoding: manifest, as: UTF8.self)
            let second = Checked(text)
            #expect(second.errors.isEmpty, "seed \(seed &+ index): \(second.errors.map(\.message))\n\(text)")
            for file in second.composeFiles { try scratch.write("two/" + file.name, file.bytes) }
            #expect(second.composeFiles.map(\.name) == first.composeFiles.map(\.name), "seed \(seed &+ index)")
            for (old, new) in zip(first.composeFiles, second.composeFiles) where old.bytes != new.bytes {
                let one = try Self.config("one/" + old.name, scratch)
                let two = try Self.config("two/" + new.name, scratch)
                #expect(one == two, "seed \(seed &+ index) \(old.name)\n\(text)")
            }
            compared += 1
        }
        #expect(compared * 5 > count)
        print("imported: \(compared) of \(count) manifests from seed \(seed)")
    }

    /// The project that emitted files make: development, and each environment beside it.
    private static func imported(_ files: [Artifact]) -> ImportResult {
        var project = ImportRequest.Project(folder: ["p"], files: [["p", "docker-compose.yml"]])
        for file in files {
            if let environment = file.environment {
                project.environments.append(.init(name: environment, file: file.path))
            }
        }
        var importing = Import(ImportRequest(projects: [project]))
        importing.read { path in
            let bytes = files.first { $0.path == path }?.bytes
            return (bytes.map { .bytes($0) } ?? .missing, shownAs: path.joined(separator: "/"))
        }
        return importing.result()
    }

    private static func config(_ name: String, _ scratch: ScratchFolder) throws -> String {
        let result = try Tool.compose.run(
            ["-f", name, "--profile", "*", "config"], in: scratch.url)
        // Both refuse what needs a file that is not there; otherwise the text is compared without its folder.
        return result.status == 0
            ? result.output.replacingOccurrences(of: scratch.url.path + "/one", with: "")
                .replacingOccurrences(of: scratch.url.path + "/two", with: "") : "refused: \(result.status)"
    }
}
