import SourceText

/// What Bayplan wrote last into a folder and those below it: each artifact with its SHA-256.
///
/// The file is text, a line an artifact, sorted, so that git merges it well; a conflict or a loss costs nothing. An
/// artifact may stand in it several times: during a run with the old and the new content, so that a run that is cut
/// short leaves nothing behind that looks edited, and after a merge with both sides' contents.
///
/// It may come from a stranger: a path in it is only ever looked at, in the one spelling that is written.
package struct Lock: Sendable {
    package static let fileName = "bayplan.lock"
    /// The newest format that is read, which is the one that is written. That of Bayplan 0.1 had no number and is 1.
    package static let format = 2

    /// What an entry is about.
    package struct Name: Hashable, Sendable {
        /// The artifact's path from the lock's folder.
        ///
        /// It climbs out of the folder only in a lock of Bayplan 0.1.
        package let path: WorkspacePath
        /// The manifest that leads to it, from the lock's folder; empty for one that lies beside the lock.
        package let manifest: String

        package init(_ path: WorkspacePath, of manifest: String) {
            self.path = path
            self.manifest = manifest
        }
    }

    /// The hashes of each artifact.
    package private(set) var hashes: [Name: Set<String>] = [:]
    /// The other folders with a lock of the same manifest, from this one's.
    package var folders: Set<WorkspacePath> = []
    /// The Compose projects that this manifest had and has no more: what Docker still holds of them is found by their
    /// names alone. At most ``mostFormerProjects`` are read.
    package var formerProjects: Set<String> = []
    /// Whether a run was at work when this was written, and may have left files behind.
    package var isUnderWay = false
    /// The number of the format that was read.
    package private(set) var readFormat = 1
    /// The version that wrote this; nil for 0.1, which did not say.
    package var version: String?
    /// Whether git left a conflict in the file.
    package private(set) var hasConflict = false

    private static let underWay = "# A run of bayplan is at work, or was cut short; the next one finishes."
    private static let title = "# bayplan.lock "
    private static let writer = ", written by bayplan "
    private static let rest = ": each artifact with its SHA-256. Commit it with the artifacts."
    private static let other = "# See also "
    private static let former = "# Former project "
    /// The former projects that are remembered at most.
    package static let mostFormerProjects = 1000

    package init() {}

    /// Reads a lock; lines that are none are passed over.
    ///
    /// It takes time that grows with the number of bytes. Of two first lines, which a merge can leave, the higher counts.
    package init(parsing bytes: [UInt8]) {
        for line in bytes.split(separator: 0x0A) {
            if line[line.startIndex] == UInt8(ascii: "#") { readComment(line) } else { readEntry(line) }
            if line.starts(with: "<<<<<<<".utf8) || line.starts(with: ">>>>>>>".utf8) { hasConflict = true }
        }
    }

    private mutating func readComment(_ line: ArraySlice<UInt8>) {
        if line.elementsEqual(Self.underWay.utf8) {
            isUnderWay = true
        } else if line.starts(with: Self.title.utf8) {
            readTitle(String(decoding: line.prefix(200), as: UTF8.self).dropFirst(Self.title.count))
        } else if line.starts(with: Self.other.utf8), let path = Self.path(line.dropFirst(Self.other.utf8.count)) {
            if path.parts.first == ".." { folders.insert(path) }
        } else if line.starts(with: Self.former.utf8), formerProjects.count < Self.mostFormerProjects {
            let name = line.dropFirst(Self.former.utf8.count)
            if Self.isProjectName(name) { formerProjects.insert(String(decoding: name, as: UTF8.self)) }
        }
    }

    private mutating func readTitle(_ text: Substring) {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard !digits.isEmpty else { return }
        readFormat = max(readFormat, Int(digits) ?? Int.max)
        let rest = text.dropFirst(digits.count)
        guard rest.hasPrefix(Self.writer) else { return }
        let version = rest.dropFirst(Self.writer.count).prefix {
            $0.isASCII && ($0.isLetter || $0.isNumber || ".-+".contains($0))
        }
        if !version.isEmpty, self.version.map({ Self.isNewer(String(version), than: $0) }) ?? true {
            self.version = String(version)
        }
    }

    private mutating func readEntry(_ line: ArraySlice<UInt8>) {
        let hash = line.prefix(64)
        let isHex = hash.allSatisfy { ($0 >= 0x30 && $0 <= 0x39) || ($0 >= 0x61 && $0 <= 0x66) }
        guard isHex, line.dropFirst(64).starts(with: [0x20, 0x20]) else { return }
        let names = line.dropFirst(66).split(separator: 0x09, maxSplits: 1, omittingEmptySubsequences: false)
        guard let path = Self.path(names[0]), let manifest = names.count == 1 ? WorkspacePath() : Self.path(names[1])
        else { return }
        let name = Name(path, of: names.count == 1 ? "" : manifest.text)
        add(String(decoding: hash, as: UTF8.self), for: name)
    }

    /// A path in its one spelling: without needless parts, with `..` at its beginning alone, and no longer than any path.
    private static func path(_ bytes: ArraySlice<UInt8>) -> WorkspacePath? {
        bytes.withUnsafeBufferPointer { $0.contains { $0 < 0x20 } ? nil : WorkspacePath(spelled: $0) }
    }

    /// Whether bytes are a name that Compose gives a project: `[a-z0-9][a-z0-9_-]*`, here of 255 bytes at most.
    package static func isProjectName(_ bytes: some Collection<UInt8>) -> Bool {
        guard let first = bytes.first, first != UInt8(ascii: "_"), first != UInt8(ascii: "-"), bytes.count <= 255 else {
            return false
        }
        return bytes.allSatisfy { byte in
            (byte >= 0x61 && byte <= 0x7A) || (byte >= 0x30 && byte <= 0x39) || byte == UInt8(ascii: "_")
                || byte == UInt8(ascii: "-")
        }
    }

    /// Whether Bayplan wrote this content there.
    package func holds(_ hash: String, for name: Name) -> Bool { hashes[name]?.contains(hash) ?? false }

    package mutating func set(_ new: Set<String>, for name: Name) { hashes[name] = new }

    /// Adds a content that Bayplan is about to write.
    package mutating func add(_ hash: String, for name: Name) { hashes[name, default: []].insert(hash) }

    /// Whether this says the same as another, whoever wrote them.
    package func isSame(as other: Lock) -> Bool {
        hashes == other.hashes && folders == other.folders && isUnderWay == other.isUnderWay
            && formerProjects == other.formerProjects
    }

    /// The file's content.
    package var bytes: [UInt8] {
        var text = Array("\(Self.title)\(Self.format)\(Self.writer)\(version ?? "0")\(Self.rest)\n".utf8)
        if isUnderWay { text += Array((Self.underWay + "\n").utf8) }
        for folder in folders.map(\.text).sorted() { text += "\(Self.other)\(folder)\n".utf8 }
        for name in formerProjects.sorted() { text += "\(Self.former)\(name)\n".utf8 }
        let entries = hashes.map { (line: $0.path.text + ($0.manifest.isEmpty ? "" : "\t" + $0.manifest), hashes: $1) }
        for entry in entries.sorted(by: { $0.line.utf8.lexicographicallyPrecedes($1.line.utf8) }) {
            for hash in entry.hashes.sorted() { text += "\(hash)  \(entry.line)\n".utf8 }
        }
        return text
    }

    /// Whether a file, or what a cut left of it, is a lock.
    package static func isLock(_ bytes: [UInt8]) -> Bool {
        let title = Array(title.utf8)
        return bytes.starts(with: title) || title.starts(with: bytes)
    }

    /// Whether a version came after another, by the numbers in them.
    package static func isNewer(_ one: String, than other: String) -> Bool {
        func numbers(_ version: String) -> [Int] { version.split { !$0.isNumber }.map { Int($0) ?? 0 } }
        return numbers(other).lexicographicallyPrecedes(numbers(one))
    }
}
