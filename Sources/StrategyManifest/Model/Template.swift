import SourceText

/// A text with placeholders: `{project}-{service}`.
package struct Template: Sendable {
    package enum Part: Sendable, Equatable {
        case text(String)
        case project, service, image, owner
    }

    package let parts: [Part]
    package let span: Span
    /// False when a part of the text could not be read, so that nothing can be said of the names it makes.
    package let isKnown: Bool

    package init(parts: [Part], at span: Span, isKnown: Bool = true) {
        self.parts = parts
        self.span = span
        self.isKnown = isKnown
    }

    /// The placeholders there are, as they are written.
    package static let placeholders = ["{project}", "{service}", "{image}", "{owner}"]

    /// The text of the template for one service.
    package func expanded(project: String, service: String, image: String, owner: String) -> String {
        var text = ""
        for part in parts {
            switch part {
            case .text(let literal): text += literal
            case .project: text += project
            case .service: text += service
            case .image: text += image
            case .owner: text += owner
            }
        }
        return text
    }

    /// What stands before `{service}`, or nil when the template has no `{service}`.
    package func prefixBeforeService(project: String) -> String? {
        guard isKnown else { return nil }
        var prefix = ""
        for part in parts {
            switch part {
            case .text(let literal): prefix += literal
            case .project: prefix += project
            case .service: return prefix
            case .image, .owner: return nil
            }
        }
        return nil
    }
}
