import Foundation
import Testing

@testable import Workspace

/// What a thread holds back of the signals that ask a process to end.
struct InterruptionTests {
    private static let all: Set<Int32> = [SIGINT, SIGTERM, SIGHUP]

    /// The signals that this thread holds back.
    private func held() -> Set<Int32> {
        var set = sigset_t()
        pthread_sigmask(SIG_BLOCK, nil, &set)
        return Set((1..<32).filter { sigismember(&set, $0) == 1 })
    }

    /// Does something while this thread holds back one signal: threads of tests hold back most of them.
    private func holding(_ signal: Int32, _ body: () throws -> Void) rethrows {
        var set = sigset_t()
        var before = sigset_t()
        sigemptyset(&set)
        sigaddset(&set, signal)
        pthread_sigmask(SIG_SETMASK, &set, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
        try body()
    }

    @Test("What would cut something in half is held back while it is done, and no longer")
    func hold() throws {
        try holding(SIGUSR1) { () throws in
            #expect(try Interruption.hold { held() } == Self.all.union([SIGUSR1]))
            #expect(held() == [SIGUSR1])
            #expect(throws: SystemFailure.self) {
                try Interruption.hold { () throws(SystemFailure) in throw SystemFailure("no") }
            }
            #expect(held() == [SIGUSR1])
        }
    }

    @Test("What is held back is let through where a process must end by it", arguments: all)
    func allow(_ signal: Int32) {
        holding(signal) {
            #expect(held() == [signal])
            Interruption.allow()
            #expect(held().isEmpty)
        }
    }
}
