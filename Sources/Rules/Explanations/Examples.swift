import Diagnostics

/// The example manifests of a code: one that it complains of and one that it does not.
///
/// They are the fixtures `bad-example.yaml` and `good-example.yaml`, which the tests run; `examples.txt`, made from them,
/// holds them all, each behind a line `=== BP107 bad`.
package struct Examples: Sendable {
    package let bad: [UInt8]
    package let good: [UInt8]

    /// Nil for a code that no manifest brings about by itself.
    package init?(of code: Code) {
        let parts = Self.parts(PackageResources.examples_txt)
        guard let bad = parts["\(code.label) bad"], let good = parts["\(code.label) good"] else { return nil }
        (self.bad, self.good) = (Array(bad), Array(good))
    }

    private static func parts(_ bytes: [UInt8]) -> [String: ArraySlice<UInt8>] {
        let mark = Array("=== ".utf8)
        var parts: [String: ArraySlice<UInt8>] = [:]
        var title: (text: String, start: Int)?
        var line = 0
        while line < bytes.count {
            let end = bytes[line...].firstIndex(of: 0x0A) ?? bytes.count - 1
            if bytes[line...end].starts(with: mark) {
                if let title { parts[title.text] = bytes[title.start..<line] }
                title = (String(decoding: bytes[(line + mark.count)..<end], as: UTF8.self), end + 1)
            }
            line = end + 1
        }
        if let title { parts[title.text] = bytes[title.start...] }
        return parts
    }
}
