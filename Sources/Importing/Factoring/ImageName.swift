import ComposeSpec

/// An image reference in the two parts that a manifest states apart: the repository and what follows it.
///
/// Unlike `ImageReference` it may hold what is none.
package struct ImageName: Hashable {
    /// With the registry.
    var repository: String
    var tag: String?
    var digest: String?

    /// Takes a text apart: a `:` behind the last `/` that stands in no braces begins a tag.
    package init(_ text: String) {
        if ImageReference.hasVariable(text), case .success(let reference) = ImageReference.parse(text) {
            (repository, tag, digest) = (reference.repository, reference.tag, reference.digest)
            return
        }
        var rest = Substring(text)
        if let at = rest.lastIndex(of: "@") {
            digest = String(rest[rest.index(after: at)...])
            rest = rest[..<at]
        }
        var depth = 0
        var colon: Substring.Index?
        for index in rest.indices {
            switch rest[index] {
            case "{": depth += 1
            case "}": depth = max(0, depth - 1)
            case "/" where depth == 0: colon = nil
            case ":" where depth == 0 && colon == nil: colon = index
            default: break
            }
        }
        if let colon {
            tag = String(rest[rest.index(after: colon)...])
            rest = rest[..<colon]
        }
        repository = String(rest)
    }

    init(repository: String, tag: String?) {
        self.repository = repository
        self.tag = tag
    }

    var text: String { repository + (tag.map { ":" + $0 } ?? "") + (digest.map { "@" + $0 } ?? "") }

    /// The name as Docker compares it; nil for what is no reference.
    var normalized: ImageReference? {
        guard case .success(let reference) = ImageReference.parse(text) else { return nil }
        return reference.normalized
    }

    /// The name with each variable's default in its place, and nothing for one that has none; nil where that is no reference.
    var settled: ImageName? {
        guard ImageReference.hasVariable(text) else { return self }
        var name = ImageName(Literal.resolved(text).text)
        if name.tag?.isEmpty == true { name.tag = nil }
        if name.digest?.isEmpty == true { name.digest = nil }
        name.repository = String(name.repository.drop { $0 == "/" })
        return name.normalized == nil ? nil : name
    }

    /// The repository as people write it: without Docker Hub's own registry and namespace.
    package var familiarRepository: String {
        var text = Substring(repository)
        for prefix in ["docker.io/", "index.docker.io/", "library/"] where text.hasPrefix(prefix) {
            text = text.dropFirst(prefix.count)
        }
        return String(text)
    }

    /// What Docker would make of the repository in a name of a manifest: its last part, in lower-case words.
    var lastPart: String { Self.generic(String(repository.split(separator: "/").last ?? "")) }

    /// A text as a name of the manifest's default pattern: lower-case words joined by single hyphens.
    static func generic(_ text: String) -> String {
        var result: [UInt8] = []
        for byte in text.lowercased().utf8 {
            if (byte >= 0x61 && byte <= 0x7A) || (byte >= 0x30 && byte <= 0x39) {
                result.append(byte)
            } else if let last = result.last, last != UInt8(ascii: "-") {
                result.append(UInt8(ascii: "-"))
            }
        }
        while result.last == UInt8(ascii: "-") { result.removeLast() }
        return result.isEmpty ? "image" : String(decoding: result.prefix(128), as: UTF8.self)
    }
}
