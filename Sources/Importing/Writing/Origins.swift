import Diagnostics
import SourceText

/// Where the parts of an imported manifest come from, so that what is wrong with one is told in its own file.
package struct Origins: Sendable {
    struct Part: Sendable {
        /// The offset in the manifest at which the part begins; it ends where the next one begins.
        let start: UInt32
        let key: Location
        let value: Location?
    }

    private let parts: [Part]

    /// - Parameter parts: ascending.
    init(_ parts: [Part]) { self.parts = parts }

    /// A finding in the manifest as one in the Compose files, as far as their parts are known.
    package func located(_ finding: Diagnostic) -> Diagnostic {
        func moved(_ label: Diagnostic.Label) -> Diagnostic.Label {
            location(of: label.location).map { Diagnostic.Label($0, label.text) } ?? label
        }
        var result = Diagnostic(
            finding.code, finding.message, at: moved(finding.primary), also: finding.secondary.map(moved),
            why: finding.why, help: finding.help)
        result.severity = finding.severity
        return result
    }

    private func location(of place: Location) -> Location? {
        var low = 0
        var high = parts.count
        while low < high {
            let middle = (low + high) / 2
            if parts[middle].start <= place.span.start { low = middle + 1 } else { high = middle }
        }
        guard low > 0 else { return nil }
        let part = parts[low - 1]
        guard let value = part.value else { return part.key }
        // The same words inside the value are what is meant; otherwise the key is.
        let words = Array(place.file.bytes[place.span.range])
        let bytes = value.file.bytes[value.span.range]
        guard !words.isEmpty, let found = bytes.firstRange(of: words) else { return part.key }
        return Location(value.file, Span(UInt32(found.lowerBound), UInt32(found.upperBound)))
    }
}
