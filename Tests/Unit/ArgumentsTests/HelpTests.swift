import Arguments
import Testing

/// What help says.
struct HelpTests {
    @Test("Help is set in the columns that there are", arguments: [20, 60, 80, 200])
    func width(_ width: Int) {
        for command in Sample.commands {
            let help = Sample.program.help(of: command, width: width, withHidden: true)
            for line in help.split(separator: "\n") where !line.hasPrefix("USAGE") {
                #expect(line.count <= max(width, 46), "\(line)")
            }
        }
    }

    @Test func command() {
        let help = Sample.program.help(of: Sample.commands[0], width: 80)
        #expect(
            help.hasPrefix(
                "OVERVIEW: Cook dishes.\n\nSlowly.\n\nUSAGE: kitchen cook [<options>] [<dish> ...]\n\nARGUMENTS:\n"))
        #expect(help.contains("  --colour <colour>       Of the plate. (values: red, green; default: red)\n"))
        #expect(help.contains("  -p, --pot <name>        Which pot.\n"))
        #expect(!help.contains("limit-fire"))
        #expect(
            Sample.program.help(of: Sample.commands[0], width: 80, withHidden: true).contains("--limit-fire <number>"))
        #expect(Sample.program.help(of: Sample.commands[1], width: 80).contains("USAGE: kitchen wash [--dry]\n"))
        #expect(
            Sample.program.help(of: Sample.commands[3], width: 80).contains(
                "USAGE: kitchen buy [<options>] <thing> ...\n"))
    }

    @Test("A command line that is not understood is told with how it would look")
    func wrongUsage() {
        let message = Sample.program.message(WrongUsage("no"), in: Sample.commands[2])
        #expect(message == "kitchen: no\nUsage: kitchen serve [<options>] [<dish>]\nSee `kitchen serve --help`.\n")
        let unknown = Sample.program.noCommand("cok").message
        #expect(unknown == "there is no command `cok`; did you mean `cook`?")
        #expect(Sample.program.noCommand("x").message == "there is no command `x`, only cook, wash, serve and buy")
    }
}
