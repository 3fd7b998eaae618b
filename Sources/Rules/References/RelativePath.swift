/// A path of the manifest, checked for what every path must be.
enum RelativePath {
    /// Why a text is no path that Bayplan uses, or nil.
    static func fault(_ text: String) -> String? {
        if text.isEmpty { return "it is empty" }
        if text.utf8.count > 4096 { return "it is longer than 4096 bytes" }
        if text.hasPrefix("/") { return "it is absolute" }
        if text.hasPrefix("~") { return "`~` is not expanded" }
        for scalar in text.unicodeScalars {
            if scalar.value < 0x20 || scalar.value == 0x7F || (0x80...0x9F).contains(scalar.value) {
                return "a control character stands in it"
            }
            if scalar == "\\" { return "`\\` separates nothing here; write `/`" }
        }
        if text.utf8.first == UInt8(ascii: " ") || text.utf8.last == UInt8(ascii: " ") {
            return "a space stands at its edge"
        }
        for component in text.split(separator: "/") {
            if component.utf8.count > 255 { return "a part of it is longer than 255 bytes" }
            if component == ".git" { return "`.git` belongs to git" }
        }
        return nil
    }

    /// The nearest folder above that holds the path, as seen from where the path starts.
    static func rootHolding(_ text: String) -> String {
        var (depth, highest) = (0, 0)
        for component in text.split(separator: "/") where component != "." {
            depth += component == ".." ? -1 : 1
            highest = min(highest, depth)
        }
        return Array(repeating: "..", count: -highest).joined(separator: "/")
    }

    /// The components with `.` and `..` resolved, seen from a folder; nil when the path climbs above the root.
    static func components(_ text: String, from folder: [String]) -> [String]? {
        var result = folder
        for component in text.split(separator: "/") where component != "." {
            if component == ".." {
                if result.isEmpty { return nil }
                result.removeLast()
            } else {
                result.append(String(component))
            }
        }
        return result
    }
}
