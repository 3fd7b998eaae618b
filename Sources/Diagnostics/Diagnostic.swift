import SourceText

/// One finding: what is wrong, where, why it matters and what to do.
///
/// A diagnostic is a value that says everything and renders nothing; `Rendering/` turns it into text or a machine
/// format. Nothing about manifests or Compose belongs in this module.
package struct Diagnostic: Sendable {
    /// A place, and what the text under its caret says.
    package struct Label: Sendable {
        package let location: Location
        package let text: String

        package init(_ location: Location, _ text: String = "") {
            self.location = location
            self.text = text
        }
    }

    package let code: Code
    /// The severity after the manifest's `rules` and the command line have had their say.
    package var severity: Severity
    /// Whether a comment may silence it, and a level lower it: not where its code may not, and where Compose refuses
    /// what this one finds, although not all of its code.
    package var canBeSilenced: Bool
    /// What is wrong, in this file's own words; one line without a full stop.
    package let message: String
    /// Where it is wrong.
    package let primary: Label
    /// The other places that matter.
    package let secondary: [Label]
    /// Why it matters; nil where the message says it.
    package let why: String?
    /// What to do, one instruction each.
    package let help: [String]
    /// The edit that does it, where it is mechanical.
    package let fix: Fix?

    package init(
        _ code: Code, _ message: String, at primary: Label, also secondary: [Label] = [], why: String? = nil,
        help: [String] = [], fix: Fix? = nil
    ) {
        self.code = code
        self.severity = code.severity
        canBeSilenced = code.canBeSilenced
        self.message = message
        self.primary = primary
        self.secondary = secondary
        self.why = why
        self.help = help
        self.fix = fix
    }

    /// The bytes of its texts.
    var textBytes: Int {
        let labels = secondary.reduce(primary.text.utf8.count) { $0 + $1.text.utf8.count }
        return help.reduce(message.utf8.count + labels + (why?.utf8.count ?? 0)) { $0 + $1.utf8.count }
    }

    /// The fix, where it is one that shows as lines before and after: a suggestion's help says it in words.
    var safeFix: Fix? { fix?.applicability == .safe ? fix : nil }

    /// The same diagnostic with its places in a file taken from another text of that file, which has as many bytes.
    package func quoting(_ file: SourceFile) -> Diagnostic {
        func moved(_ label: Label) -> Label {
            label.location.file.path == file.path ? Label(Location(file, label.location.span), label.text) : label
        }
        var copy = Diagnostic(
            code, message, at: moved(primary), also: secondary.map(moved), why: why, help: help, fix: fix)
        (copy.severity, copy.canBeSilenced) = (severity, canBeSilenced)
        return copy
    }

    /// The same diagnostic with one more place, unless it has this many already.
    package func adding(_ label: Label, atMost limit: Int) -> Diagnostic {
        guard secondary.count < limit else { return self }
        var copy = Diagnostic(
            code, message, at: primary, also: secondary + [label], why: why, help: help, fix: fix)
        (copy.severity, copy.canBeSilenced) = (severity, canBeSilenced)
        return copy
    }
}
