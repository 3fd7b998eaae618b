/// What Bayplan wrote last: each artifact with its SHA-256 (specification 3, "Writing").
///
/// The file is text, a line an artifact, sorted, so that git merges it well; a conflict or a loss costs nothing. An
/// artifact may stand in it twice: during a run with the old and the new content, so that a run that is cut short
/// leaves nothing behind that looks edited, and after a merge conflict with both sides' contents.
///
/// It may come from a stranger: a path in it is only ever looked at.
package struct Lock: Sendable {
    package static let fileName = "bayplan.lock"

    /// The hashes of each artifact by its path, relative to the lock's folder.
    package private(set) var hashes: [String: [String]] = [:]
    /// Whether a run was at work when this was written, and may have left files behind.
    package var isUnderWay = false

    private static let underWay = "# A run of bayplan is at work, or was cut short; the next one finishes."

    package init() {}

    /// Reads a lock; lines that are none are passed over.
    package init(parsing bytes: [UInt8]) {
        for line in bytes.split(separator: 0x0A) where line.count > 66 {
            if line.elementsEqual(Self.underWay.utf8) { isUnderWay = true }
            let hash = line.prefix(64)
            let isHex = hash.allSatisfy { ($0 >= 0x30 && $0 <= 0x39) || ($0 >= 0x61 && $0 <= 0x66) }
            guard isHex, line.dropFirst(64).starts(with: [0x20, 0x20]) else { continue }
            let path = String(decoding: line.dropFirst(66), as: UTF8.self)
            add(String(decoding: hash, as: UTF8.self), for: path)
        }
    }

    /// Whether Bayplan wrote this content there.
    package func holds(_ hash: String, for path: String) -> Bool { hashes[path]?.contains(hash) ?? false }

    package mutating func set(_ new: [String], for path: String) { hashes[path] = new }

    /// Adds a content that Bayplan is about to write.
    package mutating func add(_ hash: String, for path: String) {
        if !holds(hash, for: path) { hashes[path, default: []].append(hash) }
    }

    /// The file's content.
    package var bytes: [UInt8] {
        var text = Array(
            "# What bayplan wrote last, with SHA-256 (sha256sum -c reads it). Commit this file with the artifacts.\n"
                .utf8)
        if isUnderWay { text += Array((Self.underWay + "\n").utf8) }
        for path in hashes.keys.sorted() {
            for hash in hashes[path] ?? [] { text += "\(hash)  \(path)\n".utf8 }
        }
        return text
    }
}
