import SourceText

/// Variables that a file of an include's own sets, and that nothing sets any more once what was included is the project's.
struct LostVariables {
    let file: FileReference
    let names: [String]

    /// Up to so many files are told one by one.
    static let few = 3

    /// The first names of a list, each in backticks.
    static func quoted(_ names: [String], upTo most: Int) -> String {
        names.prefix(most).map { "`\($0)`" }.joined(separator: ", ")
            + (names.count > most ? " and \(names.count - most) more" : "")
    }
}

extension ProjectReading {
    /// Tells of the variables that were noted: each file by itself, or many in one finding.
    mutating func reportLostVariables() {
        let why = "what was included is now the project's own, whose variables come from the project's `.env` alone"
        if lostVariables.count > LostVariables.few, let first = lostVariables.first {
            let count = lostVariables.reduce(0) { $0 + $1.names.count }
            findings.notCarried(
                "what \(lostVariables.count) files of variables set for included files, \(count) values,",
                at: first.file.span, "`\(first.names[0])` is set here",
                also: lostVariables[1..<LostVariables.few].map { ($0.file.span, "and `\($0.names[0])` here") },
                why: why,
                help: [
                    "copy the lines of these files into the project's `.env`: "
                        + LostVariables.quoted(lostVariables.map(\.file.text), upTo: 5)
                ])
            return
        }
        for lost in lostVariables {
            let isOne = lost.names.count == 1
            let names = LostVariables.quoted(lost.names, upTo: 20)
            findings.notCarried(
                isOne ? "the value of \(names)" : "each value of \(names)", at: lost.file.span,
                "`\(lost.file.path?.last ?? lost.file.text)` of the included file sets \(isOne ? "it" : "them")",
                why: why,
                help: [
                    "copy the \(isOne ? "line" : "lines") of \(names) from `\(lost.file.text)` into the project's `.env`"
                ])
        }
    }
}
