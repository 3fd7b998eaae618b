import Diagnostics

extension Program {
    /// The column at which the meanings stand.
    private static let indentation = 26

    /// What `--help` prints of a command, or of the program, in lines that leave the last of `width` columns free.
    package func help(of command: Command?, width: Int, withHidden: Bool = false) -> String {
        let width = max(width, Self.indentation + 21) - 1
        let shown = command ?? itself
        let table = shown.table().filter { withHidden || !$0.isHidden }
        var text = wrapped("OVERVIEW: " + shown.abstract, width: width) + "\n"
        for paragraph in paragraphs(of: shown.discussion) { text += wrapped(paragraph, width: width) + "\n" }
        text += "USAGE: " + shown.usage(table).map { "\(name) \($0)\n" }.joined(separator: "       ") + "\n"
        text += section("ARGUMENTS", table.filter { $0.kind == .operand }.map(row), width)
        text += section("OPTIONS", table.filter { $0.kind != .operand }.map(row), width)
        if command == nil {
            text += section("SUBCOMMANDS", commands.map { ($0.name, $0.abstract) }, width)
            text += "  See '\(name) help <subcommand>' for detailed help.\n"
        }
        return text
    }

    private func row(_ declaration: Declaration) -> (String, String) {
        var facts: [String] = []
        if !declaration.values.isEmpty { facts.append("values: " + declaration.values.joined(separator: ", ")) }
        if let standard = declaration.standard { facts.append("default: " + standard) }
        return (declaration.label, declaration.help + (facts.isEmpty ? "" : " (\(facts.joined(separator: "; ")))"))
    }

    private func section(_ title: String, _ rows: [(label: String, meaning: String)], _ width: Int) -> String {
        if rows.isEmpty { return "" }
        var text = title + ":\n"
        let margin = String(repeating: " ", count: Self.indentation)
        for row in rows {
            var label = "  " + row.label
            if label.utf8.count >= Self.indentation {
                text += label + "\n"
                label = ""
            }
            let lines = wrapped(row.meaning, width: width - Self.indentation).split(separator: "\n")
            for (index, line) in lines.enumerated() {
                let start = index == 0 ? label + margin.dropFirst(label.utf8.count) : margin
                text += start + line + "\n"
            }
        }
        return text + "\n"
    }

    private func paragraphs(of text: String) -> [String] {
        var result: [String] = []
        var isOpen = false
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.isEmpty {
                isOpen = false
            } else if isOpen {
                result[result.count - 1] += " " + line
            } else {
                result.append(String(line))
                isOpen = true
            }
        }
        return result
    }
}
