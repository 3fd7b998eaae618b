import Foundation

/// Test data that is not part of the repository: `BAYPLAN_SHARED`, or `shared` beside the repository.
package enum SharedData {
    package static let folder: URL = {
        if let path = ProcessInfo.processInfo.environment["BAYPLAN_SHARED"] { return URL(fileURLWithPath: path) }
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return root.deletingLastPathComponent().appendingPathComponent("shared")
    }()

    package static let isPresent = FileManager.default.fileExists(atPath: folder.appendingPathComponent("data").path)

    package static func json(_ name: String) throws -> Any {
        try JSONSerialization.jsonObject(with: Data(contentsOf: folder.appendingPathComponent("data/\(name)")))
    }
}
