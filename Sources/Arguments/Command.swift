import Diagnostics

/// A command of a program: its name, what help says of it, and its table.
package struct Command: Sendable {
    package let name: String
    package let abstract: String
    package let discussion: String
    /// How its command lines look, where that cannot be told from the table.
    let ownUsage: [String]
    private let declare: @Sendable (inout Options) -> Void

    /// - Parameter declare: asks for everything that the command takes, whatever it is told that was stated.
    package init(
        _ name: String, _ abstract: String, discussion: String = "", usage: [String] = [],
        declare: @escaping @Sendable (inout Options) -> Void
    ) {
        self.name = name
        self.abstract = abstract
        self.discussion = discussion
        ownUsage = usage
        self.declare = declare
    }

    /// The table of what the command takes, in the order of help; the last three are every command's.
    ///
    /// - Parameter isDescribed: whether values and defaults are filled in, which reading does not need.
    package func table(isDescribed: Bool = true) -> [Declaration] {
        var options = Options(listing: isDescribed)
        declare(&options)
        return options.table + [.version, .help, .hiddenHelp]
    }

    /// Command lines as help shows them, without the program's name.
    func usage(_ table: [Declaration]) -> [String] {
        if !ownUsage.isEmpty { return ownUsage }
        guard let operand = table.first(where: { $0.kind == .operand }) else {
            let common = [Declaration.version, .help, .hiddenHelp].map(\.name)
            let options = table.filter { !$0.isHidden && !common.contains($0.name) }
            let few = options.map { "[\($0.spelling)\($0.kind == .option ? " <\($0.value)>" : "")]" }
            return ["\(name) " + (few.count <= 6 ? few.joined(separator: " ") : "[<options>]")]
        }
        let word = operand.spelling + (operand.isRepeating ? " ..." : "")
        return ["\(name) [<options>] " + (operand.isRequired ? word : "[\(word)]")]
    }
}

/// A program: what stands over its commands.
package struct Program: Sendable {
    package let name: String
    package let abstract: String
    package let discussion: String
    package let commands: [Command]

    package init(_ name: String, _ abstract: String, discussion: String, commands: [Command]) {
        self.name = name
        self.abstract = abstract
        self.discussion = discussion
        self.commands = commands
    }

    /// The program itself as a command: what may stand where a command's name should.
    package var itself: Command { Command("", abstract, discussion: discussion, usage: ["<subcommand>"]) { _ in } }

    /// A name that no command has.
    package func noCommand(_ word: String) -> WrongUsage {
        let names = commands.map(\.name)
        let match =
            closestMatch(to: word, among: names).map { "; did you mean `\($0)`?" } ?? ", only \(listed(names, "and"))"
        return WrongUsage("there is no command \(quoted(word))\(match)")
    }

    /// What is printed of a command line that is not understood; one line, and two more where a command is known.
    package func message(_ fault: WrongUsage, in command: Command?) -> String {
        let first = "\(name): \(visible(fault.message))\n"
        guard let command else { return first }
        let usage = command.usage(command.table(isDescribed: false)).map { "\(name) \($0)" }
        let help = command.name.isEmpty ? "\(name) --help" : "\(name) \(command.name) --help"
        return first + "Usage: \(usage.joined(separator: "\n       "))\nSee `\(help)`.\n"
    }
}
