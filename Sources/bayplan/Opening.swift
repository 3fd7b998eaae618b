#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

extension Terminal {
    /// Hands a file to the desktop's program for it, without a shell and without waiting for it.
    func open(_ file: String) throws {
        #if os(macOS)
            let program = "open"
        #else
            let program = "xdg-open"
        #endif
        // A name that begins with a hyphen must not look like an option.
        var arguments: [UnsafeMutablePointer<CChar>?] = [
            strdup(program), strdup(file.hasPrefix("/") ? file : "./" + file), nil,
        ]
        defer { for argument in arguments { free(argument) } }
        #if canImport(Darwin)
            var attributes: posix_spawnattr_t?
        #else
            var attributes = posix_spawnattr_t()
        #endif
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // The child gets back what this process set aside for its own output.
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGPIPE)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))
        var process = pid_t()
        let status = posix_spawnp(&process, program, nil, &attributes, &arguments, environ)
        guard status == 0 else {
            throw RunFailure(
                message: "cannot run \(program): \(String(cString: strerror(status))); open \(file) yourself")
        }
    }
}
