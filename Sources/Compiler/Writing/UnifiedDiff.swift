import Diagnostics

/// The lines in which two texts differ, as `diff -u` shows them.
///
/// Myers' algorithm on lines, after the common beginning and end are taken off. Beyond `maximumEdits` differences the
/// middle is shown as replaced whole, which keeps the time and memory of a hostile file bounded.
package struct UnifiedDiff {
    fileprivate enum Edit { case keep, remove, insert }

    static let maximumEdits = 1000
    static let context = 3

    /// The diff with its two header lines; empty when the texts are equal.
    package static func text(old: [UInt8], new: [UInt8], oldName: String, newName: String) -> VisibleText {
        if old == new { return "" }
        let (a, b) = (lines(old), lines(new))
        var text = "--- \(visible(oldName))\n+++ \(visible(newName))\n"
        let edits = edits(a, b)
        var (line, other, position) = (0, 0, 0)
        while position < edits.count {
            guard edits[position].isChange else {
                line += 1
                other += 1
                position += 1
                continue
            }
            // A hunk goes on while the next change is near enough for their contexts to touch.
            let start = max(0, position - context)
            var end = position
            var next = position
            while next < edits.count, next - end <= 2 * context {
                if edits[next].isChange { end = next }
                next += 1
            }
            let stop = min(edits.count, end + 1 + context)
            let before = position - start
            let hunk = edits[start..<stop]
            let removed = hunk.count { $0 != .insert }
            let inserted = hunk.count { $0 != .remove }
            text += "@@ -\(range(line - before, removed)) +\(range(other - before, inserted)) @@\n"
            (line, other) = (line - before, other - before)
            for edit in hunk {
                switch edit {
                case .keep:
                    text += shown(" ", a[line])
                    line += 1
                    other += 1
                case .remove:
                    text += shown("-", a[line])
                    line += 1
                case .insert:
                    text += shown("+", b[other])
                    other += 1
                }
            }
            position = stop
        }
        return VisibleText(ofVisibleParts: text)
    }

    private static func range(_ start: Int, _ count: Int) -> String {
        count == 1 ? "\(start + 1)" : "\(count == 0 ? start : start + 1),\(count)"
    }

    private static func shown(_ sign: String, _ line: ArraySlice<UInt8>) -> String {
        let isWhole = line.last == 0x0A
        // A tab is harmless, and so is the carriage return of a line end, and `patch` wants both; everything else that
        // could steer a terminal is made visible.
        var line = isWhole ? line.dropLast() : line
        let hasReturn = isWhole && line.last == 0x0D
        if hasReturn { line = line.dropLast() }
        let content = String(decoding: line, as: UTF8.self)
        let text =
            line.contains(0x09)
            ? content.split(separator: "\t", omittingEmptySubsequences: false).map { visible(String($0)) }
                .joined(separator: "\t")
            : visible(content)
        return sign + text + (hasReturn ? "\r" : "") + (isWhole ? "\n" : "\n\\ No newline at end of file\n")
    }

    private static func lines(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
        var result: [ArraySlice<UInt8>] = []
        var start = 0
        while start < bytes.count {
            let end = bytes[start...].firstIndex(of: 0x0A).map { $0 + 1 } ?? bytes.count
            result.append(bytes[start..<end])
            start = end
        }
        return result
    }

    private static func edits(_ a: [ArraySlice<UInt8>], _ b: [ArraySlice<UInt8>]) -> [Edit] {
        var prefix = 0
        while prefix < min(a.count, b.count), a[prefix] == b[prefix] { prefix += 1 }
        var suffix = 0
        while suffix < min(a.count, b.count) - prefix, a[a.count - 1 - suffix] == b[b.count - 1 - suffix] {
            suffix += 1
        }
        let middle = shortest(Array(a[prefix..<(a.count - suffix)]), Array(b[prefix..<(b.count - suffix)]))
        return Array(repeating: .keep, count: prefix) + middle + Array(repeating: .keep, count: suffix)
    }

    private static func shortest(_ a: [ArraySlice<UInt8>], _ b: [ArraySlice<UInt8>]) -> [Edit] {
        let replaced = Array(repeating: Edit.remove, count: a.count) + Array(repeating: Edit.insert, count: b.count)
        if a.isEmpty || b.isEmpty { return replaced }
        let bound = min(a.count + b.count, maximumEdits)
        // `reached[d][k + d]` is how far down `a` the furthest path of d edits on diagonal k comes.
        var reached: [[Int]] = []
        var previous: [Int] = []
        for edits in 0...bound {
            var row = [Int](repeating: 0, count: 2 * edits + 1)
            for k in stride(from: -edits, through: edits, by: 2) {
                var x: Int
                if edits == 0 {
                    x = 0
                } else {
                    let down = k < edits ? value(previous, edits - 1, k + 1) : nil
                    let right = k > -edits ? value(previous, edits - 1, k - 1).map { $0 + 1 } : nil
                    x = max(down ?? -1, right ?? -1)
                }
                while x < a.count, x - k >= 0, x - k < b.count, a[x] == b[x - k] { x += 1 }
                row[k + edits] = x
                if x >= a.count, x - k >= b.count {
                    reached.append(row)
                    return path(reached, a.count, b.count)
                }
            }
            reached.append(row)
            previous = row
        }
        return replaced
    }

    private static func value(_ row: [Int], _ edits: Int, _ k: Int) -> Int? {
        abs(k) <= edits ? row[k + edits] : nil
    }

    /// Walks back from the end over the rows that were reached.
    private static func path(_ reached: [[Int]], _ width: Int, _ height: Int) -> [Edit] {
        var edits: [Edit] = []
        var (x, y) = (width, height)
        for number in stride(from: reached.count - 1, to: 0, by: -1) {
            let k = x - y
            let down = value(reached[number - 1], number - 1, k + 1)
            let right = value(reached[number - 1], number - 1, k - 1)
            let goesDown = k == -number || (k != number && (right ?? -1) + 1 <= (down ?? -1))
            let startX = goesDown ? down ?? 0 : right ?? 0
            let startY = startX - (goesDown ? k + 1 : k - 1)
            let afterX = goesDown ? startX : startX + 1
            while x > afterX {
                edits.append(.keep)
                x -= 1
                y -= 1
            }
            edits.append(goesDown ? .insert : .remove)
            (x, y) = (startX, startY)
        }
        edits += Array(repeating: .keep, count: x)
        return edits.reversed()
    }
}

extension UnifiedDiff.Edit {
    fileprivate var isChange: Bool { self != .keep }
}
