/// A place below the root by the parts of its path: `shop/compose.yaml` has the parts `shop` and `compose.yaml`.
///
/// It is text alone; no disk is looked at. Two paths are equal when their bytes are: the system tells `é` in one
/// character from `e` with an accent behind it, and Swift does not. Whatever is done here takes time that grows with the
/// length of the text, and nothing recurses over parts.
package struct WorkspacePath: Hashable, Sendable {
    package let parts: [String]

    package init(_ parts: [String] = []) { self.parts = parts }

    /// Reads an absolute path; `..` at the top stays there.
    package init(absolute text: String) {
        var parts: [String] = []
        for part in Self.parts(of: text) {
            if Self.isParent(part) { _ = parts.popLast() } else { parts.append(part) }
        }
        self.parts = parts
    }

    /// Returns what a relative text leads to from this folder; nil when it climbs above the root.
    package func appending(_ text: String) -> WorkspacePath? {
        var parts = parts
        for part in Self.parts(of: text) {
            if !Self.isParent(part) {
                parts.append(part)
            } else if parts.popLast() == nil {
                return nil
            }
        }
        return WorkspacePath(parts)
    }

    /// Returns the text that leads here from a folder: `../zixly/strategy.yaml`, `.` for the folder itself.
    package func relative(from folder: WorkspacePath) -> String {
        let common = common(with: folder).parts.count
        return Self.text(Array(repeating: "..", count: folder.parts.count - common) + parts[common...])
    }

    /// Returns the deepest folder that holds both.
    package func common(with other: WorkspacePath) -> WorkspacePath {
        WorkspacePath(Array(parts.prefix(zip(parts, other.parts).prefix { Self.isSame($0, $1) }.count)))
    }

    /// Returns the parts that lead here from a folder; nil when this lies elsewhere.
    package func parts(below folder: WorkspacePath) -> [String]? {
        starts(with: folder) ? Array(parts.dropFirst(folder.parts.count)) : nil
    }

    /// Tells whether this is a folder itself or lies below it.
    package func starts(with folder: WorkspacePath) -> Bool {
        guard let last = folder.parts.indices.last else { return true }
        // The last parts first, which mostly tell paths apart.
        return parts.count > last && Self.isSame(parts[last], folder.parts[last])
            && (0..<last).allSatisfy { Self.isSame(parts[$0], folder.parts[$0]) }
    }

    /// The path as one text; `.` for the root.
    package var text: String { Self.text(parts) }

    package static func == (one: WorkspacePath, other: WorkspacePath) -> Bool {
        one.parts.count == other.parts.count && one.starts(with: other)
    }

    package func hash(into hasher: inout Hasher) {
        for part in parts {
            var part = part
            part.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
            hasher.combine(UInt8(ascii: "/"))
        }
    }
}

// MARK: Texts of paths

extension WorkspacePath {
    /// The bytes of the longest path that is read: what Linux takes.
    package static let maximumBytes = 4096
    /// The parts of the deepest path that is read.
    package static let maximumParts = 256

    /// Returns why a path is too long to be read, as a sentence's end, or nil.
    package static func excess(of text: UnsafeBufferPointer<UInt8>) -> String? {
        if text.count <= maximumParts { return nil }
        if text.count > maximumBytes { return "it is longer than \(maximumBytes) bytes" }
        var (parts, previous) = (0, slash)
        for byte in text {
            if previous == slash, byte != slash { parts += 1 }
            previous = byte
        }
        return parts > maximumParts ? "it has more than \(maximumParts) parts" : nil
    }

    /// Returns why a path is too long to be read, as a sentence's end, or nil.
    package static func excess(of text: String) -> String? {
        var text = text
        return text.withUTF8 { excess(of: $0) }
    }

    /// Reads a path that is in the one spelling that `text` makes: below a folder, with `..` at its beginning alone, and
    /// no longer than any path. Nil for every other.
    package init?(spelled text: UnsafeBufferPointer<UInt8>) {
        guard !text.isEmpty, Self.excess(of: text) == nil else { return nil }
        var parts: [String] = []
        var climbs = true
        var start = text.startIndex
        while start <= text.endIndex {
            let end = text[start...].firstIndex(of: Self.slash) ?? text.endIndex
            let part = UnsafeBufferPointer(rebasing: text[start..<end])
            let dots = part.allSatisfy { $0 == UInt8(ascii: ".") } ? part.count : 3
            climbs = climbs && dots == 2
            let name = String(decoding: part, as: UTF8.self)
            guard dots > 2 || climbs, name.utf8.elementsEqual(part) else { return nil }
            parts.append(name)
            start = end + 1
        }
        self.parts = parts
    }

    /// Returns a path without needless slashes, `.` and what `..` takes back, as Go's `path.Clean` makes it.
    ///
    /// What climbs keeps its first `..`, and nothing at all becomes `.`.
    package static func clean(_ path: ArraySlice<UInt8>) -> [UInt8] {
        let isRooted = path.first == slash
        var kept: [ArraySlice<UInt8>] = []
        for part in path.split(separator: slash) where !part.elementsEqual(".".utf8) {
            if part.elementsEqual("..".utf8) {
                if let last = kept.last, !last.elementsEqual("..".utf8) {
                    kept.removeLast()
                    continue
                }
                if isRooted { continue }
            }
            kept.append(part)
        }
        let joined = Array(kept.joined(separator: [slash]))
        if isRooted { return [slash] + joined }
        return joined.isEmpty ? [UInt8(ascii: ".")] : joined
    }

    /// Returns a path without needless slashes, `.` and what `..` takes back.
    package static func clean(_ path: String) -> String {
        String(decoding: clean(Array(path.utf8)[...]), as: UTF8.self)
    }

    /// Returns the folder and the last part of a path as a user writes it: `.` and `x` for `x`, `/` and `x` for `/x`.
    package static func folderAndName(of path: String) -> (folder: String, name: String) {
        guard let last = path.utf8.lastIndex(of: slash) else { return (".", path) }
        return (last == path.startIndex ? "/" : String(path[..<last]), String(path[path.utf8.index(after: last)...]))
    }

    /// Whether a file's name says that YAML, or JSON, which is YAML too, stands in it.
    package static func isYAML(_ name: String) -> Bool {
        let name = folded(name)
        return name.hasSuffix(".yaml") || name.hasSuffix(".yml") || name.hasSuffix(".json")
    }

    /// Returns what a part is to a file system that tells the fewest names apart: without the case of its letters (macOS
    /// and Windows), without what HFS+ ignores, and without the dots and spaces at its end (Windows).
    package static func folded(_ part: String) -> String {
        var folded = part.lowercased()
        if !folded.utf8.allSatisfy({ $0 < 0x80 }) {
            folded.unicodeScalars.removeAll { ignored.contains($0.value) }
        }
        while let last = folded.utf8.last, last == UInt8(ascii: ".") || last == UInt8(ascii: " ") {
            folded.removeLast()
        }
        return folded
    }

    /// Tells whether some file system takes a part for git's folder: `.git`, `.GIT`, `.git.`, `git~1`, `.git::$DATA`.
    package static func isGitFolder(_ part: String) -> Bool {
        // Such a name begins with its first letter, or with a character that is ignored.
        guard let first = part.utf8.first else { return false }
        guard first | 0x20 == UInt8(ascii: "g") || first == UInt8(ascii: ".") || first > 0x7F else { return false }
        let name = folded(String(part.prefix { $0 != ":" }))
        guard name.utf8.starts(with: "git~".utf8) else { return name == ".git" }
        let number = name.utf8.dropFirst(4)
        return !number.isEmpty && number.allSatisfy { (0x30...0x39).contains($0) }
    }

    /// The characters that HFS+ passes over in names.
    private static let ignored: Set<UInt32> =
        Set([0x200C, 0x200D, 0x200E, 0x200F, 0xFEFF]).union(0x202A...0x202E).union(0x206A...0x206F)

    private static let slash = UInt8(ascii: "/")

    /// The parts that lead somewhere.
    private static func parts(of text: String) -> [String] {
        var (text, parts) = (text, [String]())
        text.withUTF8 { bytes in
            var start = 0
            for end in 0...bytes.count where end == bytes.count || bytes[end] == slash {
                let part = UnsafeBufferPointer(rebasing: bytes[start..<end])
                if part.count > 1 || part.first ?? UInt8(ascii: ".") != UInt8(ascii: ".") {
                    parts.append(String(decoding: part, as: UTF8.self))
                }
                start = end + 1
            }
        }
        return parts
    }

    private static func isParent(_ part: String) -> Bool { part == ".." }

    private static func isSame(_ one: String, _ other: String) -> Bool {
        guard one.utf8.count == other.utf8.count else { return false }
        var (one, other) = (one, other)
        return one.withUTF8 { one in other.withUTF8 { one.elementsEqual($0) } }
    }

    private static func text(_ parts: [String]) -> String { parts.isEmpty ? "." : parts.joined(separator: "/") }
}
