/// A range of bytes in one source file, half open.
///
/// Offsets are 32-bit: a source file holds at most 4 GiB, far beyond the manifest limit of 64 MiB.
public struct Span: Hashable, Sendable {
    /// The offset of the first byte.
    public var start: UInt32
    /// The offset after the last byte; never below `start`.
    public var end: UInt32

    @inlinable
    public init(_ start: UInt32, _ end: UInt32) {
        self.start = start
        self.end = max(start, end)
    }

    /// The empty span at the beginning of a file, for what has no better place.
    package static let beginning = Span(0, 0)

    /// The number of bytes.
    @inlinable
    public var count: Int { Int(end - start) }

    /// The span as a range of array indices.
    @inlinable
    public var range: Range<Int> { Int(start)..<Int(end) }
}
