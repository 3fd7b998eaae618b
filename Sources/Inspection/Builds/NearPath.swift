import Diagnostics

/// Finds the path that was probably meant by one at which nothing is: `services/trading` for `servces/trading`.
///
/// Pure: what lies where, its functions say, which take paths from the root.
package struct NearPath {
    /// The names in a folder, sorted; empty where there is none.
    private let names: ([String]) -> [String]
    /// Whether nothing is there.
    private let isMissing: ([String]) -> Bool
    /// Whether what is wanted is there.
    private let isWanted: ([String]) -> Bool
    /// The near names that are tried.
    private static let tries = 4

    package init(
        names: @escaping ([String]) -> [String], isMissing: @escaping ([String]) -> Bool,
        isWanted: @escaping ([String]) -> Bool
    ) {
        self.names = names
        self.isMissing = isMissing
        self.isWanted = isWanted
    }

    /// Returns the path with its first part that is missing replaced by the nearest name beside it that leads to what is
    /// wanted; nil where no name is near.
    ///
    /// Names that begin with a dot, and those that differ in digits alone, are never meant.
    ///
    /// - Parameter steps: about the comparisons of bytes that may be made; what was made is taken off.
    package func closest(to path: [String], within steps: inout Int) -> [String]? {
        guard steps >= 0, let missing = path.indices.first(where: { isMissing(Array(path[...$0])) }) else { return nil }
        let (folder, name) = (Array(path[..<missing]), path[missing])
        let letters = Self.letters(name)
        var others = names(folder).filter { other in
            // Looking at names costs, too, where projects and names are thousands.
            steps -= other.utf8.count
            return steps >= 0 && !other.hasPrefix(".") && Self.letters(other) != letters
        }
        for _ in 0..<Self.tries {
            guard let near = closestMatch(to: name, among: others, within: &steps) else { return nil }
            let meant = folder + [near] + path[(missing + 1)...]
            if isWanted(meant) { return meant }
            others.removeAll { $0 == near }
        }
        return nil
    }

    private static func letters(_ name: String) -> [UInt8] { name.utf8.filter { $0 < 0x30 || $0 > 0x39 } }
}
