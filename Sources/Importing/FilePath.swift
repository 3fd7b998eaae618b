import SourceText

/// Paths below the root, as their components: the file `shop/compose.yaml` is `["shop", "compose.yaml"]`.
package typealias FilePath = [String]

/// The arithmetic of paths, without a look at any disk.
enum Paths {
    /// A path as it is written.
    static func text(_ path: some Sequence<String>) -> String { path.joined(separator: "/") }

    /// What a relative text means in a folder; nil when it climbs above the root or starts elsewhere.
    static func resolve(_ text: String, in folder: FilePath) -> FilePath? {
        guard !text.hasPrefix("/"), !text.hasPrefix("~"), !text.utf8.contains(UInt8(ascii: "$")),
            WorkspacePath.excess(of: text) == nil
        else { return nil }
        return WorkspacePath(folder).appending(text)?.parts
    }

    /// The text that leads from one folder to another: `.`, `../other`, `below/it`.
    static func relative(from folder: FilePath, to other: FilePath) -> String {
        WorkspacePath(other).relative(from: WorkspacePath(folder))
    }

    /// A relative text of one folder, seen from the folder that `prefix` leads back from.
    ///
    /// Compose takes a mount's source for a path only when it begins with a dot, so the result always does.
    static func rebased(_ text: String, by prefix: String) -> String {
        let path = WorkspacePath.clean(prefix + "/" + text)
        return path == "." || path == ".." || path.hasPrefix("../") ? path : "./" + path
    }
}
