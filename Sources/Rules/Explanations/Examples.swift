import Diagnostics

/// The example manifests of a code: one that it complains of and one that it does not.
///
/// They are the fixtures `bad-example.yaml` and `good-example.yaml`, which the tests run, with the project folders that
/// stand beside some of them; `examples.txt`, made from them, holds them all.
package struct Examples: Sendable {
    /// A manifest and the files of its project folders.
    package struct Example: Sendable {
        package let manifest: [UInt8]
        /// In the order of their paths, which start at the manifest's folder.
        package let files: [(path: String, bytes: [UInt8])]
    }

    package let bad: Example
    package let good: Example

    /// Nil for a code that no manifest brings about by itself.
    package init?(of code: Code) {
        let examples = Self.sections(PackageResources.examples_txt[...], begunBy: "=== ")
        guard let bad = examples.first(where: { $0.title == "\(code.label) bad" }),
            let good = examples.first(where: { $0.title == "\(code.label) good" })
        else { return nil }
        (self.bad, self.good) = (Self.example(bad.bytes), Self.example(good.bytes))
    }

    private static func example(_ bytes: ArraySlice<UInt8>) -> Example {
        let files = sections(bytes, begunBy: "--- ")
        let end = files.first?.start ?? bytes.endIndex
        return Example(manifest: Array(bytes[..<end]), files: files.map { ($0.title, Array($0.bytes)) })
    }

    /// The parts of a text that begin behind lines with a mark and a title.
    private static func sections(
        _ bytes: ArraySlice<UInt8>, begunBy mark: String
    ) -> [(title: String, start: Int, bytes: ArraySlice<UInt8>)] {
        var sections: [(title: String, start: Int, bytes: ArraySlice<UInt8>)] = []
        var line = bytes.startIndex
        while line < bytes.endIndex {
            let end = bytes[line...].firstIndex(of: 0x0A) ?? bytes.endIndex - 1
            if bytes[line...end].starts(with: mark.utf8) {
                let title = String(decoding: bytes[(line + mark.utf8.count)..<end], as: UTF8.self)
                sections.append((title, line, bytes[(end + 1)..<(end + 1)]))
            } else if let last = sections.indices.last {
                sections[last].bytes = bytes[sections[last].bytes.startIndex...end]
            }
            line = end + 1
        }
        return sections
    }
}
