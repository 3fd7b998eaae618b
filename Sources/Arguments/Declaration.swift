/// One thing that a command line may hold: an entry of the table from which reading, help, completion, the manual and
/// the reference pages come.
package struct Declaration: Sendable {
    package enum Kind: String, Sendable {
        /// A word that stands for itself, such as a manifest.
        case operand
        /// `--root FOLDER` or `--root=FOLDER`.
        case option
        /// `--check`.
        case flag
    }

    package var kind: Kind
    /// An option's name without its hyphens; an operand's is what help calls its value.
    package var name: String
    /// A letter or digit of ASCII, for `-q`.
    package var short: Character?
    /// What help calls the value; empty for a flag.
    package var value = ""
    package var help: String
    package var completion = Completion.nothing
    /// Whether it may be stated again, each time with a meaning of its own.
    package var isRepeating = false
    /// Whether `--affected-by a b` are two values: all words up to the next option.
    package var takesSeveral = false
    package var isRequired = false
    /// Whether help, completion and pages are silent about it.
    package var isHidden = false
    /// The values that there are, where they can be counted; known only to a table that is asked for to describe it.
    package var values: [String] = []
    /// What holds unless it is stated; known as `values` are.
    package var standard: String?

    /// As it is typed: `--check`, or `<manifest>`.
    package var spelling: String { kind == .operand ? "<\(name)>" : "--" + name }

    /// As help shows it: `-o, --output <file>`.
    var label: String {
        let letter = short.map { "-\($0), " } ?? ""
        return letter + spelling + (kind == .option ? " <\(value)>" : "")
    }

    /// Every command's own two.
    static let version = Declaration(kind: .flag, name: "version", help: "Show the version.")
    static let help = Declaration(kind: .flag, name: "help", short: "h", help: "Show help information.")
    static let hiddenHelp = Declaration(
        kind: .flag, name: "help-hidden", help: "Show help, with the options for rare needs.", isHidden: true)
}
