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
        // Compose has no bound of its own: `Tool` keeps a merge gone wrong from taking the machine with it.
        do {
            let result = try Tool.run(arguments, in: folder)
            return (result.status, result.output, result.errors)
        } catch {
            return (127, "", "\(error)")
        }
    }
}
