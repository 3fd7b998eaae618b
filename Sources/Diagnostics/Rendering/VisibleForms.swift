/// A text with every character that could steer a terminal, a log or a reader's eye shown instead of sent.
///
/// C0 controls and DEL become their pictures (`␀`, `␛`), other controls, format characters such as bidirectional
/// overrides, line separators, invisible fillers and noncharacters become `\u{202e}`. The result is one line.
/// The bracket of `##[` is shown as `\u{5b}`: the GitHub runner reads that prefix as a command anywhere in a line.
package func visible(_ text: String) -> String {
    if isPlainASCII(text.utf8, hasLines: false) { return text }
    var result = ""
    var hashes = 0
    for scalar in text.unicodeScalars {
        if let shown = visibleForm(of: scalar, afterHashes: hashes) {
            result += shown
        } else {
            result.unicodeScalars.append(scalar)
        }
        hashes = scalar == "#" ? hashes + 1 : 0
    }
    return result
}

/// Whether a text is of printable ASCII without `##`, and so shown as it is.
///
/// - Parameter hasLines: whether it may have ends of lines too.
func isPlainASCII(_ text: some Sequence<UInt8>, hasLines: Bool) -> Bool {
    var previous: UInt8 = 0
    for byte in text {
        guard byte >= 0x20 && byte < 0x7F && (byte != 0x23 || previous != 0x23) || hasLines && byte == 0x0A
        else { return false }
        previous = byte
    }
    return true
}

/// What stands for a character that is not shown as it is; nil for all others.
func visibleForm(of scalar: Unicode.Scalar, afterHashes hashes: Int) -> String? {
    let value = scalar.value
    if value < 0x20 { return Unicode.Scalar(0x2400 + value).map { String($0) } }
    if value < 0x7F { return value == 0x5B && hashes >= 2 ? escaped(value) : nil }
    if value == 0x7F { return "\u{2421}" }
    if value < 0x300 { return value < 0xA0 || value == 0xAD ? escaped(value) : nil }
    return isInvisible(scalar) ? escaped(value) : nil
}

/// Whether a character beyond ASCII is a control, or formats, separates or fills without being seen.
package func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    let value = scalar.value
    if value < 0xA0 { return value >= 0x7F }
    if value & 0xFFFE == 0xFFFE || (0xFDD0...0xFDEF).contains(value) { return true }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: return true
    case .nonspacingMark: return false
    default: return scalar.properties.isDefaultIgnorableCodePoint
    }
}

private func escaped(_ value: UInt32) -> String { "\\u{" + String(value, radix: 16) + "}" }
