import Comparison
import Diagnostics
import SourceText

/// What changes, for people at a terminal: 80 columns at most, by project, and a last line that sums up.
package struct ChangesText {
    private static let columns = 80
    private let changes: WorkspaceChanges
    private let notes: [String]
    private var output: StyledOutput

    /// - Parameter notes: what could not be compared, a line each.
    package init(_ changes: WorkspaceChanges, notes: [String] = [], useColor: Bool) {
        self.changes = changes
        self.notes = notes
        output = StyledOutput(Styling(useColor: useColor))
    }

    package mutating func bytes() -> [UInt8] {
        if let change = changes.workspace {
            title("workspace")
            paragraph(change.sentence, indent: 2)
            command(change.command, indent: 2)
        }
        if let change = changes.instances {
            title("instances")
            paragraph(change.sentence, indent: 2)
        }
        if !changes.images.isEmpty { title("images") }
        for change in changes.images { write(change) }
        if !changes.environments.isEmpty { title("environments") }
        for change in changes.environments {
            entry(change.kind.sign, change.name, change.sentence)
            command(change.command)
        }
        for change in changes.projects { write(change) }
        for note in notes { paragraph(note) }
        if !output.bytes.isEmpty { output.newLine() }
        for line in wrap(ChangesSummary(changes).text, first: Self.columns, rest: Self.columns) {
            output.write(line, .message)
            output.newLine()
        }
        return output.bytes
    }

    // MARK: Parts

    private mutating func write(_ change: ImageChange) {
        entry(change.kind.sign, change.name, change.sentence)
        for cause in change.causes { part("because " + cause) }
        for (words, isWarning) in change.details.phrases { part(words, isWarning: isWarning) }
        command(change.command)
    }

    private mutating func write(_ change: ProjectChange) {
        title(change.title)
        if !change.sentence.isEmpty { paragraph(change.sentence, indent: 2) }
        for (words, _) in change.details.phrases { paragraph(words, indent: 2) }
        command(change.command, indent: 2)
        for container in change.containers where !container.isOnlyRebuilt {
            entry(container.kind.sign, container.service, container.sentence)
            for (words, isWarning) in container.details.phrases { part(words, isWarning: isWarning) }
            command(container.command)
        }
        let rebuilt = change.containers.filter(\.isOnlyRebuilt).map(\.service)
        if !rebuilt.isEmpty {
            let verb = rebuilt.count == 1 ? "is recreated once its image is" : "are recreated once their images are"
            entry("~", rebuilt.joined(separator: ", "), verb + " built anew")
        }
        for resource in change.resources {
            entry(
                resource.kind.sign, resource.topic.rawValue + " " + resource.name, resource.sentence, resource.warning)
            command(resource.command)
        }
    }

    // MARK: Lines

    private mutating func title(_ text: String) {
        if !output.bytes.isEmpty { output.newLine() }
        for line in wrap(text, first: Self.columns, rest: Self.columns) {
            output.write(line, .message)
            output.newLine()
        }
    }

    /// `  ~ api: is recreated: ports`, continued below its name.
    private mutating func entry(_ sign: String, _ name: String, _ text: String, _ warning: Warning? = nil) {
        let role: Role =
            warning != nil ? .severity(.warning) : sign == "+" ? .added : sign == "-" ? .removed : .help
        let lines = wrap(name + ": " + text, first: Self.columns - 4, rest: Self.columns - 6)
        for (index, line) in lines.enumerated() {
            output.write(index == 0 ? "  " : "      ")
            if index == 0 {
                output.write(sign, role)
                output.write(" ")
            }
            output.write(line)
            output.newLine()
        }
    }

    private mutating func part(_ text: String, isWarning: Bool = false) {
        for (index, line) in wrap(text, first: Self.columns - 6, rest: Self.columns - 8).enumerated() {
            output.write(index == 0 ? "      " : "        ")
            output.write(line, isWarning ? .severity(.warning) : .plain)
            output.newLine()
        }
    }

    private mutating func paragraph(_ text: String, indent: Int = 0) {
        for line in wrap(text, first: Self.columns - indent, rest: Self.columns - indent) {
            output.write(blanks(indent))
            output.write(line)
            output.newLine()
        }
    }

    /// A command stands on one line, however long, so that it can be taken over.
    private mutating func command(_ command: String?, indent: Int = 6) {
        guard let command else { return }
        output.write(blanks(indent) + "$ ")
        output.write(visible(command), .help)
        output.newLine()
    }
}
