#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The signals with which a person or a system asks a process to end.
package enum Interruption {
    private static let signals = [SIGINT, SIGTERM, SIGHUP]

    /// Lets them end this process, even where whoever started it holds them back.
    ///
    /// A process that ends in no other way could not be ended otherwise. Signals that are ignored stay so.
    package static func allow() {
        var set = set
        pthread_sigmask(SIG_UNBLOCK, &set, nil)
    }

    /// Does something that they must not cut in half: one that comes meanwhile ends the process afterwards.
    package static func hold<Value>(_ body: () throws(SystemFailure) -> Value) throws(SystemFailure) -> Value {
        var set = set
        var before = sigset_t()
        pthread_sigmask(SIG_BLOCK, &set, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
        return try body()
    }

    private static var set: sigset_t {
        var set = sigset_t()
        sigemptyset(&set)
        for signal in signals { sigaddset(&set, signal) }
        return set
    }
}
