import CPlatform

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Runs a program without a shell: words arrive as they are.
enum Subprocess {
    /// The output of a program that was found on the PATH.
    ///
    /// An interruption that is held back ends the program.
    ///
    /// - Parameters:
    ///   - variables: set on top of this process's environment.
    ///   - prefix: how the variables begin that are taken out of this process's environment.
    ///   - errors: the file that what it says on standard error is written to.
    ///   - limit: the greatest output, in bytes.
    /// - Returns: its exit status and standard output.
    static func run(
        _ words: [String], variables: [String], without prefix: String, errors: String, limit: Int
    ) throws(SystemFailure) -> (status: Int32, output: [UInt8]) {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { throw SystemFailure("run", words[0]) }
        defer { close(ends[0]) }
        #if canImport(Darwin)
            var actions: posix_spawn_file_actions_t?
            var attributes: posix_spawnattr_t?
        #else
            var actions = posix_spawn_file_actions_t()
            var attributes = posix_spawnattr_t()
        #endif
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
        posix_spawn_file_actions_addopen(&actions, 2, errors, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        posix_spawn_file_actions_addclose(&actions, ends[0])
        posix_spawn_file_actions_addclose(&actions, ends[1])
        // What this thread holds back must reach the program.
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) }
        arguments.append(nil)
        let names = variables.map { String($0.prefix { $0 != "=" }) + "=" } + [prefix]
        var environment: [UnsafeMutablePointer<CChar>?] = variables.map { strdup($0) }
        var own = environ
        while let entry = own.pointee {
            let text = String(cString: entry)
            if !names.contains(where: { text.hasPrefix($0) }) { environment.append(strdup(entry)) }
            own += 1
        }
        environment.append(nil)
        defer { for text in arguments + environment { free(text) } }
        var process: pid_t = 0
        let refusal = posix_spawnp(&process, words[0], &actions, &attributes, arguments, environment)
        close(ends[1])
        guard refusal == 0 else {
            throw SystemFailure("cannot run \(words[0]): \(String(cString: strerror(refusal)))")
        }
        let output = Result { () throws(SystemFailure) in try readWhileAwaited(ends[0], limit: limit, of: words[0]) }
        if case .failure = output { kill(process, SIGKILL) }
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        let bytes = try output.get()
        let hasExited = status & 0x7F == 0
        return (hasExited ? (status >> 8) & 0xFF : 128 + (status & 0x7F), bytes)
    }

    /// Reads to the end, and looks ten times a second whether this process is to end.
    private static func readWhileAwaited(
        _ descriptor: Int32, limit: Int, of program: String
    ) throws(SystemFailure) -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65536)
        while true {
            guard has_held_interruption() == 0 else { throw SystemFailure("\(program) was interrupted") }
            var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            let ready = poll(&entry, 1, 100)
            if ready == 0 { continue }
            let got = ready < 0 ? -1 : read(descriptor, &buffer, buffer.count)
            if got < 0 {
                if errno == EINTR { continue }
                throw SystemFailure("read", "the output of \(program)")
            }
            if got == 0 { return bytes }
            bytes += buffer[..<got]
            guard bytes.count <= limit else { throw SystemFailure("\(program) says more than \(limit) bytes") }
        }
    }
}
