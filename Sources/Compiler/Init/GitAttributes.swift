import SourceText

/// The lines of `.gitattributes` with which git merges what is generated without anybody's work.
///
/// Git unites the lines of both sides' locks, and keeps one side of every artifact whole: a lock knows its content, and
/// the next compile writes it from the merged manifest.
struct GitAttributes {
    static let fileName = ".gitattributes"

    /// Returns the lines for a folder that holds a lock.
    ///
    /// - Parameters:
    ///   - lock: the lock's file name.
    ///   - artifacts: the artifacts that the lock lists, from the folder.
    static func lines(lock: String, artifacts: [WorkspacePath]) -> [String] {
        [pattern([lock]) + " merge=union"]
            + artifacts.map { pattern($0.parts) + " -merge" }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// Returns a file with the lines that it lacks at its end; nil when it lacks none.
    ///
    /// - Parameter old: what is there; nil when nothing is.
    static func added(_ lines: [String], to old: [UInt8]?) -> [UInt8]? {
        let old = old ?? []
        let newline: [UInt8] = old.split(separator: 0x0A, maxSplits: 1).first?.last == 0x0D ? [0x0D, 0x0A] : [0x0A]
        let present = Set(old.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }).map { Array($0) })
        let missing = lines.map { Array($0.utf8) }.filter { !present.contains($0) }
        if missing.isEmpty { return nil }
        var new = old
        if let last = new.last, last != 0x0A { new += newline }
        for line in missing { new += line + newline }
        return new
    }

    /// A pattern that fits one path: from this folder, without wildcards, and quoted where a blank would end it.
    private static func pattern(_ parts: [String]) -> String {
        var path = ""
        for character in "/" + parts.joined(separator: "/") {
            if "*?[\\".contains(character) { path.append("\\") }
            path.append(character)
        }
        guard path.contains(where: { $0 == " " || $0 == "\t" || $0 == "\"" }) else { return path }
        let quoted = path.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\t", with: "\\t")
        return "\"\(quoted)\""
    }
}
