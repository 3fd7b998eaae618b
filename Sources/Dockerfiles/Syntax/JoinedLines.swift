import SourceText

/// The text of all instructions, continuation lines joined, and where each byte of it stands in the file.
package struct JoinedLines: Sendable {
    package private(set) var bytes: [UInt8] = []
    /// Where a run of bytes begins here and in the file; ascending in both.
    private var pieces: [(joined: UInt32, source: UInt32)] = []

    /// Adds bytes of the file.
    mutating func append(_ range: Range<Int>, of source: [UInt8]) {
        guard !range.isEmpty else { return }
        pieces.append((UInt32(bytes.count), UInt32(range.lowerBound)))
        bytes += source[range]
    }

    /// The place of some bytes in the file.
    package func span(of range: Range<Int>) -> Span {
        let start = source(of: range.lowerBound)
        return Span(start, range.isEmpty ? start : source(of: range.upperBound - 1) + 1)
    }

    package func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    private func source(of offset: Int) -> UInt32 {
        var (low, high) = (0, pieces.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if pieces[middle].joined <= offset { low = middle } else { high = middle }
        }
        guard low < pieces.count else { return 0 }
        return pieces[low].source + UInt32(offset) - pieces[low].joined
    }
}
