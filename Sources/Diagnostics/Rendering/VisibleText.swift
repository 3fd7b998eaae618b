/// Text of which a terminal, a log or a reader's eye sees all there is: what people are told is made of nothing else.
///
/// Every text that is put into it is made visible as `visible` does; what this program itself says, the literals, may
/// have lines. `"cannot read \(name)"` is one whose name can steer nothing.
package struct VisibleText: ExpressibleByStringInterpolation, Equatable, Sendable {
    package let text: String

    package struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var text = ""

        package init(literalCapacity: Int, interpolationCount: Int) { text.reserveCapacity(literalCapacity) }

        package mutating func appendLiteral(_ literal: String) { text += literal }
        package mutating func appendInterpolation(_ part: some StringProtocol) { text += visible(String(part)) }
        package mutating func appendInterpolation(_ part: VisibleText) { text += part.text }
        package mutating func appendInterpolation(_ number: Int) { text += String(number) }
        package mutating func appendInterpolation(_ number: UInt32) { text += String(number) }
        package mutating func appendInterpolation(_ number: Int32) { text += String(number) }
    }

    package init(stringLiteral value: String) { text = value }
    package init(stringInterpolation: StringInterpolation) { text = stringInterpolation.text }

    /// One line, whatever it holds.
    package init(_ text: String) { self.text = visible(text) }

    /// The lines of a text, each made visible.
    package init(lines text: String) {
        if isPlainASCII(text.utf8, hasLines: true) {
            self.text = text
            return
        }
        self.text = text.split(separator: "\n", omittingEmptySubsequences: false).map { visible(String($0)) }
            .joined(separator: "\n")
    }

    package static func + (one: VisibleText, other: VisibleText) -> VisibleText {
        VisibleText(ofVisibleParts: one.text + other.text)
    }

    /// A text whose maker has made visible whatever is not its own, as a diff does, whose lines keep their tabs.
    package init(ofVisibleParts text: String) { self.text = text }
}
