import Foundation
import TestSupport

/// A line of shell that runs on a terminal of its own, and what it left there.
struct PseudoTerminal {
    struct Unavailable: Error {}

    /// Every byte that was written.
    private(set) var bytes: [UInt8] = []
    /// The lines that stand there at the end.
    private(set) var screen: [String] = [""]
    /// Every state of the last line before it was erased or written over.
    private(set) var erased: [String] = []
    let status: Int32
    /// From the start of the line to its end.
    let elapsed: Duration

    /// Runs a line in a folder, where `$bayplan` is the program; the file `shown` comes there with the first byte.
    init(_ line: String, in folder: URL, columns: UInt16 = 80, environment: [String: String] = [:]) throws {
        var (own, other): (Int32, Int32) = (0, 0)
        var size = winsize(ws_row: 24, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
        guard openpty(&own, &other, nil, nil, &size) == 0 else { throw Unavailable() }
        let process = Process()
        process.executableURL = URL(filePath: "/bin/bash")
        process.arguments = ["-c", line]
        process.currentDirectoryURL = folder
        let stated = ["bayplan": Program.path, "BAYPLAN_ROOT": "", "TERM": "xterm", "CI": "", "NO_COLOR": ""]
        process.environment = ProcessInfo.processInfo.environment.merging(stated) { $1 }.merging(environment) { $1 }
        let handle = FileHandle(fileDescriptor: other, closeOnDealloc: true)
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = handle
        process.standardError = handle
        let begun = ContinuousClock.now
        try process.run()
        try handle.close()
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            // Once nobody holds the other end, reading fails.
            let count = read(own, &buffer, buffer.count)
            if count <= 0 { break }
            if bytes.isEmpty { try Data().write(to: folder.appending(path: "shown")) }
            bytes += buffer[..<count]
        }
        close(own)
        process.waitUntilExit()
        elapsed = ContinuousClock.now - begun
        status = process.terminationStatus
        show()
    }

    /// What a terminal makes of the bytes, as far as this program may use one: line ends, returns and "erase to the end".
    private mutating func show() {
        var rest = String(decoding: bytes, as: UTF8.self).unicodeScalars[...]
        var column = 0
        while let scalar = rest.popFirst() {
            switch scalar {
            case "\r": column = 0
            case "\n":
                screen.append("")
                column = 0
            case "\u{1B}" where rest.starts(with: "[K".unicodeScalars):
                rest = rest.dropFirst(2)
                let line = screen[screen.count - 1]
                if !line.isEmpty { erased.append(line) }
                screen[screen.count - 1] = String(line.prefix(column))
            default:
                var line = Array(screen[screen.count - 1])
                if column < line.count { line[column] = Character(scalar) } else { line.append(Character(scalar)) }
                screen[screen.count - 1] = String(line)
                column += 1
            }
        }
    }
}
