import Foundation
import TestSupport

/// Docker Compose as an oracle for tests; it needs no engine to print a configuration.
struct ComposeTool {
    /// The minor version: 26 of 2.26.1.
    let minor: Int
    private let command: [String]

    /// Nil where `docker compose` does not run.
    init?() {
        for command in [Tool.compose.command, ["docker-compose"]] {
            let result = Self.run(command + ["version", "--short"], in: FileManager.default.temporaryDirectory)
            let numbers = result.output.drop { !$0.isNumber }.split(separator: ".")
            if result.status == 0, numbers.count > 1, numbers[0] == "2", let minor = Int(numbers[1]) {
                self.minor = minor
                self.command = command
                return
            }
        }
        return nil
    }

    static let isPresent = ComposeTool() != nil
    static let mustRun = ProcessInfo.processInfo.environment["CI"] == "true"

    /// The configuration that files make, or the reason of a refusal.
    func config(_ files: [String], in folder: URL, more: [String] = []) -> (
        status: Int32, output: String, error: String
    ) {
        Self.run(
            command + files.flatMap { ["-f", $0] } + ["--project-name", "p", "--profile", "*", "config"] + more,
            in: folder)
    }

    private static func run(_ arguments: [String], in folder: URL) -> (status: Int32, output: String, error: String) {
        let out = folder.appendingPathComponent("out-\(UUID().uuidString)")
        let err = folder.appendingPathComponent("err-\(UUID().uuidString)")
        defer {
            try? FileManager.default.removeItem(at: out)
            try? FileManager.default.removeItem(at: err)
        }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/bash")
        // Compose has no bound of its own: a merge gone wrong must not take the machine with it.
        process.arguments =
            [
                "-c",
                "ulimit -v 8000000; out=$1 err=$2; shift 2; exec timeout -k 5 \(Patience.seconds) \"$@\" >\"$out\" 2>\"$err\"",
                "run",
                out.path,
                err.path,
            ] + arguments
        process.currentDirectoryURL = folder
        do { try process.run() } catch { return (127, "", "\(error)") }
        process.waitUntilExit()
        let output = (try? String(contentsOf: out, encoding: .utf8)) ?? ""
        return (process.terminationStatus, output, (try? String(contentsOf: err, encoding: .utf8)) ?? "")
    }
}
