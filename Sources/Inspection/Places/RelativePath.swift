import SourceText

/// A path of the manifest, checked for what every path must be.
package enum RelativePath {
    /// Why a text is no path that Bayplan uses, or nil.
    package static func fault(_ text: String) -> String? {
        if text.isEmpty { return "it is empty" }
        if let excess = WorkspacePath.excess(of: text) { return excess }
        if text.hasPrefix("/") { return "it is absolute" }
        if text.hasPrefix("~") { return "`~` is not expanded" }
        var previous: UInt8 = 0
        for byte in text.utf8 {
            // The control characters behind ASCII, U+0080 to U+009F, are C2 and their own byte.
            if byte < 0x20 || byte == 0x7F || previous == 0xC2 && byte < 0xA0 {
                return "a control character stands in it"
            }
            if byte == UInt8(ascii: "\\") { return "`\\` separates nothing here; write `/`" }
            previous = byte
        }
        if text.utf8.first == UInt8(ascii: " ") || text.utf8.last == UInt8(ascii: " ") {
            return "a space stands at its edge"
        }
        for component in text.utf8.split(separator: UInt8(ascii: "/")) {
            if component.count > 255 { return "a part of it is longer than 255 bytes" }
            if WorkspacePath.isGitFolder(String(Substring(component))) { return "`.git` belongs to git" }
        }
        return nil
    }

    /// The nearest folder above that holds the path, as seen from where the path starts.
    package static func rootHolding(_ text: String) -> String {
        WorkspacePath.clean(text).split(separator: "/").prefix { $0 == ".." }.joined(separator: "/")
    }

    /// The components with `.` and `..` resolved, seen from a folder; nil when the path climbs above the root.
    package static func components(_ text: String, from folder: [String]) -> [String]? {
        WorkspacePath(folder).appending(text)?.parts
    }
}
