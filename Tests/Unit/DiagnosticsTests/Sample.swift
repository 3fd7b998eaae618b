import Diagnostics
import SourceText

/// A file of a test, in which places are named by their text.
struct Sample {
    let file: SourceFile

    init(_ path: String, _ text: String) { file = SourceFile(path: path, bytes: Array(text.utf8)) }
    init(_ path: String, bytes: [UInt8]) { file = SourceFile(path: path, bytes: bytes) }

    /// The location of the nth occurrence of a text, one-based.
    func place(_ text: String, _ occurrence: Int = 1) -> Location {
        let (needle, bytes) = (Array(text.utf8), file.bytes)
        var found = 0
        var index = 0
        while index + needle.count <= bytes.count {
            if bytes[index] == needle[0], bytes[index..<(index + needle.count)].elementsEqual(needle) {
                found += 1
                if found == occurrence { return Location(file, Span(UInt32(index), UInt32(index + needle.count))) }
            }
            index += 1
        }
        preconditionFailure("\(text) is not in \(file.path)")
    }

    func label(_ text: String, _ occurrence: Int = 1, _ says: String = "") -> Diagnostic.Label {
        Diagnostic.Label(place(text, occurrence), says)
    }

    func span(_ text: String, _ occurrence: Int = 1) -> Span { place(text, occurrence).span }

    func at(_ start: Int, _ end: Int, _ says: String = "") -> Diagnostic.Label {
        Diagnostic.Label(Location(file, Span(UInt32(start), UInt32(end))), says)
    }
}

extension Diagnostic {
    func with(_ severity: Severity) -> Diagnostic {
        var copy = self
        copy.severity = severity
        return copy
    }
}

func rendered(_ diagnostics: [Diagnostic], _ format: OutputFormat, _ options: RenderingOptions = .init()) -> String {
    String(decoding: render(diagnostics, as: format, options: options), as: UTF8.self)
}
