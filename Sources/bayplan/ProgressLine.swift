import Compiler

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The one line on a terminal that says what long work is at.
///
/// It appears once a run has taken half a second, changes ten times a second at most, is narrower than the terminal, and
/// is gone before anything else is written. Parts of a run that compute and cannot say how far they are let an alarm
/// draw it, so there is neither a thread nor a question asked on the way. Only a terminal on standard error that can
/// erase has one: `TERM=dumb` cannot, and `CI` means that nobody watches.
final class ProgressLine {
    private static let patience: UInt64 = 500_000_000
    private static let pause: UInt64 = 100_000_000
    private static let erasure = Array("\r\u{1B}[K".utf8)

    /// When the line may change next, in nanoseconds.
    private var next: UInt64 = 0

    /// Nil where no line is to be.
    init?() {
        func value(_ name: String) -> String { Terminal.variable(name) ?? "" }
        guard isatty(2) == 1, !["", "dumb"].contains(value("TERM")), value("CI").isEmpty else { return nil }
        // A system call that it interrupts goes on.
        var action = sigaction()
        #if canImport(Darwin)
            action.__sigaction_u.__sa_handler = { _ in Alarm.draw() }
        #else
            action.__sigaction_handler.sa_handler = { _ in Alarm.draw() }
        #endif
        action.sa_flags = Int32(SA_RESTART)
        Alarm.empty()
        sigaction(SIGALRM, &action, nil)
        // Whoever started this process may have held it back.
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGALRM)
        sigprocmask(SIG_UNBLOCK, &signals, nil)
    }

    func tell(_ progress: Progress) {
        switch progress {
        case .began:
            erase()
            next = now() + Self.patience
        case .ended: erase()
        case .doing(let work): draw(work + " ...", isNew: true)
        case .done(let work, let count, let total):
            let time = now()
            guard time >= next else { return }
            draw(work + " ... \(count)" + (total.map { " of \($0)" } ?? ""), isNew: false)
        }
    }

    /// Takes the line away; what is written next stands where it was.
    func erase() {
        Alarm.set(0)
        if Alarm.hasDrawn { Terminal.write(Self.erasure, to: 2) }
        Alarm.empty()
    }

    /// Draws now if it is time, or else at the time.
    private func draw(_ text: String, isNew: Bool) {
        Alarm.set(0)
        let columns = Terminal.columns(of: 2) ?? 80
        Alarm.fill(Self.erasure + Array(("bayplan: " + text).utf8.prefix(max(0, columns - 1))))
        let time = now()
        if time >= next {
            Alarm.draw()
            next = time + Self.pause
        } else if isNew {
            Alarm.set(next - time)
        }
    }

    private func now() -> UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
}

/// What the handler of the alarm's signal may touch: memory that is there, and one system call.
///
/// The bytes change only while no alarm is set.
private enum Alarm {
    private static let capacity = 256
    nonisolated(unsafe) private static let bytes = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    /// How many bytes there are, and whether they were drawn.
    nonisolated(unsafe) private static let state: UnsafeMutablePointer<(count: Int, hasDrawn: Bool)> = {
        let state = UnsafeMutablePointer<(count: Int, hasDrawn: Bool)>.allocate(capacity: 1)
        state.initialize(to: (0, false))
        return state
    }()

    static var hasDrawn: Bool { state.pointee.hasDrawn }

    static func empty() { state.pointee = (0, false) }

    static func fill(_ text: [UInt8]) {
        let count = min(text.count, capacity)
        for index in 0..<count { bytes[index] = text[index] }
        state.pointee.count = count
    }

    static func draw() {
        // What the interrupted code is about to read of its own last system call stays.
        let before = errno
        if state.pointee.count > 0 {
            state.pointee.hasDrawn = true
            _ = write(2, bytes, state.pointee.count)
        }
        errno = before
    }

    /// Sets the alarm, or with 0 takes it back.
    static func set(_ nanoseconds: UInt64) {
        let microseconds = nanoseconds == 0 ? 0 : max(1, nanoseconds / 1000)
        var timer = itimerval()
        timer.it_value.tv_sec = numericCast(microseconds / 1_000_000)
        timer.it_value.tv_usec = numericCast(microseconds % 1_000_000)
        #if canImport(Glibc)
            setitimer(Int32(ITIMER_REAL.rawValue), &timer, nil)
        #else
            setitimer(ITIMER_REAL, &timer, nil)
        #endif
    }
}
