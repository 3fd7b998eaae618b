import Foundation
import TestSupport

/// A watching run of the real program on a checkout.
final class Watch {
    struct Silence: Error { let output: String }

    private let process = Process()
    private let output: URL
    private var read = 0

    /// Starts it and waits until it watches.
    init(_ checkout: Checkout, _ options: [String] = [], command: String = "compile") throws {
        output = checkout.folder.url.deletingLastPathComponent().appending(path: "watch-\(UUID().uuidString)")
        try Data().write(to: output)
        let handle = try FileHandle(forWritingTo: output)
        process.executableURL = URL(filePath: Program.path)
        process.arguments = [command, "--watch"] + options
        process.currentDirectoryURL = checkout.url
        process.environment = ProcessInfo.processInfo.environment.merging(["BAYPLAN_ROOT": ""]) { $1 }
        process.standardOutput = handle
        process.standardError = handle
        try process.run()
        try heard("watching ")
    }

    deinit {
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        try? FileManager.default.removeItem(at: output)
    }

    var isRunning: Bool { process.isRunning }
    /// Processor time that it has used, in clock ticks.
    var ticks: Int {
        get throws {
            let words = try String(contentsOfFile: "/proc/\(process.processIdentifier)/stat", encoding: .utf8).split(
                separator: " ")
            return (Int(words[13]) ?? 0) + (Int(words[14]) ?? 0)
        }
    }

    /// What it has said since the last call, once that holds the text; throws when it does not come.
    @discardableResult
    func heard(_ text: String) throws -> String {
        var heard: String?
        _ = Patience.until {
            let new = unheard
            // A line counts when it is whole.
            if let found = new.range(of: text), let end = new[found.upperBound...].firstIndex(of: "\n") {
                heard = String(new[...end])
            }
            return heard != nil || !process.isRunning
        }
        guard let heard else { throw Silence(output: unheard) }
        read += heard.utf8.count
        return heard
    }

    /// What it has said since the last call of `heard`.
    var unheard: String {
        String(decoding: ((try? Data(contentsOf: output)) ?? Data()).dropFirst(read), as: UTF8.self)
    }

    /// Interrupts it as Ctrl-C does and returns the signal that ended it; nil when none did.
    func interrupt() -> Int32? {
        process.interrupt()
        guard Patience.until({ !process.isRunning }) else { return nil }
        return process.terminationReason == .uncaughtSignal ? process.terminationStatus : nil
    }
}
