import ComposeSpec
import Inspection

/// A text of a manifest as it may be shown: what stands in for a variable that is named like a secret is not.
///
/// `${TOKEN:-hunter2}` is shown as `${TOKEN:-…}`, and credentials before the host of an address as `…`.
func shown(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "$")) || text.utf8.contains(UInt8(ascii: "@")) else { return text }
    return withoutCredentials(withoutSecretDefaults(Array(text.utf8)))
}

private func withoutSecretDefaults(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var index = 0
    while index < bytes.count {
        guard bytes[index] == UInt8(ascii: "$"), index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "{") else {
            result.append(bytes[index])
            index += 1
            continue
        }
        let start = index + 2
        let end = bytes[start...].firstIndex { !Interpolation.isName($0) } ?? bytes.count
        result += bytes[index..<end]
        index = end
        guard bytes[start..<end].withUnsafeBufferPointer(SecretNames.nameOne) else { continue }
        // The word behind the operator, with the braces in it.
        let word = bytes[end...].firstIndex { !":-+?".utf8.contains($0) } ?? bytes.count
        result += bytes[end..<word]
        index = word
        guard word > end else { continue }
        var depth = 1
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "{") { depth += 1 }
            if bytes[index] == UInt8(ascii: "}") { depth -= 1 }
            if depth == 0 { break }
            index += 1
        }
        if index > word { result += "…".utf8 }
    }
    return result
}

/// `https://user:key@host/` as `https://…@host/`.
private func withoutCredentials(_ bytes: [UInt8]) -> String {
    let text = String(decoding: bytes, as: UTF8.self)
    guard let scheme = text.range(of: "://"), let sign = text[scheme.upperBound...].firstIndex(of: "@"),
        !text[scheme.upperBound..<sign].contains("/")
    else { return text }
    return text[..<scheme.upperBound] + "…" + text[sign...]
}

extension String {
    /// The first place of a text in this one.
    fileprivate func range(of text: String) -> Range<String.Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
            start = index(after: start)
        }
        return nil
    }
}
