/// A `.dockerignore`, read as moby/patternmatcher reads it (`ignorefile.ReadAll`, then `patternmatcher.New`).
///
/// Patterns are anchored at the context's root, the last one that matches decides, and what matches a folder holds for
/// all below it.
package struct IgnoreFile: Sendable {
    /// The patterns in order; none for a context without a file.
    package let patterns: [IgnorePattern]
    /// Whether a pattern begins with `!`.
    let hasExceptions: Bool
    /// What the names below which exceptions lie begin with, sorted; nil when an exception may lie anywhere.
    private let exceptionFolders: [[UInt8]]?

    /// A file without patterns: everything is sent.
    package static let none = IgnoreFile([])

    private init(_ patterns: [IgnorePattern]) {
        self.patterns = patterns
        hasExceptions = patterns.contains(where: \.isException)
        let prefixes = patterns.filter(\.isException).map(\.literalPrefix)
        exceptionFolders =
            prefixes.contains(nil) ? nil : prefixes.compactMap { $0 }.sorted { $0.lexicographicallyPrecedes($1) }
    }

    /// Reads a file's bytes.
    package static func parse(_ bytes: [UInt8]) -> Result<IgnoreFile, IgnoreFault> {
        var patterns: [IgnorePattern] = []
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let body = bytes.starts(with: mark) ? bytes[3...] : bytes[...]
        for (index, line) in body.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
            // Go's scanner gives up at this length.
            if line.count >= 65536 {
                return .failure(IgnoreFault(line: index + 1, message: "has a line of more than 64 KiB"))
            }
            // Only a line that begins with the sign is a comment.
            if line.first == UInt8(ascii: "#") { continue }
            switch IgnorePattern.parse(line) {
            case .success(let pattern): if let pattern { patterns.append(pattern) }
            case .failure(let reason):
                return .failure(IgnoreFault(line: index + 1, message: reason.message))
            }
        }
        return .success(IgnoreFile(patterns))
    }

    /// Whether an excluded folder must be looked into, because an exception may bring back what lies below it.
    package func mayBringBack(below folder: [UInt8]) -> Bool {
        guard hasExceptions else { return false }
        guard let exceptionFolders else { return true }
        let start = folder + [UInt8(ascii: "/")]
        // What begins so stands together, from the first that is not less.
        var (low, high) = (0, exceptionFolders.count)
        while low < high {
            let middle = (low + high) / 2
            if exceptionFolders[middle].lexicographicallyPrecedes(start) { low = middle + 1 } else { high = middle }
        }
        return low < exceptionFolders.count && exceptionFolders[low].starts(with: start)
    }
}

/// Whether a path is ignored, together with what its parents matched.
///
/// BuildKit walks a context and hands each folder's matches down (`MatchesUsingParentResults`); so does this, because a
/// pattern that a folder matched holds below it.
package struct IgnoreState: Sendable {
    private let file: IgnoreFile
    /// For each pattern whether the folder, or one above it, matched; empty at the root.
    private var matched: [Bool] = []
    /// Whether the path is ignored.
    package private(set) var isIgnored = false

    /// The context's root.
    package init(_ file: IgnoreFile) { self.file = file }

    /// The state of an entry of this folder.
    ///
    /// - Parameters:
    ///   - path: the whole path from the context's root, with `/`.
    ///   - steps: what the walk may still do; once it is exhausted, no answer means anything.
    package func entry(_ path: [UInt8], _ steps: inout IgnoreSteps) -> IgnoreState {
        var result = IgnoreState(file)
        guard !file.patterns.isEmpty else { return result }
        steps.beginEntry()
        guard steps.take(file.patterns.count) else { return result }
        result.matched = [Bool](repeating: false, count: file.patterns.count)
        let path = IgnorePath(path)
        for (index, pattern) in file.patterns.enumerated() {
            var isMatch = !matched.isEmpty && matched[index]
            if !isMatch {
                // A pattern that cannot change the verdict is not asked, as in moby's matcher.
                if pattern.isException != result.isIgnored { continue }
                isMatch = pattern.matches(path, &steps)
            }
            result.matched[index] = isMatch
            if isMatch { result.isIgnored = !pattern.isException }
        }
        return result
    }

    /// Whether the folder must be looked into.
    package func mustEnter(_ path: [UInt8]) -> Bool { !isIgnored || file.mayBringBack(below: path) }
}
