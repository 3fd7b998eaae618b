import Compiler
import Diagnostics

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The process's streams: the only place that asks what they are connected to, and for variables.
struct Terminal {
    /// Nil where long work is not watched.
    private let progress = ProgressLine()

    init() {
        // A reader that has seen enough closes the pipe; that is no crash.
        signal(SIGPIPE, SIG_IGN)
    }

    func print(_ text: String) { put(Array(text.utf8), to: 1) }
    func say(_ text: String) { put(Array(text.utf8), to: 2) }

    func end(_ status: ExitStatus) -> Never {
        progress?.erase()
        exit(status.rawValue)
    }

    /// Writes on a line of its own.
    private func put(_ bytes: [UInt8], to descriptor: Int32) {
        progress?.erase()
        Self.write(bytes, to: descriptor)
    }

    /// The root that the variable `BAYPLAN_ROOT` names; nil when it is unset or empty.
    static var rootVariable: String? { variable("BAYPLAN_ROOT").flatMap { $0.isEmpty ? nil : $0 } }

    /// The value of an environment variable; nil when it is unset.
    static func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

    /// A console as the common options ask for it.
    func console(_ options: ConsoleOptions) -> Console {
        var console = Console(output: { put($0, to: 1) }, error: { put($0, to: 2) })
        console.width = width
        console.isTerminal = isatty(1) == 1
        console.colorsOutput = hasColor(1, options.color)
        console.colorsError = hasColor(2, options.color)
        console.isQuiet = options.quiet
        if !options.quiet, let progress { console.progress = { progress.tell($0) } }
        return console
    }

    /// The columns in which help is to be set: what the variable `COLUMNS` says, or the terminal that it is printed on.
    static var columns: Int? {
        if let stated = variable("COLUMNS").flatMap({ Int($0) }), stated > 0 { return stated }
        return columns(of: 1)
    }

    /// The columns of whichever stream is a terminal.
    private var width: Int? {
        for descriptor: Int32 in [1, 2] where isatty(descriptor) == 1 { return Self.columns(of: descriptor) ?? 80 }
        return nil
    }

    /// The columns of a terminal that knows them.
    static func columns(of descriptor: Int32) -> Int? {
        var size = winsize()
        return ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 ? Int(size.ws_col) : nil
    }

    /// The flag, then `NO_COLOR`, then `FORCE_COLOR` and `CLICOLOR_FORCE`, then whether a terminal reads.
    private func hasColor(_ descriptor: Int32, _ choice: ColorChoice) -> Bool {
        func isSet(_ name: String) -> Bool { getenv(name).map { $0.pointee != 0 } ?? false }
        switch choice {
        case .always: return true
        case .never: return false
        case .auto:
            if isSet("NO_COLOR") { return false }
            if isSet("FORCE_COLOR") || isSet("CLICOLOR_FORCE") { return true }
            return isatty(descriptor) == 1 && getenv("TERM").map { String(cString: $0) } != "dumb"
        }
    }

    static func write(_ bytes: [UInt8], to descriptor: Int32) {
        bytes.withUnsafeBytes { buffer in
            var offset = 0
            while offset < buffer.count, let base = buffer.baseAddress {
                #if canImport(Glibc)
                    let written = Glibc.write(descriptor, base + offset, buffer.count - offset)
                #elseif canImport(Musl)
                    let written = Musl.write(descriptor, base + offset, buffer.count - offset)
                #else
                    let written = Darwin.write(descriptor, base + offset, buffer.count - offset)
                #endif
                if written >= 0 {
                    offset += written
                } else if errno == EPIPE {
                    // Nobody reads on: what is left to say is nothing.
                    return
                } else if errno != EINTR {
                    exit(ExitStatus.failure.rawValue)
                }
            }
        }
    }
}

/// The values of `--color`.
enum ColorChoice: String, CaseIterable { case auto, always, never }
