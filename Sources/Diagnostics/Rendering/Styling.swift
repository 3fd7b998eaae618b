/// What a piece of rendered text is, which decides its colour and nothing else.
package enum Role: Equatable {
    case plain
    case severity(Severity)
    case message
    case gutter
    /// The span at fault and its label, in the colour of the severity.
    case primary(Severity)
    case secondary
    case help
    case removed
    case added
}

/// The escape sequences of each role, or none.
package struct Styling {
    let useColor: Bool

    package init(useColor: Bool) { self.useColor = useColor }

    /// The sequence that begins a role; empty without colour. Only the sixteen colours that every theme sets are used.
    func opening(_ role: Role) -> String {
        guard useColor else { return "" }
        return switch role {
        case .plain: ""
        case .severity(let severity), .primary(let severity): "\u{1B}[1;" + color(severity) + "m"
        case .message: "\u{1B}[1m"
        case .gutter: "\u{1B}[1;34m"
        case .secondary, .help: "\u{1B}[1;36m"
        case .removed: "\u{1B}[31m"
        case .added: "\u{1B}[32m"
        }
    }

    /// The sequence that ends a role.
    func closing(_ role: Role) -> String { useColor && role != .plain ? "\u{1B}[0m" : "" }

    private func color(_ severity: Severity) -> String {
        switch severity {
        case .error: "31"
        case .warning: "33"
        case .info: "34"
        }
    }
}

/// Rendered bytes; the only place that puts an escape sequence into them.
package struct StyledOutput {
    package private(set) var bytes: [UInt8] = []
    private let styling: Styling

    package init(_ styling: Styling) { self.styling = styling }

    /// Appends text that is already visible.
    package mutating func write(_ text: String, _ role: Role = .plain) {
        if text.isEmpty { return }
        bytes.append(contentsOf: styling.opening(role).utf8)
        bytes.append(contentsOf: text.utf8)
        bytes.append(contentsOf: styling.closing(role).utf8)
    }

    package mutating func newLine() { bytes.append(0x0A) }
}
