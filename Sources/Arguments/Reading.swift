import Diagnostics

/// A command line held against a command's table.
///
/// A word that begins with a hyphen is an option, but for `-` alone; behind `--` no word is. A value stands behind `=`
/// or is the next word, and that is no option. Letters may share a hyphen: `-qo FILE`.
package struct Reading {
    /// What is asked for in place of a run.
    package enum Request { case help, hiddenHelp, version }

    private let program: Program
    private let command: Command
    private let table: [Declaration]
    /// For each entry of the table what was stated.
    private var stated: [[String]]
    /// What could not be read on: nothing excuses it.
    private var fault: WrongUsage?
    /// The first word that the table does not know.
    private var stranger: WrongUsage?
    private var operand: Int?

    package init(_ words: ArraySlice<String>, of command: Command, in program: Program) {
        self.program = program
        self.command = command
        table = command.table(isDescribed: false)
        stated = Array(repeating: [], count: table.count)
        operand = table.firstIndex { $0.kind == .operand }
        read(words)
    }

    /// What the command's lines are answered with.
    package var options: Options { Options(stated: stated) }

    /// What is asked for in place of a run, or nil; a fault comes first.
    ///
    /// - Parameter options: what the command has asked all it takes of.
    package func request(_ options: Options) throws(WrongUsage) -> Request? {
        if let fault = fault ?? options.badValue { throw fault }
        let last = stated.count
        if !stated[last - 2].isEmpty { return .help }
        if !stated[last - 1].isEmpty { return .hiddenHelp }
        if !stated[last - 3].isEmpty { return .version }
        if let fault = stranger ?? options.refusal { throw fault }
        return nil
    }

    private mutating func read(_ words: ArraySlice<String>) {
        var index = words.startIndex
        while index < words.endIndex, fault == nil {
            let word = words[index]
            index += 1
            if word == "--" {
                for word in words[index...] { take(operand: word) }
                return
            }
            guard isOption(word) else {
                take(operand: word)
                continue
            }
            // Behind the first hyphens: the name, and behind `=` the value.
            let bytes = word.utf8.dropFirst(word.utf8.starts(with: "--".utf8) ? 2 : 1)
            let equals = bytes.firstIndex(of: 0x3D)
            let name = String(decoding: bytes[..<(equals ?? bytes.endIndex)], as: UTF8.self)
            let value = equals.map { String(decoding: bytes[bytes.index(after: $0)...], as: UTF8.self) }
            if name.isEmpty || name.utf8.first == 0x2D {
                fault = WrongUsage("\(quoted(word)) is no option; a word that begins with a hyphen goes behind `--`")
            } else if bytes.count + 2 == word.utf8.count {
                if let entry = table.firstIndex(where: { $0.kind != .operand && $0.name == name }) {
                    take(entry, value, as: "--" + name, words, &index)
                } else {
                    stranger = stranger ?? unknown(name)
                }
            } else {
                takeLetters(name, value, of: word, words, &index)
            }
        }
    }

    private func isOption(_ word: String) -> Bool { word.utf8.first == 0x2D && word.utf8.count > 1 }

    private mutating func takeLetters(
        _ letters: String, _ value: String?, of word: String, _ words: ArraySlice<String>, _ index: inout Int
    ) {
        if value != nil, letters.count > 1 {
            stranger = stranger ?? unknown(letters)
            return
        }
        for letter in letters where fault == nil {
            if let entry = table.firstIndex(where: { $0.short == letter }) {
                take(entry, value, as: "-\(letter)", words, &index)
            } else {
                let named = table.contains { $0.name == letters && $0.kind != .operand && !$0.isHidden }
                let match = named ? "; did you mean `--\(letters)`?" : ""
                let place = letters.count > 1 ? " in \(quoted(word))" : ""
                stranger = stranger ?? WrongUsage("there is no option \(quoted("-\(letter)"))\(place)\(match)")
            }
        }
    }

    /// Takes an option, and the words behind it that are its values.
    private mutating func take(
        _ entry: Int, _ value: String?, as spelling: String, _ words: ArraySlice<String>, _ index: inout Int
    ) {
        let declaration = table[entry]
        guard declaration.kind == .option else {
            if let value { fault = WrongUsage("`\(spelling)` takes no value, but here is \(quoted(value))") }
            stated[entry].append("")
            return
        }
        if let value {
            // A shell's variable that is empty must not make the next word a value.
            if value.isEmpty {
                fault = WrongUsage("behind `\(spelling)=` a value is missing: \(spelling)=<\(declaration.value)>")
            }
            stated[entry].append(value)
        }
        guard value == nil || declaration.takesSeveral else { return }
        var isTaken = value != nil
        while index < words.endIndex, !isOption(words[index]), !isTaken || declaration.takesSeveral {
            stated[entry].append(words[index])
            index += 1
            isTaken = true
        }
        if isTaken { return }
        var message = "`\(spelling)` needs a value: \(spelling) <\(declaration.value)>"
        if index < words.endIndex, words[index] != "--" {
            message += "; one that begins with a hyphen stands behind `=`: \(declaration.spelling)=..."
        }
        fault = WrongUsage(message)
    }

    private mutating func take(operand word: String) {
        guard let operand else {
            let name = command.name
            stranger =
                stranger
                ?? (name.isEmpty
                    ? program.noCommand(word) : WrongUsage("`\(name)` takes no argument, but here is \(quoted(word))"))
            return
        }
        if stated[operand].isEmpty || table[operand].isRepeating {
            stated[operand].append(word)
        } else {
            stranger =
                stranger
                ?? WrongUsage(
                    "`\(command.name)` takes one <\(table[operand].name)>, but here is a second: \(quoted(word))")
        }
    }

    /// An option that the command does not have: with the one that is meant, or the commands that have it.
    private func unknown(_ name: String) -> WrongUsage {
        let names = table.lazy.filter { $0.kind != .operand && !$0.isHidden }.map(\.name)
        let told = "there is no option \(quoted("--" + name))"
        if let operand = table.first(where: { $0.kind == .operand && $0.name == name }) {
            return WrongUsage(
                "\(told) of `\(command.name)`, which takes that as an argument: "
                    + "`\(program.name) \(command.name) \(operand.spelling)`")
        }
        let owners = program.commands.filter { other in
            other.name != command.name
                && other.table(isDescribed: false).contains {
                    $0.kind != .operand && !$0.isHidden && $0.name == name
                }
        }
        if !owners.isEmpty {
            let commands = listed(owners.map { "`\($0.name)`" }, "and")
            if command.name.isEmpty { return WrongUsage("\(told) before the command; behind it, \(commands) take it") }
            return WrongUsage("\(told) of `\(command.name)`; \(commands) \(owners.count == 1 ? "has" : "have") it")
        }
        if let match = closestMatch(to: name, among: names) { return WrongUsage("\(told); did you mean `--\(match)`?") }
        return WrongUsage(told)
    }
}
