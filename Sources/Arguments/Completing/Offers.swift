import Diagnostics

extension Program {
    /// What a shell may offer for the last of the words behind the program's name, a line each: a word, and behind a tab
    /// what it means. `:files yaml yml` asks the shell for files that end so, `:files` for any, `:folders` for folders.
    ///
    /// - Parameter isWhole: whether the shell replaces all of `--format=s`, or, as bash does, only what is behind `=`.
    package func offers(_ words: [String], isWhole: Bool) -> String {
        let typed = words.last ?? ""
        guard words.count > 1 else {
            return typed.utf8.first == 0x2D ? optionLines(itself.table(), typed) : commandLines(typed)
        }
        if words[0] == "help" { return words.count == 2 ? commandLines(typed) : "" }
        guard let command = commands.first(where: { $0.name == words[0] }) else { return "" }
        let table = command.table()
        var isBehindEnd = false
        var open: Declaration?
        for word in words[1..<(words.count - 1)] where !isBehindEnd {
            if word == "--" {
                isBehindEnd = true
                open = nil
            } else if word.utf8.first == 0x2D, word.utf8.count > 1 {
                let found = table.first { $0.kind == .option && (word == "--\($0.name)" || isLast(of: word, $0.short)) }
                let several = table.first { $0.takesSeveral && word.utf8.starts(with: "--\($0.name)=".utf8) }
                open = found ?? several
            } else if open?.takesSeveral != true {
                open = nil
            }
        }
        if !isBehindEnd, typed.utf8.first == 0x2D {
            if let equals = typed.utf8.firstIndex(of: 0x3D) {
                let name = typed[..<equals]
                guard let entry = table.first(where: { $0.kind == .option && "--" + $0.name == name }) else {
                    return ""
                }
                let start = String(typed[...equals])
                let rest = String(typed[typed.utf8.index(after: equals)...])
                return lines(entry, rest, words, prefix: isWhole ? start : "")
            }
            if open == nil || typed.utf8.count > 1 { return optionLines(table, typed) }
        }
        guard let entry = open ?? table.first(where: { $0.kind == .operand }) else { return optionLines(table, typed) }
        return lines(entry, typed, words, prefix: "")
    }

    private func isLast(of word: String, _ short: Character?) -> Bool {
        guard let short else { return false }
        return !word.hasPrefix("--") && word.last == short
    }

    private func commandLines(_ typed: String) -> String {
        let rows = commands.map { ($0.name, $0.abstract) } + [("help", "Show the help of a command.")]
        return lines(rows.filter { $0.0.hasPrefix(typed) })
    }

    private func optionLines(_ table: [Declaration], _ typed: String) -> String {
        let options = table.filter { $0.kind != .operand && !$0.isHidden && $0.spelling.hasPrefix(typed) }
        return lines(options.map { ($0.spelling, $0.help) })
    }

    private func lines(_ entry: Declaration, _ typed: String, _ words: [String], prefix: String) -> String {
        var found = entry.values
        switch entry.completion {
        case .nothing: break
        case .files(let endings): return ([":files"] + endings).joined(separator: " ") + "\n"
        case .folders: return ":folders\n"
        case .words(let known): found = known()
        case .names(let declared): found = declared(words)
        }
        return lines(found.filter { $0.hasPrefix(typed) }.map { (prefix + $0, "") })
    }

    private func lines(_ rows: [(word: String, meaning: String)]) -> String {
        rows.map { visible($0.word) + ($0.meaning.isEmpty ? "" : "\t" + $0.meaning) + "\n" }.joined()
    }
}
