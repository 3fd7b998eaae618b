/// Paths below the root, as their components: the file `shop/compose.yaml` is `["shop", "compose.yaml"]`.
package typealias FilePath = [String]

/// The arithmetic of paths, without a look at any disk.
enum Paths {
    /// A path as it is written.
    static func text(_ path: some Sequence<String>) -> String { path.joined(separator: "/") }

    /// What a relative text means in a folder; nil when it climbs above the root or starts elsewhere.
    static func resolve(_ text: String, in folder: FilePath) -> FilePath? {
        guard !text.hasPrefix("/"), !text.hasPrefix("~"), !text.utf8.contains(UInt8(ascii: "$")) else { return nil }
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

    /// The text that leads from one folder to another: `.`, `../other`, `below/it`.
    static func relative(from folder: FilePath, to other: FilePath) -> String {
        let common = zip(folder, other).prefix { $0 == $1 }.count
        let parts = Array(repeating: "..", count: folder.count - common) + other[common...]
        return parts.isEmpty ? "." : text(parts)
    }

    /// A relative text of one folder, seen from the folder that `prefix` leads back from.
    ///
    /// Compose takes a mount's source for a path only when it begins with a dot, so the result always does.
    static func rebased(_ text: String, by prefix: String) -> String {
        var result: [Substring] = []
        for component in (prefix + "/" + text).split(separator: "/") where component != "." {
            if component == "..", let last = result.last, last != ".." {
                result.removeLast()
            } else {
                result.append(component)
            }
        }
        if result.first == ".." { return result.joined(separator: "/") }
        return result.isEmpty ? "." : "./" + result.joined(separator: "/")
    }
}
