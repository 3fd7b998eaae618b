import CPlatform

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Who reads what this process prints: the other ends of its results and of its messages.
package struct Readers {
    private let output: Int32
    private var streams: [pollfd]

    /// The descriptors are those that results and messages are written to.
    package init(output: Int32 = 1, messages: Int32 = 2) {
        self.output = output
        streams = [output, messages].map { pollfd(fd: $0, events: 0, revents: 0) }
    }

    /// Waits for as long, without any work, and returns false; returns true at once when a reader has gone.
    package mutating func areGone(within milliseconds: Int32) -> Bool {
        guard poll(&streams, nfds_t(streams.count), milliseconds) > 0 else { return false }
        let gone = Int16(truncatingIfNeeded: POLLHUP | POLLERR)
        if streams.contains(where: { $0.revents & gone != 0 }) { return true }
        // A stream that was closed from the start, or that cannot be asked, would end every wait at once.
        for index in streams.indices where streams[index].revents != 0 { streams[index].fd = -1 }
        return false
    }

    /// Whether the reader of the results has taken all that was printed; true where the system does not tell.
    package var haveReadAll: Bool { unread_bytes(output) == 0 }
}
