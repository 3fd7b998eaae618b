import Diagnostics

/// Why a command line is not understood: what is wrong with it, and what would be right.
package struct WrongUsage: Error {
    package let message: String

    /// - Parameter message: part of a sentence; what the user typed stands in it as `quoted` makes it.
    package init(_ message: String) { self.message = message }

    /// A value that an option does not take, with those that it takes.
    package init(_ text: String, isNoValueOf option: String, which values: [String]) {
        let match = didYouMean(text, among: values)
        self.init("\(quoted(text)) is no value of `\(option)`, which takes \(listed(values, "or"))\(match)")
    }
}

/// A word of the command line as a message shows it: made visible, and not longer than a line or two.
package func quoted(_ word: String) -> String {
    let shown = visible(word)
    return shown.utf8.count <= 200 ? "`\(shown)`" : "`\(String(shown.prefix(150)))...`"
}

/// Words as a sentence names them: `a, b or c`.
func listed(_ words: [String], _ last: String) -> String {
    guard let end = words.last, words.count > 1 else { return words.first ?? "none" }
    return words.dropLast().joined(separator: ", ") + " \(last) " + end
}
