import Foundation
import TestSupport

/// Readers of other people's, which say whether a document is one of theirs.
enum PythonCheck {
    /// Whether a module is there. In CI it must be, and its absence fails the tests that ask.
    static func has(_ module: String) -> Bool {
        if ProcessInfo.processInfo.environment["CI"] != nil { return true }
        return (try? run("import \(module)", on: []))?.status == 0
    }

    /// Runs a program on some bytes, which it finds as `data`; `root` is the repository.
    static func run(_ program: String, on input: [UInt8]) throws -> (status: Int32, output: String) {
        let root = Golden.repository.path
        let folder = FileManager.default.temporaryDirectory
        let file = folder.appendingPathComponent("bayplan-\(UUID().uuidString)")
        try Data(input).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        let head = "import sys\nroot = sys.argv[2]\ndata = open(sys.argv[1], 'rb').read()\n"
        process.arguments = ["python3", "-c", head + program, file.path, root]
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return (process.terminationStatus, output)
    }
}
