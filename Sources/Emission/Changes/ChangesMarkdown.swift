import Comparison
import Diagnostics

/// What changes, as the comment of a pull request or the summary of a job: folds by project, below the size that forges
/// take.
///
/// A manifest is a stranger's: each text of it is shown as text, and none becomes markup.
package struct ChangesMarkdown {
    /// GitHub takes 65,536 characters; a comment may have a line or two of its own.
    private static let limit = 60_000
    private let changes: WorkspaceChanges
    private let notes: [String]

    /// - Parameter notes: what could not be compared, a line each.
    package init(_ changes: WorkspaceChanges, notes: [String] = []) {
        self.changes = changes
        self.notes = notes
    }

    /// A part that can be folded.
    private struct Section {
        let title: String
        var lines: [String] = []
    }

    package func bytes() -> [UInt8] {
        var text = "**" + MarkdownText.line(ChangesSummary(changes).text) + "**\n"
        func add(_ lines: [String]) -> Bool {
            let part = "\n" + lines.joined(separator: "\n") + "\n"
            if text.unicodeScalars.count + part.unicodeScalars.count > Self.limit { return false }
            text += part
            return true
        }
        var isWhole = true
        if !warnings.isEmpty { isWhole = add(Array(warnings.prefix(100))) && warnings.count <= 100 }
        if !notes.isEmpty { isWhole = add(notes.map { "- " + MarkdownText.line($0) }) && isWhole }
        for section in sections {
            let fold = ["<details><summary>\(section.title)</summary>", ""] + section.lines + ["", "</details>"]
            isWhole = add(fold) && isWhole
        }
        if !isWhole { text += "\nNot all of it has room here: `bayplan diff` shows the rest.\n" }
        return Array(text.utf8)
    }

    /// What nobody may overlook, in front of all folds.
    private var warnings: [String] {
        var lines: [String] = []
        for project in changes.projects {
            let place = MarkdownText.line(project.title)
            for container in project.containers {
                for detail in container.details where detail.warning != nil {
                    guard let phrase = detail.phrase else { continue }
                    lines.append(
                        "- ⚠️ \(place), \(MarkdownText.code(container.service)): \(MarkdownText.line(phrase))")
                }
                if container.effect == .blocked {
                    lines.append(
                        "- ⚠️ \(place), \(MarkdownText.code(container.service)): "
                            + MarkdownText.line(container.consequence))
                }
            }
            for resource in project.resources where resource.warning != nil {
                lines.append(
                    "- ⚠️ \(place), \(resource.topic.rawValue) \(MarkdownText.code(resource.name)): "
                        + MarkdownText.line(resource.sentence))
            }
        }
        return lines
    }

    private var sections: [Section] {
        var sections: [Section] = []
        if let change = changes.workspace {
            var section = Section(title: "workspace", lines: ["- " + MarkdownText.line(change.sentence)])
            command(&section, change.command)
            sections.append(section)
        }
        if let change = changes.instances {
            sections.append(Section(title: "instances", lines: ["- " + MarkdownText.line(change.sentence)]))
        }
        if !changes.images.isEmpty {
            var section = Section(title: counted(changes.images.count, "image"))
            for change in changes.images {
                entry(&section, change.kind.sign, MarkdownText.code(change.name), change.sentence)
                for cause in change.causes { part(&section, "because " + cause) }
                for (words, isWarning) in change.details.phrases { part(&section, words, isWarning: isWarning) }
                command(&section, change.command)
            }
            sections.append(section)
        }
        if !changes.environments.isEmpty {
            var section = Section(title: counted(changes.environments.count, "environment"))
            for change in changes.environments {
                entry(&section, change.kind.sign, MarkdownText.code(change.name), change.sentence)
                command(&section, change.command)
            }
            sections.append(section)
        }
        return sections + changes.projects.map(section)
    }

    private func section(_ change: ProjectChange) -> Section {
        // The title stands in HTML, where names mean nothing but themselves: they are words of letters and digits.
        var section = Section(title: Self.plain(change.title))
        if !change.sentence.isEmpty { section.lines.append("- " + MarkdownText.line(change.sentence)) }
        for (words, _) in change.details.phrases { section.lines.append("- " + MarkdownText.line(words)) }
        command(&section, change.command)
        for container in change.containers where !container.isOnlyRebuilt {
            entry(&section, container.kind.sign, MarkdownText.code(container.service), container.sentence)
            for (words, isWarning) in container.details.phrases { part(&section, words, isWarning: isWarning) }
            command(&section, container.command)
        }
        let rebuilt = change.containers.filter(\.isOnlyRebuilt).map { MarkdownText.code($0.service) }
        if !rebuilt.isEmpty {
            let verb = rebuilt.count == 1 ? "is recreated once its image is" : "are recreated once their images are"
            section.lines.append("- \(rebuilt.joined(separator: ", ")) \(verb) built anew")
        }
        for resource in change.resources {
            let name = resource.topic.rawValue + " " + MarkdownText.code(resource.name)
            entry(&section, resource.kind.sign, name, resource.sentence)
            command(&section, resource.command)
        }
        return section
    }

    private func entry(_ section: inout Section, _ sign: String, _ name: String, _ text: String) {
        let words = sign == "+" ? "new: " : sign == "-" ? "gone: " : ""
        section.lines.append("- \(words)\(name): \(MarkdownText.line(text))")
    }

    private func part(_ section: inout Section, _ text: String, isWarning: Bool = false) {
        section.lines.append("  - \(isWarning ? "⚠️ " : "")\(MarkdownText.line(text))")
    }

    private func command(_ section: inout Section, _ command: String?) {
        if let command { section.lines.append("  - run \(MarkdownText.code(command))") }
    }

    /// A text of which no sign begins markup.
    private static func plain(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                visible(text).unicodeScalars.map { "<>&`*_[]\\|~@#".unicodeScalars.contains($0) ? "·" : $0 }))
    }
}
