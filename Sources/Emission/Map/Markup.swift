import Diagnostics

/// HTML or SVG as it is written: what is markup stands in this program's own literals, and everything else is escaped.
///
/// Only a `StaticString` and an embedded file are written as they are, so that no text of a manifest can become an
/// element, an attribute or a script.
struct Markup {
    private(set) var bytes: [UInt8] = []

    /// Markup of this program.
    mutating func raw(_ markup: StaticString) {
        markup.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    /// The content of a file that is part of this program.
    mutating func resource(_ content: [UInt8]) { bytes.append(contentsOf: content) }

    /// Text, safe between tags and in a quoted attribute; one line, with what steers a reader's eye shown.
    mutating func text(_ text: String) {
        if text.utf8.allSatisfy({ Self.isPlain($0) }) {
            bytes.append(contentsOf: text.utf8)
            return
        }
        for byte in visible(MarkdownText.spaced(text)).utf8 {
            switch byte {
            case UInt8(ascii: "&"): raw("&amp;")
            case UInt8(ascii: "<"): raw("&lt;")
            case UInt8(ascii: ">"): raw("&gt;")
            case UInt8(ascii: "\""): raw("&quot;")
            case UInt8(ascii: "'"): raw("&#39;")
            default: bytes.append(byte)
            }
        }
    }

    mutating func number(_ value: Int) { bytes.append(contentsOf: String(value).utf8) }

    /// A coordinate, to the nearest whole pixel.
    mutating func number(_ value: Double) { number(Int(value.rounded())) }

    /// A number with its noun: `1 image`, `3 images`.
    mutating func count(_ value: Int, _ noun: StaticString) {
        number(value)
        raw(" ")
        raw(noun)
        if value != 1 { raw("s") }
    }

    /// A link to a place of this page, or only its text.
    mutating func link(to anchor: String, _ text: String, relation: StaticString? = nil) {
        raw("<a href=\"#")
        self.text(anchor)
        if let relation {
            raw("\" data-rel=\"")
            raw(relation)
        }
        raw("\">")
        self.text(text)
        raw("</a>")
    }

    /// Letters, digits and the signs that mean nothing to a browser.
    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x3A, 0x41...0x5A, 0x61...0x7A, 0x20, 0x2C...0x2F, 0x5F: true
        default: false
        }
    }
}

/// Names as anchors: what stands for one thing of the map, here and in every link to it.
enum Anchor {
    /// The section of pulled images.
    static let pulled = "pulled"
    /// The section of projects.
    static let projects = "projects"
    static func image(_ name: String) -> String { "image:" + safe(name) }
    static func project(_ name: String) -> String { "project:" + safe(name) }
    static func container(_ project: String, _ service: String) -> String {
        "container:" + safe(project) + "/" + safe(service)
    }

    /// A name in which every character is one that an address keeps as it is.
    private static func safe(_ name: String) -> String {
        var result = ""
        for byte in name.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
                result.unicodeScalars.append(Unicode.Scalar(byte))
            default: result += "~" + String(byte, radix: 16)
            }
        }
        return result
    }
}
