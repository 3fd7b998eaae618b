import Foundation
import TestSupport
import Testing

@testable import Compiler

/// `patch` applies our diffs, and they are as short as `diff -u` makes them.
struct UnifiedDiffTests {
    private static func text(_ lines: [String], _ isWhole: Bool) -> [UInt8] {
        Array((lines.joined(separator: "\n") + (isWhole && !lines.isEmpty ? "\n" : "")).utf8)
    }

    private static func randomLines(_ count: Int, _ words: Int) -> [String] {
        (0..<count).map { _ in "line \(Int.random(in: 0..<words))" }
    }

    @Test("Random texts", .enabled(if: Tool.patch.isExpected, "patch is not installed"))
    func random() throws {
        let folder = try ScratchFolder()
        var cases: [(old: [UInt8], new: [UInt8])] = []
        for round in 0..<150 {
            let old = Self.randomLines(Int.random(in: 0...40), round % 3 == 0 ? 3 : 30)
            var new = old
            for _ in 0..<Int.random(in: 0...6) {
                let place = Int.random(in: 0...new.count)
                if Bool.random(), place < new.count {
                    new.remove(at: place)
                } else {
                    new.insert("new \(Int.random(in: 0..<5))", at: place)
                }
            }
            if round % 10 == 0 { new = Self.randomLines(Int.random(in: 0...40), 4) }
            cases.append((Self.text(old, Bool.random()), Self.text(new, Bool.random())))
        }
        var script = ""
        for (index, item) in cases.enumerated() {
            try folder.write("old\(index)", item.old)
            try folder.write("new\(index)", item.new)
            let diff = UnifiedDiff.text(old: item.old, new: item.new, oldName: "a/file", newName: "b/file").text
            #expect(diff.isEmpty == (item.old == item.new))
            try folder.write("diff\(index)", diff)
            // Applied to the old text our diff gives the new one, and it changes no more lines than that of `diff`.
            script += """
                cp old\(index) file
                if [ -s diff\(index) ]; then patch -s -p1 file diff\(index) || echo "\(index): patch refuses"; fi
                cmp -s file new\(index) || { [ ! -e file ] && [ ! -s new\(index) ]; } || echo "\(index): another text"
                ours=$(grep -c '^[-+]' diff\(index)); theirs=$(diff -d -u old\(index) new\(index) | grep -c '^[-+]')
                [ "$ours" -le "$theirs" ] || echo "\(index): $ours lines instead of $theirs"

                """
        }
        let result = try Tool.run(["sh", "-c", script], in: folder.url)
        #expect(result.output.isEmpty && result.errors.isEmpty, "\(result.output)\(result.errors)")
    }

    @Test("Too many differences are shown as one replacement, in bounded time")
    func bounded() {
        let old = Self.text((0..<20_000).map { "a\($0)" }, true)
        let new = Self.text((0..<20_000).map { "b\($0)" }, true)
        let diff = UnifiedDiff.text(old: old, new: new, oldName: "a/f", newName: "b/f").text
        #expect(diff.hasPrefix("--- a/f\n+++ b/f\n@@ -1,20000 +1,20000 @@\n-a0\n"))
        #expect(diff.split(separator: "\n").count == 40_003)
    }

    @Test func hunks() {
        let old = Self.text((1...30).map(String.init), true)
        let new = Self.text((1...30).map { $0 == 5 || $0 == 25 ? "changed" : String($0) }, true)
        #expect(
            UnifiedDiff.text(old: old, new: new, oldName: "a/f", newName: "b/f") == """
                --- a/f
                +++ b/f
                @@ -2,7 +2,7 @@
                 2
                 3
                 4
                -5
                +changed
                 6
                 7
                 8
                @@ -22,7 +22,7 @@
                 22
                 23
                 24
                -25
                +changed
                 26
                 27
                 28

                """)
    }
}
