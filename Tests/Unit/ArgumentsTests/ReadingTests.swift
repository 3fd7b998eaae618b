import Arguments
import Testing

/// What command lines come to.
struct ReadingTests {
    @Test("Nothing stated is the defaults")
    func nothing() throws { #expect(try Sample.read("") == Sample.Cook()) }

    @Test(
        "A value stands behind `=` or is the next word, and letters share a hyphen",
        arguments: [
            "--pot big -q a b", "--pot=big a --quiet b", "a -qp big b", "a -pq big b", "-q -p=big a b",
            "a b -p big -q --",
        ])
    func spellings(_ line: String) throws {
        #expect(try Sample.read(line) == Sample.Cook(dishes: ["a", "b"], isQuiet: true, pot: "big"))
    }

    @Test("The last value counts, lists keep all")
    func repetition() throws {
        #expect(try Sample.read("--pot a --pot b --colour red --colour green").pot == "b")
        #expect(try Sample.read("--colour red --colour=green").colour == .green)
        #expect(try Sample.read("--size 1 --size=22").sizes == [1, 22])
        #expect(try Sample.read("--hot --hot").isHot)
    }

    @Test("What takes several words takes them up to the next option")
    func several() throws {
        #expect(try Sample.read("--spice a b -q c") == Sample.Cook(dishes: ["c"], isQuiet: true, spices: ["a", "b"]))
        #expect(try Sample.read("--spice=a b --spice c").spices == ["a", "b", "c"])
        #expect(try Sample.read("--spice a -- b") == Sample.Cook(dishes: ["b"], spices: ["a"]))
    }

    @Test("Behind -- nothing is an option; - and an empty word never are")
    func end() throws {
        #expect(try Sample.read("- '' -- --hot -q --help --").dishes == ["-", "", "--hot", "-q", "--help", "--"])
        #expect(try !Sample.read("-- --hot").isHot)
    }

    @Test(
        "What is wrong is told with what would be right",
        arguments: [
            ("--colur red", "there is no option `--colur`; did you mean `--colour`?"),
            ("--dry", "there is no option `--dry` of `cook`; `wash` has it"),
            (
                "--dish x",
                "there is no option `--dish` of `cook`, which takes that as an argument: `kitchen cook <dish>`"
            ),
            ("--nothing-like-it", "there is no option `--nothing-like-it`"),
            ("-x", "there is no option `-x`"), ("-qx", "there is no option `-x` in `-qx`"),
            ("-quiet", "there is no option `-u` in `-quiet`; did you mean `--quiet`?"),
            ("--colour blue", "`blue` is no value of `--colour`, which takes red or green"),
            ("--colour gren", "`gren` is no value of `--colour`, which takes red or green; did you mean `green`?"),
            ("--pot", "`--pot` needs a value: --pot <name>"), ("-p", "`-p` needs a value: -p <name>"),
            (
                "--pot --hot",
                "`--pot` needs a value: --pot <name>; one that begins with a hyphen stands behind `=`: --pot=..."
            ),
            ("--pot -- x", "`--pot` needs a value: --pot <name>"),
            ("--pot= x", "behind `--pot=` a value is missing: --pot=<name>"),
            ("--spice", "`--spice` needs a value: --spice <name>"),
            ("--hot=yes", "`--hot` takes no value, but here is `yes`"),
            ("---hot", "`---hot` is no option; a word that begins with a hyphen goes behind `--`"),
            ("-=x", "`-=x` is no option; a word that begins with a hyphen goes behind `--`"),
            ("--size x", "`x` is no size"), ("--hot -p small", "--hot bursts the small pot"),
            ("--limit-fire hot", "`hot` is no value of `--limit-fire`, which takes a whole number"),
            ("--limit-fire 0", "`--limit-fire` must be at least 1"),
            ("--limit-fire 10", "`--limit-fire` may be at most 9"),
        ])
    func faults(_ line: String, _ message: String) { #expect(Sample.fault(line) == message) }

    @Test("Operands are counted")
    func counts() {
        #expect(Sample.fault("a", of: "wash") == "`wash` takes no argument, but here is `a`")
        #expect(Sample.fault("a b", of: "serve") == "`serve` takes one <dish>, but here is a second: `b`")
        #expect(Sample.fault("", of: "buy") == "a <thing> is missing")
        #expect(Sample.fault("a b", of: "buy") == nil)
    }

    @Test("Help answers what does not fit together, but no value that cannot be read; version comes after it")
    func requests() throws {
        #expect(try Sample.request("--nope -h") == .help)
        #expect(try Sample.request("--hot --pot small --help --version") == .help)
        #expect(try Sample.request("--version x") == .version)
        #expect(try Sample.request("--help-hidden") == .hiddenHelp)
        #expect(try Sample.request("--hot") == nil)
        #expect(Sample.fault("--colour blue --help") != nil)
        #expect(Sample.fault("--pot --help") != nil)
    }

    @Test("Nothing that was typed reaches a terminal as it is")
    func hostileWords() {
        let hostile = "--a\n::error::b\u{1B}[31m\u{202E}"
        for line in [[hostile], ["-\n\u{1B}"], ["--hot=" + hostile], ["--colour", "\u{1B}c"], ["--size", "\u{9B}\r"]] {
            let reading = Reading(line[...], of: Sample.commands[0], in: Sample.program)
            var options = reading.options
            _ = Sample.cook(&options)
            do {
                _ = try reading.request(options)
                Issue.record("\(line) is taken")
            } catch {
                let message = Sample.program.message(error, in: nil)
                let isPlain = message.dropLast().unicodeScalars.allSatisfy {
                    $0.value >= 0x20 && !(0x7F..<0xA0 ~= $0.value)
                }
                #expect(isPlain && !message.unicodeScalars.contains("\u{202E}"), "\(message)")
                #expect(message.hasSuffix("\n") && message.split(separator: "\n").count == 1)
            }
        }
        let long = String(repeating: "x", count: 100_000)
        #expect((Sample.fault("--" + long) ?? long).utf8.count < 1000)
    }
}
