import Diagnostics
import SourceText
import YAMLSyntax

/// The YAML documents of one file, each with its places in the whole.
enum FileDocuments {
    /// A file of more documents is read as one, and so refused.
    private static let bound = 100

    /// Reads each document that holds something; `nil` with diagnostics for one that cannot be read.
    static func read(_ source: SourceFile, limits: Limits) -> [(tree: Tree?, diagnostics: [Diagnostic])] {
        let whole = Tree.read(source, limits: limits)
        guard whole.diagnostics.contains(where: { $0.code == .severalDocuments }) else { return [whole] }
        let parts = ranges(source.bytes)
        guard parts.count > 1, parts.count <= bound else { return [whole] }
        return parts.map { part in
            // Blanks keep every line and column where it is.
            var bytes = source.bytes
            for index in bytes.indices where !part.contains(index) && bytes[index] != 0x0A { bytes[index] = 0x20 }
            let (tree, found) = Tree.read(SourceFile(path: source.path, bytes: bytes), limits: limits)
            return (tree, found.map { $0.quoting(source) })
        }
    }

    /// A `---` at the beginning of a line ends every scalar and begins a document, wherever it stands; `...` ends one.
    private static func ranges(_ bytes: [UInt8]) -> [Range<Int>] {
        var starts: [Int] = [0]
        var line = 0
        while line < bytes.count {
            let end = bytes[line...].firstIndex(of: 0x0A) ?? bytes.count
            let text = bytes[line..<end]
            if text.starts(with: "---".utf8), text.count == 3 || [0x20, 0x09, 0x0D].contains(text[line + 3]) {
                starts.append(line)
            }
            line = end + 1
        }
        return zip(starts, starts.dropFirst() + [bytes.count]).map { $0..<$1 }.filter { !$0.isEmpty }
    }
}
