import Diagnostics
import Foundation
import SourceText

/// Fails unless every diagnostic has a place in its file and every format shows it as inert text.
func expectHarmless(_ diagnostics: [Diagnostic], in source: SourceFile) throws(BrokenPromise) {
    if diagnostics.isEmpty { return }
    for diagnostic in diagnostics {
        for label in [diagnostic.primary] + diagnostic.secondary {
            let (span, count) = (label.location.span, label.location.file.bytes.count)
            try expect(
                span.start <= span.end && Int(span.end) <= count,
                "\(diagnostic.code) is at \(span.start)..<\(span.end) of \(count) bytes")
        }
        var last: UInt32 = 0
        for edit in diagnostic.fix?.edits ?? [] {
            try expect(
                last <= edit.span.start && edit.span.start <= edit.span.end
                    && Int(edit.span.end) <= source.bytes.count, "the fix of \(diagnostic.code) is out of place")
            last = edit.span.end
        }
    }
    // Renderings are linear in what they show: the first findings stand for the others.
    let shown = Array(diagnostics.prefix(20))
    for format in OutputFormat.allCases {
        for width in [nil, 24] where format == .text || width == nil {
            let bytes = render(shown, as: format, options: RenderingOptions(width: width))
            try expect(isInert(bytes), "\(format) holds a control character")
            if format == .json || format == .sarif || format == .gitlab {
                try expect(isJSON(bytes), "\(format) is no JSON")
            }
        }
    }
}

/// Whether bytes are UTF-8 without any control character but the line feed, and in a diff tabs and the carriage return
/// before a line feed.
func isInert(_ bytes: [UInt8], inDiff: Bool = false) -> Bool {
    var previous: UInt8 = 0
    for byte in bytes {
        if previous == 0x0D, byte != 0x0A { return false }
        if byte < 0x20, byte != 0x0A, !(inDiff && (byte == 0x09 || byte == 0x0D)) { return false }
        if byte == 0x7F || (previous == 0xC2 && (0x80...0x9F).contains(byte)) { return false }
        previous = byte
    }
    return previous != 0x0D && String(validating: bytes, as: UTF8.self) != nil
}

func isJSON(_ bytes: [UInt8]) -> Bool {
    (try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)) != nil
}
