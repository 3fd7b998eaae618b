import SourceText

/// Diagnostics for people: message, source with the spans underlined, why, help.
func renderText(_ diagnostics: [Diagnostic], _ options: RenderingOptions) -> [UInt8] {
    var format = TextFormat(options)
    for diagnostic in diagnostics {
        format.write(diagnostic)
        format.output.newLine()
    }
    if !diagnostics.isEmpty {
        let summary = wrap(
            summaryLine(of: diagnostics, tool: options.tool.name), first: options.proseWidth,
            rest: options.proseWidth)
        for (number, line) in summary.enumerated() {
            if number > 0 { format.output.newLine() }
            format.output.write(line, .message)
        }
        format.output.newLine()
    }
    return format.output.bytes
}

/// The layout of one diagnostic after the other; colour is the output's concern alone.
struct TextFormat {
    var output: StyledOutput
    let options: RenderingOptions
    private var sources = SourceIndex()
    /// The columns of the line numbers of the diagnostic at hand.
    var gutter = 1

    init(_ options: RenderingOptions) {
        self.options = options
        output = StyledOutput(Styling(useColor: options.useColor))
    }

    /// The columns for source text, right of `48 | `.
    var room: Int { max(8, options.sourceWidth - gutter - 3) }

    mutating func write(_ diagnostic: Diagnostic) {
        let blocks = SourceBlock.blocks(of: diagnostic, in: &sources)
        let index = sources[diagnostic.primary.location.file]
        let hunks = diagnostic.safeFix.map { EditHunk.hunks(of: $0, in: index) } ?? []
        gutter = String(max(blocks.map(\.lastLine).max() ?? 1, hunks.map(\.lastLine).max() ?? 1)).utf8.count

        let title = "\(diagnostic.severity.word)[\(diagnostic.code.label)]"
        output.write(title, .severity(diagnostic.severity))
        output.write(": ", .message)
        writeProse(diagnostic.message, after: displayWidth(of: title) + 2, .message)
        for (number, block) in blocks.enumerated() {
            if number > 0 { writeGutter() }
            write(block, arrow: number == 0 ? "-->" : ":::", severity: diagnostic.severity)
        }
        if let why = diagnostic.why { writeNote("why", why) }
        for help in diagnostic.help { writeNote("help", help) }
        if let fix = diagnostic.safeFix {
            if !diagnostic.help.contains(fix.title) { writeNote("help", fix.title) }
            if !hunks.isEmpty { writeGutter() }
            for (number, hunk) in hunks.enumerated() {
                if number > 0 { writeEllipsis() }
                write(hunk)
            }
        }
    }

    /// `48 |`, or the bar alone where there is no line number; the line is ended.
    private mutating func writeGutter() {
        beginLine(nil)
        output.newLine()
    }

    /// What stands for lines that are not shown.
    mutating func writeEllipsis() {
        output.write("...", .gutter)
        output.newLine()
    }

    /// `48 |` without a space behind it.
    mutating func beginLine(_ number: Int?, bar: String = "|") {
        let digits = number.map { String($0) } ?? ""
        output.write(digits + blanks(gutter + 1 - digits.utf8.count) + bar, .gutter)
    }

    /// `   = why: …`, wrapped.
    private mutating func writeNote(_ name: String, _ text: String) {
        let indent = blanks(gutter + 1)
        output.write(indent + "=", .gutter)
        output.write(" ")
        output.write(name + ":", .help)
        output.write(" ")
        writeProse(text, after: gutter + 1 + 2 + name.utf8.count + 2, .plain)
    }

    /// Prose from a column on; its further lines hang below it, or nearer the left where that would take a quarter of
    /// the terminal.
    private mutating func writeProse(_ text: String, after column: Int, _ role: Role) {
        let hanging = min(column, options.proseWidth / 4)
        let lines = wrap(text, first: options.proseWidth - column, rest: options.proseWidth - hanging)
        for (index, line) in lines.enumerated() {
            if index > 0 { output.write(blanks(hanging)) }
            output.write(line, role)
            output.newLine()
        }
    }
}
