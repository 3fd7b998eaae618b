import Testing

@testable import ComposeSpec

/// What a text with variables is, whatever they are set to.
struct VariableTextTests {
    @Test(
        "A text is never empty where a variable that is empty counts as unset, and then there is something",
        arguments: [
            ("a$A", true), ("$A", false), ("${A}", false), ("", false), ("${A:-x}", true), ("${A-x}", false),
            ("${A:-}", false), ("${A:?x}", true), ("${A?x}", false), ("${A:+x}", false), ("${A+x}", false),
            ("${A:-${B:-x}}", true), ("${A:-${B-x}}", false), ("${A:-$B}", false), ("$A${B:-x}", true),
        ])
    func neverEmpty(_ text: String, _ expected: Bool) { #expect(VariableText(text)?.isNeverEmpty == expected) }

    @Test(
        "Words that take a variable's place stand in their place all, or none",
        arguments: [
            ("a${A:+b}", [.text("a")], [.text("a"), .text("b")]),
            ("${A:+b${B:+c}}", [], [.text("b"), .text("c")]),
            ("${A:-b${B:+c}}", [.text("b")], [.text("b"), .text("c")]),
            ("${A:+$B}$C", [.hole], [.hole, .hole]),
        ] as [(String, [VariableText.Hole], [VariableText.Hole])])
    func alternatives(_ text: String, _ without: [VariableText.Hole], _ with: [VariableText.Hole]) throws {
        let variables = try #require(VariableText(text))
        #expect(variables.holed(putsIn: false) == without)
        #expect(variables.holed(putsIn: true) == with)
    }
}
