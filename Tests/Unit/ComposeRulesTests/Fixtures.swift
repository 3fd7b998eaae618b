import Foundation
import TestSupport

/// The manifests below `Tests/Fixtures` and `manifests`, by their paths from the repository's root.
enum Fixtures {
    static func manifests(where isWanted: (String) -> Bool) throws -> [String] {
        var found: [String] = []
        for root in ["Tests/Fixtures/rules", "Tests/Fixtures/schema"] {
            let folder = Golden.repository.appendingPathComponent(root)
            for path in FileManager.default.subpaths(atPath: folder.path) ?? [] where path.hasSuffix(".yaml") {
                if isWanted(String(path.split(separator: "/").last ?? "")) { found.append(root + "/" + path) }
            }
        }
        return found.sorted()
    }

    static func shipped() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: Golden.repository.appendingPathComponent("manifests").path)
            .map { "manifests/\($0)/strategy.yaml" }
            .filter { FileManager.default.fileExists(atPath: Golden.repository.appendingPathComponent($0).path) }
            .sorted()
    }
}
