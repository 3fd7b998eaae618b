import Foundation

/// Test data that is not part of the repository: `BAYPLAN_SHARED`, or `shared` beside the repository.
enum SharedData {
    static let folder: URL = {
        if let path = ProcessInfo.processInfo.environment["BAYPLAN_SHARED"] { return URL(fileURLWithPath: path) }
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return root.deletingLastPathComponent().appendingPathComponent("shared")
    }()

    static let isPresent = FileManager.default.fileExists(atPath: folder.appendingPathComponent("data").path)

    static func json(_ name: String) throws -> Any {
        try JSONSerialization.jsonObject(with: Data(contentsOf: folder.appendingPathComponent("data/\(name)")))
    }
}

/// The repository's own files.
enum Repository {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    static func text(_ path: String) throws -> String {
        try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
    }
}
