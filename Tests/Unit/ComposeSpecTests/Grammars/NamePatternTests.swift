import Testing

@testable import ComposeSpec

/// Patterns of names mean what they mean as regular expressions, and what they may not hold is told with its place.
@Suite
struct NamePatternTests {
    @Test(
        "The whole name fits, or it does not",
        arguments: [
            ("a?b", ["b", "ab"], ["", "a", "aab", "abb"]),
            ("a*b", ["b", "ab", "aaab"], ["a", "abb"]),
            ("a+b", ["ab", "aab"], ["b", "a"]),
            ("a{2}", ["aa"], ["a", "aaa"]),
            ("a{2,}", ["aa", "aaaa"], ["a"]),
            ("a{1,3}", ["a", "aa", "aaa"], ["", "aaaa"]),
            ("a{0,2}b", ["b", "ab", "aab"], ["aaab"]),
            ("a{10}", ["aaaaaaaaaa"], ["a", "aaaaaaaaa"]),
            ("(ab|c|)d", ["abd", "cd", "d"], ["ad", "abcd"]),
            ("a|b|cd", ["a", "b", "cd"], ["", "ab", "c", "acd"]),
            ("(?:ab)+", ["ab", "abab"], ["aba", "?:ab"]),
            ("((a|b)c)*", ["", "ac", "bcac"], ["a", "acb"]),
            ("()*a", ["a"], ["aa"]),
            ("[a-c]x", ["ax", "bx", "cx"], ["dx", "-x", "x"]),
            ("[b-b]", ["b"], ["a", "c"]),
            ("[^a-c]", ["d", "-", "é"], ["a", "b", "c"]),
            ("[]a]", ["]", "a"], ["b"]),
            ("[a-]", ["a", "-"], ["b"]),
            ("[-a]", ["a", "-"], ["b"]),
            ("[\\d_]+", ["0_9"], ["a"]),
            ("[\\w-]+", ["aZ_9-"], ["."]),
            ("[?-A]", ["?", "@", "A"], [">", "B"]),
            (".", ["a", "\u{1}", "~"], ["", "ab"]),
            ("\\d\\w\\.", ["0a.", "9_."], ["a0.", "0-.", "0ab"]),
            ("\\$\\^", ["$^"], [""]),
            ("^ab$", ["ab"], ["^ab$", "ab$", "^ab"]),
            ("a$b^", ["a$b^"], ["ab", "a$b"]),
            ("", [""], ["a"]),
        ] as [(String, [String], [String])])
    func matching(_ text: String, _ fitting: [String], _ others: [String]) throws {
        let pattern = try NamePattern(text)
        // A name outside of ASCII is more than one byte.
        for name in fitting where name.utf8.count == name.count { #expect(pattern.matches(name.utf8), "\(name)") }
        for name in others { #expect(!pattern.matches(name.utf8), "\(name)") }
    }

    @Test("A byte outside of ASCII is in no class but those that are turned round")
    func bytes() throws {
        for (text, fits) in [(".", true), ("[^a]", true), ("[a]", false), ("\\w", false), ("\\d", false)] {
            #expect(try NamePattern(text).matches([0x80]) == fits, "\(text)")
            #expect(try NamePattern(text).matches([0xFF]) == fits, "\(text)")
        }
        var set = NamePattern.ByteClass()
        for byte in UInt8.min...127 {
            #expect(!set.contains(byte))
            set.insert(byte)
            #expect(set.contains(byte))
        }
        #expect(!set.contains(128))
    }

    @Test(
        "What is no pattern is told with its place",
        arguments: [
            ("a)", 1, "a `)` without its `(`"),
            ("(a", 0, "a `(` is not closed"),
            ("x[ab", 1, "a `[` is not closed"),
            ("x[]", 1, "a `[` is not closed"),
            ("x[a-", 1, "a `[` is not closed"),
            ("*a", 0, "a repetition repeats nothing"),
            ("a|+", 2, "a repetition repeats nothing"),
            ("a{}", 2, "a number was expected in `{}`"),
            ("a{2", 3, "a repetition is not closed by `}`"),
            ("a{2;}", 3, "a repetition is not closed by `}`"),
            ("a{3,2}", 6, "a repetition's bounds are the wrong way round"),
            ("a{256}", 2, "a repetition of more than 255"),
            ("(?=a)", 1, "look-around and named groups are not supported"),
            ("a\\", 2, "the pattern ends in `\\`"),
            ("a\\b", 2, "`\\b` is not supported"),
            ("é", 0, "a character that is not ASCII; names have none"),
            ("a\\é", 2, "a character that is not ASCII; names have none"),
            ("[é]", 1, "a character that is not ASCII; names have none"),
            ("[a-é]", 3, "a character that is not ASCII; names have none"),
            ("[b-a]", 1, "a range is the wrong way round"),
        ])
    func faults(_ text: String, _ offset: Int, _ reason: String) {
        let fault = #expect(throws: NamePattern.Fault.self) { try NamePattern(text) }
        #expect(fault?.reason == reason)
        #expect(fault?.offset == offset)
    }

    @Test("Depth, repetitions and the size written out are bounded")
    func bounds() throws {
        func nested(_ count: Int) -> String {
            String(repeating: "(", count: count) + "a" + String(repeating: ")", count: count)
        }
        #expect(try NamePattern(nested(31)).matches("a".utf8))
        #expect(throws: NamePattern.Fault.self) { try NamePattern(nested(32)) }
        #expect(try NamePattern("a{255}").matches(repeatElement(UInt8(ascii: "a"), count: 255)))
        // Beside each byte there is the step that ends the whole.
        #expect(try NamePattern("(a{250}){39}(a{249})").matches("a".utf8) == false)
        #expect(throws: NamePattern.Fault.self) { try NamePattern("(a{250}){40}") }
        #expect(try NamePattern("(a{250}){39}a{249}").matches("a".utf8) == false)
        #expect(try NamePattern("(){255}a").matches("a".utf8))
    }

    @Test("What takes more steps than there are is not known")
    func steps() throws {
        let pattern = try NamePattern("(a|b)*c")
        var many = 1000
        #expect(pattern.matches("abac".utf8, within: &many) == true)
        // One for each step that is entered, and one for each that may read a byte.
        #expect(many > 0)
        var left = 5
        #expect(try NamePattern("ab").matches("ab".utf8, within: &left) == true && left == 0)
        var exactly = 1000 - many
        #expect(pattern.matches("abac".utf8, within: &exactly) == true)
        #expect(exactly == 0)
        var few = 1000 - many - 1
        #expect(pattern.matches("abac".utf8, within: &few) == nil)
    }
}
