import Diagnostics
import Rules
import Testing

/// What is said of a code at length.
struct ExplanationTests {
    @Test(
        "The levels that a code can be set to are all but its own",
        arguments: [
            (Code.movingTag, "`rules: {moving-tag: off}` sets the level to `off`, `info` or `error`;"),
            (.cannotResolve, "`rules: {cannot-resolve: off}` sets the level to `off`, `warning` or `error`;"),
            (.writableRoot, "`rules: {writable-root: warning}` sets the level, to `info`, `warning` or `error`;"),
        ])
    func levels(_ code: Code, _ text: String) throws {
        let levels = try #require(Explanation.all.first { $0.code == code }).levels
        #expect(levels.contains(text), "\(levels)")
    }
}
