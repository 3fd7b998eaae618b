import Testing

@testable import YAMLSyntax

/// The layout of emitted files.
struct NodeWritingTests {
    @Test func layoutOfNestedCollections() throws {
        let text = """
            services:
              db:
                image: postgres:16
                ports:
                  - "22:22"
                  - 5432:5432
                  - target: 80
                    published: "8080"
                matrix:
                  - - a
                    - b
                  - - c
                deploy:
                  resources:
                    limits:
                      cpus: "0.5"
                networks: {}
                dns: []

            """
        #expect(try rewritten(text) == text)
    }

    @Test func styleIsUnified() throws {
        #expect(
            try rewritten("a:\n- 'x'\n-   k: \"z\"\n    w: {v: 1, u: [p]}\n")
                == """
                a:
                  - x
                  - k: z
                    w:
                      v: 1
                      u: [p]

                """)
    }

    @Test func shortFlowSequencesStay() throws {
        let test = "test: [CMD, curl, -f, http://localhost:8000/health]\n"
        #expect(try rewritten(test) == test)
        #expect(
            try rewritten("a: ['x, y', \"on\", null, , 3, ~, 'it''s']".replacing(", ,", with: ","))
                == "a: [\"x, y\", \"on\", null, 3, ~, it's]\n")
        let full = "key: [\(String(repeating: "日", count: 93))]\n"
        #expect(try rewritten(full) == full)
        let wide = String(repeating: "日", count: 94)
        #expect(try rewritten("key: [\(wide)]\n") == "key:\n  - \(wide)\n")
        #expect(try rewritten("key: [{a: b}, [c]]\n") == "key:\n  - a: b\n  - [c]\n")
        #expect(try rewritten("key: [\"a\\nb\"]\n") == "key:\n  - |-\n    a\n    b\n")
    }

    @Test(arguments: [
        "1", "010", "0x1F", "1_000", "1.10", "1e3", ".inf", "true", "False", "null", "~", "2025-01-29",
        "2025-01-29T01:02:03Z", "-0", "08", "18446744073709551615",
    ])
    func authorsTypesArriveVerbatim(_ scalar: String) throws {
        let text = "a: \(scalar)\nb:\n  - \(scalar)\nc: [\(scalar)]\n"
        #expect(try rewritten(text) == text)
    }

    @Test(arguments: [
        "on", "yes", "22:22", "12:30:45", "2024-13-45", "2024-02-30", "1e1000", "=", "190:20:30.15", "0b_",
        "2024-01-01 00:00:00 +1", "y", "Y", "n", "N",
    ])
    func authorsStringsAreQuotedForOtherReaders(_ scalar: String) throws {
        #expect(try rewritten("a: \(scalar)\n") == "a: \"\(scalar)\"\n")
    }

    @Test func authorsQuotedNumbersStayStrings() throws {
        #expect(try rewritten("a: '012'\nb: \"true\"\nc: ''\nd: '~'") == "a: \"012\"\nb: \"true\"\nc: \"\"\nd: \"~\"\n")
    }

    @Test func tagsKeepTheirMeaning() throws {
        #expect(
            try rewritten(
                "a: !!str 123\nb: !!int \"3\"\nc: !!float 3\ne: !!str\nf: !!null ''\ng: !custom on\n"
            )
                == """
                a: "123"
                b: 3
                c: !!float 3
                e: ""
                f:
                g: "on"

                """)
    }

    @Test func nullsStayAsWritten() throws {
        let text = "a:\nb: null\nc: ~\nd:\n  -\n  - null\ne: [null]\n"
        #expect(try rewritten(text) == text)
    }

    @Test func quotesAreChosenForReading() throws {
        #expect(try rewritten("a: 'say \"hi\": now'") == "a: 'say \"hi\": now'\n")
        #expect(try rewritten("a: \"it's: \\\"x\\\"\"") == "a: \"it's: \\\"x\\\"\"\n")
        #expect(try rewritten("a: '[\\d]'") == "a: '[\\d]'\n")
        #expect(try rewritten("a: \"x\\ty\"") == "a: \"x\\ty\"\n")
        #expect(try rewritten("a: '$FOO ${BAR:-x} $$'") == "a: $FOO ${BAR:-x} $$\n")
    }

    @Test func blocksBecomeLiteral() throws {
        #expect(
            try rewritten(
                "a: \"x\\ny\"\nb:\n  - \"x\\n y\\n\"\n  - k: \" x\\ny\\n\\n\"\n  - z\nc: >\n  p\n  q\n\n  r\n")
                    == """
                    a: |-
                      x
                      y
                    b:
                      - |
                        x
                         y
                      - k: |2+
                           x
                          y

                      - z
                    c: |
                      p q
                      r

                    """)
        #expect(
            try rewritten("a: \"\\n\\n\"\nb: \"x\\n \"\nc: \"x\\r\\ny\"")
                == "a: \"\\n\\n\"\nb: \"x\\n \"\nc: \"x\\r\\ny\"\n")
    }

    @Test func keysAreStrings() throws {
        #expect(
            try rewritten("1: a\ntrue: b\n~: c\n'on': d\n\"x: y\": e\n\"p\\nq\": f\nplain.key/9: g")
                == "\"1\": a\n\"true\": b\n\"~\": c\n\"on\": d\n\"x: y\": e\n\"p\\nq\": f\nplain.key/9: g\n")
    }

    @Test func longKeysStandBehindAMark() throws {
        let fits = String(repeating: "é", count: 1024)
        let long = String(repeating: "k", count: 1025)
        #expect(try rewritten("\(fits): v\n") == "\(fits): v\n")
        let text = "a:\n  - ? \(long)\n    : b: c\n"
        #expect(try rewritten(text) == "a:\n  - ? \(long)\n    :\n      b: c\n")
        let again = try rewritten(text)
        #expect(try rewritten(again) == again)
    }

    @Test(arguments: ["---", "...", "--- a", "\u{FEFF}a", "a", "12", "[]", "{}", "on", "|\n  x\n  y\n"])
    func rootsCanBeAnything(_ text: String) throws {
        let quoted = text.hasPrefix("-") || text.hasPrefix(".") || text.hasPrefix("\u{FEFF}") ? "\"\(text)\"" : text
        let tree = try parse(quoted)
        #expect(try parse(try rewritten(quoted)).meaning(NodeID(index: 0)) == tree.meaning(tree.root))
    }

    @Test func commentsAndBlankLines() throws {
        var writer = YAMLWriter()
        writer.comment("one\n\ntwo \u{2028}x: y\r \u{85}z \u{1}é")
        writer.key("a", indent: 0)
        writer.endLine()
        writer.comment("three", indent: 2)
        writer.entry("k", "x\n\n", indent: 2)
        writer.blankLine()
        writer.comment("below a block that keeps its line ends")
        writer.entry("b", "x\n", indent: 0)
        writer.blankLine()
        writer.key("c", indent: 0)
        writer.endLine()
        writer.item("on", indent: 2)
        let text = String(decoding: writer.bytes, as: UTF8.self)
        #expect(
            text == """
                # one
                #
                # two  x: y   z  é
                a:
                  # three
                  k: |+
                    x

                # below a block that keeps its line ends
                b: |
                  x

                c:
                  - "on"

                """)
        let tree = try parse(text)
        #expect(tree.text(try tree.node("a", "k")) == "x\n\n")
        #expect(tree.text(try tree.node("b")) == "x\n")
        #expect(tree.entries(tree.root).count == 3)
    }
}
