import Foundation

/// A program that tests compare with.
///
/// Where it is absent a test is skipped with the reason; under `CI=true` the test runs and fails.
package struct Tool: Sendable {
    package let command: [String]
    package let isPresent: Bool

    package static let pyYAML = Tool(["python3"], probe: ["-c", "import yaml"])
    package static let compose = Tool(plugin("compose"), probe: ["version"])
    package static let buildx = Tool(plugin("buildx"), probe: ["version"])
    package static let shellcheck = Tool(["shellcheck"], probe: ["--version"])
    package static let shfmt = Tool(["shfmt"], probe: ["--version"])
    package static let dash = Tool(["dash"], probe: ["-c", ":"])
    package static let busybox = Tool(["busybox"], probe: ["sh", "-c", ":"])
    package static let patch = Tool(["patch"], probe: ["--version"])
    package static let sha256sum = Tool(["sha256sum"], probe: ["--version"])
    package static let isCI = ProcessInfo.processInfo.environment["CI"] == "true"

    /// What a process left behind.
    package typealias Result = (status: Int32, output: String, errors: String)

    /// Whether tests with it run: when it is there, or when its absence must fail.
    package var isExpected: Bool { isPresent || Self.isCI }

    package init(_ command: [String], probe: [String]) {
        self.command = command
        isPresent = (try? Self.run(command + probe).status == 0) ?? false
    }

    /// What begins the commands of a plugin of Docker: the plugin by itself, which takes less than half of the processor time;
    /// where `docker` does not tell where that is, `docker` and its name.
    private static func plugin(_ name: String) -> [String] {
        let form = "{{range .ClientInfo.Plugins}}{{if eq .Name \"\(name)\"}}{{.Path}}{{end}}{{end}}"
        let told = (try? run(["docker", "info", "--format", form]).output) ?? ""
        let path = told.trimmingCharacters(in: .whitespacesAndNewlines)
        return path.isEmpty ? ["docker", name] : [path]
    }

    /// Runs the tool with at most 8 GB of address space, and ends it with its children when patience is at its end.
    package func run(
        _ arguments: [String], in directory: URL? = nil, input: [UInt8]? = nil, environment: [String: String] = [:]
    ) throws -> Result {
        try Self.run(command + arguments, in: directory, input: input, environment: environment)
    }

    /// Runs a command with at most 8 GB of address space, and ends it with its children when patience is at its end.
    ///
    /// - Parameter environment: variables beside those of the tests.
    package static func run(
        _ command: [String], in directory: URL? = nil, input: [UInt8]? = nil, environment: [String: String] = [:]
    ) throws -> Result {
        let scratch = try ScratchFolder()
        let (output, errors) = (scratch.url.appending(path: "out"), scratch.url.appending(path: "err"))
        let source = scratch.url.appending(path: "in")
        try Data(input ?? []).write(to: source)
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments =
            [
                "-c",
                "ulimit -v 8000000; in=$1 out=$2 err=$3; shift 3; "
                    + "exec timeout -k 5 \(Patience.seconds) \"$@\" >\"$out\" 2>\"$err\" <\"$in\"",
            ]
            + ["sh", source.path, output.path, errors.path] + command
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { _, new in new }
        if let directory { process.currentDirectoryURL = directory }
        try process.run()
        process.waitUntilExit()
        return (
            process.terminationStatus, String(decoding: try Data(contentsOf: output), as: UTF8.self),
            String(decoding: try Data(contentsOf: errors), as: UTF8.self)
        )
    }
}
