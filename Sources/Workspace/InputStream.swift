#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Standard input in pieces, as they come.
package struct InputStream {
    private static let pieceLength = 1 << 16

    private let descriptor: Int32

    package init(descriptor: Int32 = 0) { self.descriptor = descriptor }

    /// Whether bytes, or the end, can be read without waiting.
    package var isReady: Bool {
        var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&request, 1, 0) > 0
    }

    /// The next piece, waiting for it; nil at the end.
    package func next() throws(SystemFailure) -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: Self.pieceLength)
        while true {
            let count = buffer.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
            if count > 0 { return Array(buffer.prefix(count)) }
            if count == 0 { return nil }
            if errno != EINTR { throw SystemFailure("read", "standard input") }
        }
    }
}
