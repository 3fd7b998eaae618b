/// A version of a program: `2.24` or `0.2.1`, one to three numbers of at most nine digits; absent ones count as 0.
package struct Version: Sendable, Comparable {
    /// As it was written.
    package let text: String
    private let numbers: [Int]

    /// - Parameter text: what stands behind a hyphen or plus sign, as in `2.24.0-desktop.1`, is left out only with
    ///   `ignoringSuffix`.
    package init?(_ text: String, ignoringSuffix: Bool = false) {
        let end = ignoringSuffix ? text.firstIndex { $0 == "-" || $0 == "+" } : nil
        let parts = text[..<(end ?? text.endIndex)].split(separator: ".", omittingEmptySubsequences: false)
        let isVersion = parts.allSatisfy { part in
            (1...9).contains(part.utf8.count) && part.utf8.allSatisfy { (0x30...0x39).contains($0) }
        }
        guard (1...3).contains(parts.count), isVersion else { return nil }
        self.text = text
        numbers = (0..<3).map { $0 < parts.count ? Int(parts[$0]) ?? 0 : 0 }
    }

    package static func == (one: Version, other: Version) -> Bool { one.numbers == other.numbers }
    package static func < (one: Version, other: Version) -> Bool {
        one.numbers.lexicographicallyPrecedes(other.numbers)
    }
}
