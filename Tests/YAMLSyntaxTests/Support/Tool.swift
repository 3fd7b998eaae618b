import Foundation
import Testing

/// A program that tests compare with.
///
/// Where it is absent a test is skipped with the reason; under `CI=true` the test runs and fails.
struct Tool: Sendable {
    let command: [String]
    let isPresent: Bool

    static let pyYAML = Tool(["python3"], probe: ["-c", "import yaml"])
    static let compose = Tool(["docker", "compose"], probe: ["version"])
    static let isCI = ProcessInfo.processInfo.environment["CI"] == "true"

    /// Whether tests with it run: when it is there, or when its absence must fail.
    var isExpected: Bool { isPresent || Self.isCI }

    private init(_ command: [String], probe: [String]) {
        self.command = command
        isPresent = (try? Self.run(command + probe).status == 0) ?? false
    }

    /// Runs the tool for at most two minutes with at most 8 GB of address space.
    func run(_ arguments: [String], in directory: URL? = nil) throws -> (status: Int32, output: String, errors: String)
    {
        try Self.run(command + arguments, in: directory)
    }

    private static func run(
        _ command: [String], in directory: URL? = nil
    ) throws -> (status: Int32, output: String, errors: String) {
        let scratch = try ScratchFolder()
        let (output, errors) = (scratch.url.appending(path: "out"), scratch.url.appending(path: "err"))
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments =
            [
                "-c",
                "ulimit -v 8000000; out=$1 err=$2; shift 2; exec timeout 120 \"$@\" >\"$out\" 2>\"$err\" </dev/null",
            ]
            + ["sh", output.path, errors.path] + command
        if let directory { process.currentDirectoryURL = directory }
        try process.run()
        process.waitUntilExit()
        return (
            process.terminationStatus, String(decoding: try Data(contentsOf: output), as: UTF8.self),
            String(decoding: try Data(contentsOf: errors), as: UTF8.self)
        )
    }
}

/// A folder of its own that goes away with its last use.
final class ScratchFolder: Sendable {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "bayplan-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    func write(_ name: String, _ bytes: [UInt8]) throws {
        try Data(bytes).write(to: url.appending(path: name))
    }
}
