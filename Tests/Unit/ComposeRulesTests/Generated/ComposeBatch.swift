import Foundation
import TestSupport

/// Many Compose files for one run of `docker compose config -q` each, two at a time.
struct ComposeBatch {
    private let folder: URL
    private var count = 0

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("bayplan-generated-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    static let isPresent =
        shell("docker compose version >/dev/null 2>&1", in: FileManager.default.temporaryDirectory) == 0

    mutating func add(_ bytes: [UInt8], named name: String) throws {
        try Data(bytes).write(to: folder.appendingPathComponent(name + ".yml"))
        count += 1
    }

    func remove() { try? FileManager.default.removeItem(at: folder) }

    /// The files that Compose refuses, with what it says; by name.
    func run() throws -> [(name: String, error: String)] {
        // Every profile is active, and memory and time are bounded: Compose itself bounds neither.
        let script = """
            ulimit -v 8000000
            export COMPOSE_PROFILES='*'
            one() {
                timeout -k 5 \(Patience.seconds) docker compose -f "$1" --project-name p config -q >/dev/null 2>"$1.err" && rm "$1.err"
                true
            }
            export -f one
            find . -name '*.yml' | sort | xargs -P 2 -n 1 bash -c 'one "$1"' _
            """
        guard Self.shell(script, in: folder) == 0 else { throw CocoaError(.executableNotLoadable) }
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".err") }
        return try names.sorted().map { name in
            (
                String(name.dropLast(8)),
                try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
            )
        }
    }

    private static func shell(_ script: String, in folder: URL) -> Int32 {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/bash")
        process.arguments = ["-c", script]
        process.currentDirectoryURL = folder
        do { try process.run() } catch { return 127 }
        process.waitUntilExit()
        return process.terminationStatus
    }
}
