import Compiler
import Diagnostics
import SourceText
import Workspace

extension FuzzTarget {
    /// Reads a lock; what was read and is written again says the same.
    static let lock = FuzzTarget("lock") { input throws(BrokenPromise) in
        let lock = Lock(parsing: input)
        let again = Lock(parsing: lock.bytes)
        try expect(again.isSame(as: lock), "a lock that is written says something else")
        for (name, hashes) in lock.hashes {
            let path = name.path.text
            try expect(WorkspacePath.clean(path) == path && path != "." && !hashes.isEmpty, "no path or no hash")
            try expect(WorkspacePath.excess(of: path) == nil, "a path that nobody reads")
            try expect(hashes.allSatisfy { $0.utf8.count == 64 && lock.holds($0, for: name) }, "a hash that is none")
        }
    }

    /// Compares two texts, divided by a NUL; the diff turns what is shown of one into what is shown of the other.
    static let diff = FuzzTarget("diff") { input throws(BrokenPromise) in
        let (old, new) = halves(input)
        let text = UnifiedDiff.text(old: old, new: new, oldName: "a/file", newName: "b/file").text
        try expect(text.isEmpty == (old == new), "a diff of equal texts, or none of different ones")
        try expect(isInert(Array(text.utf8), inDiff: true), "the diff holds a control character")
        if text.isEmpty { return }
        let patched = try applied(text, to: shownLines(old))
        try expect(patched == shownLines(new), "the diff leads elsewhere:\n\(text)")
    }

    /// The lines of a text as a diff shows them, with what it says of a missing end.
    private static func shownLines(_ bytes: [UInt8]) -> [String] {
        var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
        let isWhole = lines.last?.isEmpty ?? true
        if isWhole { lines = lines.dropLast() }
        var shown = lines.enumerated().map { number, line in
            let hasReturn = line.last == 0x0D && (isWhole || number < lines.count - 1)
            let line = hasReturn ? line.dropLast() : line
            return String(decoding: line, as: UTF8.self).split(separator: "\t", omittingEmptySubsequences: false)
                .map { visible(String($0)) }.joined(separator: "\t") + (hasReturn ? "\r\n" : "\n")
        }
        if !isWhole, let last = shown.popLast() { shown.append(last + "\\ No newline at end of file\n") }
        return shown
    }

    private static func applied(_ diff: String, to old: [String]) throws(BrokenPromise) -> [String] {
        var (result, taken): ([String], Int) = ([], 0)
        var lines = diff.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map { String($0) }
            .dropLast()[...]
        try expect(lines.popFirst() == "--- a/file" && lines.popFirst() == "+++ b/file", "no header:\n\(diff)")
        while let line = lines.popFirst() {
            let missing = lines.first?.hasPrefix("\\ ") == true ? (lines.popFirst() ?? "") + "\n" : ""
            let content = String(line.unicodeScalars.dropFirst()) + "\n" + missing
            switch line.unicodeScalars.first {
            case "@":
                let numbers = line.split { !$0.isNumber }.compactMap { Int($0) }
                let hasCount = line.dropFirst(4).prefix { $0 != " " }.contains(",")
                let first = numbers.first ?? 0
                let start = hasCount && numbers.dropFirst().first == 0 ? first : first - 1
                try expect(taken <= start && start <= old.count, "a hunk out of order:\n\(diff)")
                result += old[taken..<start]
                taken = start
            case " ", "-":
                try expect(taken < old.count && old[taken] == content, "a line that is not there:\n\(diff)")
                if line.unicodeScalars.first == " " { result.append(content) }
                taken += 1
            case "+": result.append(content)
            default: throw BrokenPromise(description: "a line of no kind:\n\(diff)")
            }
        }
        return result + old[taken...]
    }
}
