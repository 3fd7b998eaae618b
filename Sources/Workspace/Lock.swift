/// What Bayplan wrote last: each artifact with its SHA-256 (specification 3, "Writing").
///
/// The file is text, a line an artifact, sorted, so that git merges it well; a conflict or a loss costs nothing. It may
/// come from a stranger: a path in it is only ever looked at and never deleted unless the file there has that hash.
package struct Lock: Sendable {
    package static let fileName = "bayplan.lock"

    /// The hash of each artifact by its path, relative to the lock's folder.
    package private(set) var hashes: [String: String] = [:]

    package init() {}

    /// Reads a lock; lines that are none are passed over.
    package init(parsing bytes: [UInt8]) {
        for line in bytes.split(separator: 0x0A) where line.count > 66 {
            let hash = line.prefix(64)
            let isHex = hash.allSatisfy { ($0 >= 0x30 && $0 <= 0x39) || ($0 >= 0x61 && $0 <= 0x66) }
            guard isHex, line.dropFirst(64).starts(with: [0x20, 0x20]) else { continue }
            let path = String(decoding: line.dropFirst(66), as: UTF8.self)
            hashes[path] = String(decoding: hash, as: UTF8.self)
        }
    }

    package subscript(path: String) -> String? {
        get { hashes[path] }
        set { hashes[path] = newValue }
    }

    /// The file's content.
    package var bytes: [UInt8] {
        var text = Array("# What bayplan wrote last, with SHA-256 (sha256sum -c reads it). Commit this file with the artifacts.\n".utf8)
        for path in hashes.keys.sorted() {
            if let hash = hashes[path] { text += "\(hash)  \(path)\n".utf8 }
        }
        return text
    }
}
