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
    /// - Parameters:
    ///   - variables: set on top of this process's environment.
    ///   - limit: the greatest output, in bytes.
    ///   - isQuiet: whether what it says on standard error goes nowhere; else it is shown as it is said.
    /// - Returns: its exit status and standard output.
    static func run(
        _ words: [String], variables: [String], limit: Int, isQuiet: Bool = false
    ) throws(SystemFailure) -> (status: Int32, output: [UInt8]) {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { throw SystemFailure("run", words[0]) }
        defer { close(ends[0]) }
        #if canImport(Darwin)
            var actions: posix_spawn_file_actions_t?
        #else
            var actions = posix_spawn_file_actions_t()
        #endif
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
        if isQuiet { posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0) }
        posix_spawn_file_actions_addclose(&actions, ends[0])
        posix_spawn_file_actions_addclose(&actions, ends[1])
        var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) }
        arguments.append(nil)
        let names = variables.map { String($0.prefix { $0 != "=" }) + "=" }
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
        let refusal = posix_spawnp(&process, words[0], &actions, nil, arguments, environment)
        close(ends[1])
        guard refusal == 0 else {
            throw SystemFailure("cannot run \(words[0]): \(String(cString: strerror(refusal)))")
        }
        let output = Result { () throws(SystemFailure) in
            try readAll(ends[0], sizeHint: 65536, limit: limit, path: "the output of \(words[0])")
        }
        if case .success(.some) = output {} else { kill(process, SIGKILL) }
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        guard let bytes = try output.get() else {
            throw SystemFailure("\(words[0]) says more than \(limit) bytes")
        }
        let hasExited = status & 0x7F == 0
        return (hasExited ? (status >> 8) & 0xFF : 128 + (status & 0x7F), bytes)
    }
}
