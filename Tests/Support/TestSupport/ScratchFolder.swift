import Foundation

/// A folder of its own that goes away with its last use.
package final class ScratchFolder: Sendable {
    package let url: URL

    package init() throws {
        let base = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
        url = base.appending(path: "bayplan-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    /// Writes a file, and makes the folders on the way to it.
    package func write(_ name: String, _ bytes: [UInt8]) throws {
        let file = url.appending(path: name)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: file)
    }

    package func write(_ name: String, _ text: String) throws { try write(name, Array(text.utf8)) }

    package func read(_ name: String) throws -> [UInt8] { try Array(Data(contentsOf: url.appending(path: name))) }

    /// Changes a text of a file, wherever it stands there; throws where it does not.
    package func edit(_ old: String, _ new: String, in name: String) throws {
        let text = String(decoding: try read(name), as: UTF8.self)
        guard text.contains(old) else { throw Unexpected("no \(old)") }
        try write(name, text.replacingOccurrences(of: old, with: new))
    }
}
