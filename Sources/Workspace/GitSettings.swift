/// What of a repository's configuration says how its files are to be read; the rest of it is not looked at.
///
/// Each value is known: one of a few words, or a name, which git uses to look something up and never to run it.
struct GitSettings: Sendable {
    /// Whether it has no files beside it.
    private(set) var isBare = false
    /// Whether objects may lack, which git would fetch.
    private(set) var isPartial = false
    /// The text of a configuration that says the same.
    private(set) var text = ""

    private static let booleans = [
        "core.filemode", "core.symlinks", "core.ignorecase", "core.precomposeunicode", "core.trustctime",
    ]
    private static let words = [
        "core.checkstat": ["default", "minimal"], "extensions.objectformat": ["sha1", "sha256"],
        "extensions.refstorage": ["files", "reftable"],
    ]

    /// - Parameter listing: what `git config --list --null` says.
    init(_ listing: [UInt8]) {
        for entry in listing.split(separator: 0) {
            let end = entry.firstIndex(of: 0x0A)
            let key = String(decoding: entry[..<(end ?? entry.endIndex)], as: UTF8.self)
            // A key without a value is true.
            let value = end.map { String(decoding: entry[($0 + 1)...], as: UTF8.self) } ?? "true"
            if Self.booleans.contains(key), let isTrue = Self.boolean(value) {
                append(key, isTrue ? "true" : "false")
            } else if let known = Self.words[key], let word = known.first(where: { $0 == value.lowercased() }) {
                append(key, word)
            } else if key == "core.bare" {
                isBare = Self.boolean(value) ?? false
            } else if key == "extensions.partialclone" || key.hasPrefix("remote.") && key.hasSuffix(".promisor") {
                isPartial = true
            } else if key.hasPrefix("branch.") && (key.hasSuffix(".remote") || key.hasSuffix(".merge"))
                || key.hasPrefix("remote.") && key.hasSuffix(".fetch")
            {
                // What `@{upstream}` means.
                append(key, value)
            }
        }
    }

    /// Adds a setting: `[section "name in the middle"]`, then its last part.
    mutating func append(_ key: String, _ value: String) {
        guard let first = key.firstIndex(of: "."), let last = key.lastIndex(of: ".") else { return }
        let middle = first == last ? "" : " \"\(Self.escaped(String(key[key.index(after: first)..<last])))\""
        text += "[\(key[..<first])\(middle)]\n\t\(key[key.index(after: last)...]) = \"\(Self.escaped(value))\"\n"
    }

    private static func boolean(_ value: String) -> Bool? {
        switch value.lowercased() {
        case "true", "yes", "on", "1": true
        case "false", "no", "off", "0", "": false
        default: nil
        }
    }

    private static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\", "\"": result += "\\" + String(scalar)
            case "\n": result += "\\n"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
