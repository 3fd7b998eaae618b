import Testing

@testable import Workspace

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A reader that goes is noticed, whatever the other stream is.
struct ReadersTests {
    @Test("A stream that was never open ends no wait, and the other one is still looked at")
    func neverOpen() {
        var ends: [Int32] = [0, 0]
        #expect(pipe(&ends) == 0)
        defer { close(ends[1]) }
        var readers = Readers(output: .max, messages: ends[1])
        let early = [readers.areGone(within: 0), readers.areGone(within: 0)]
        close(ends[0])
        let late = readers.areGone(within: 60_000)
        #expect(early == [false, false] && late)
    }
}
