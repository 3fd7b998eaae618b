import Dockerfiles
import SourceText
import Testing

/// Reading: places, faults and bounds.
struct DockerfileTests {
    private static func read(_ text: String) -> Dockerfile {
        Dockerfile(SourceFile(path: "Dockerfile", bytes: Array(text.utf8)))
    }

    private static func faults(_ text: String) -> [String] {
        Stages(read(text)).file.faults.map(\.message)
    }

    @Test("An instruction spans its lines, and a word its place in them")
    func places() {
        let file = Self.read("FROM \\\n# between\n  scr\\\natch AS one\nCOPY a /\n")
        #expect(file.instructions.map(\.keyword) == [.from, .copy])
        #expect(file.source.text(file.instructions[0].span) == "FROM \\\n# between\n  scr\\\natch AS one")
        let stage = Stages(file).stages[0]
        #expect(stage.name == "one")
        #expect(file.lines.text(stage.base) == "scratch")
        #expect(file.source.text(file.lines.span(of: stage.base)) == "scr\\\natch")
    }

    @Test("Directives stand above everything else")
    func directives() {
        #expect(Self.read("# syntax=docker/dockerfile:1\n# escape=`\nFROM scratch\n").escape == UInt8(ascii: "`"))
        #expect(Self.read("# syntax = docker/dockerfile:1 \nFROM scratch\n").syntax?.value == "docker/dockerfile:1")
        #expect(Self.read("FROM scratch\n# syntax=docker/dockerfile:1\n").syntax == nil)
        #expect(Self.read("#!/usr/bin/env x\n# syntax=example.com/x\nFROM scratch\n").syntax?.value == "example.com/x")
        #expect(Self.read("// syntax=example.com/x\n").syntax?.value == "example.com/x")
        #expect(
            Self.faults("# escape=x\nFROM scratch\n") == ["the escape character can only be a backslash or a backtick"])
        #expect(Self.faults("# escape=`\n# escape=`\nFROM scratch\n") == ["the directive `escape` stands twice"])
    }

    @Test(
        "What BuildKit refuses is told",
        arguments: [
            ("", "this Dockerfile has no instructions"), ("# nothing\n", "this Dockerfile has no instructions"),
            ("ARG X=1\n", "this Dockerfile has no `FROM`"),
            ("RUN x\nFROM scratch\n", "`RUN` stands above the first `FROM`"),
            ("FROM\n", "`FROM` has no argument"), ("FROM a b\n", "`FROM` takes an image, or an image, `AS` and a name"),
            ("FROM a AS 1\n", "`1` cannot name a stage"), ("FROM a\nCOPPY x /\n", "there is no instruction `COPPY`"),
            ("FROM a\nCOPY --fron=b x /\n", "`COPY` has no flag `--fron`"),
            ("FROM a\nCOPY --from x /\n", "`--from` has no value"),
            ("FROM a\nCOPY --from=$X x /\n", "`from` takes no variables"),
            ("FROM a\nRUN --mount=from=$X x\n", "`from` takes no variables"),
            ("FROM a\nRUN <<EOF\nx\n", "the here-document `EOF` has no end"),
            ("FROM a\nONBUILD FROM b\n", "`ONBUILD` cannot hold `FROM`"),
        ])
    func faults(_ text: String, _ message: String) {
        #expect(Self.faults(text) == [message])
    }

    @Test("A correct file has no fault")
    func noFaults() {
        #expect(
            Self.faults(
                """
                # a comment
                ARG A=1 B="two words"
                from --platform=$BUILDPLATFORM scratch as Build
                healthcheck --interval=5s cmd ["true"]
                COPY --chmod=755 --link <<-"END" /x
                \tFROM nothing
                \tEND
                RUN --mount=type=secret,id=x --network=none cat <<A <<B
                A
                B
                ONBUILD COPY --from=x y /
                CMD
                """
            ).isEmpty)
    }

    @Test(
        "Whatever stands in a file, reading it takes time in proportion",
        arguments: [
            "\\\n", "A", "FROM a\n", "ARG A=$A$A\n", "ARG A${A:-${A:-\n", "RUN <<A <<A <<A\n",
            "COPY --from=a --from=b ",
            "FROM ${A:-${A:-", "# escape=`\n", "\"", "'", "ONBUILD ", "\u{0}\u{FF}\r", "RUN --mount=from=a,from=b,",
            "x\n",
            "FROM ${A//*?*/*?*}\n", "ARG X=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\nFROM ${X//*a*a*a*b/}\n", "<",
            "FROM a AS a\nCOPY --from=0 x /\n",
        ])
    func bounded(_ unit: String) {
        let unit = Array(unit.utf8)
        let bytes = Array(repeatElement(unit, count: (1 << 18) / unit.count).joined())
        let clock = ContinuousClock()
        let time = clock.measure {
            let stages = Stages(Dockerfile(SourceFile(path: "Dockerfile", bytes: bytes)))
            let graph = StageGraph(stages, StageInputs())
            if let target = graph.target(nil) { _ = graph.needed(by: target) }
            #expect(stages.file.faults.count <= 50)
        }
        // A debug build on a busy machine; quadratic work would take hours.
        #expect(time < .seconds(600), "\(time)")
    }
}
