import Compiler
import Foundation
import TestSupport
import Workspace

/// A watch that runs within this process: what it says is answered at once, and its reader goes when all is answered.
///
/// A text is waited for and what it leads to is done before the watch goes on, so that no clock decides anything.
final class Conversation {
    typealias Answer = (text: String, deed: () throws -> Void)

    private let reader = Pipe()
    private let said = Said()
    private var answers: [Answer]
    private var unanswered = ""
    private var fault: (any Error)?

    init(_ answers: [Answer] = []) { self.answers = answers }

    /// Waits for one more text.
    func await(_ text: String, _ deed: @escaping () throws -> Void = {}) { answers.append((text, deed)) }

    private func hear(_ text: String, _ desk: Desk) {
        unanswered += desk.shown(text)
        guard let next = answers.first, unanswered.contains(next.text) else { return }
        unanswered = ""
        answers.removeFirst()
        do { try next.deed() } catch { fault = error }
        if answers.isEmpty || fault != nil { try? reader.fileHandleForReading.close() }
    }

    /// Leaves a line in the pipe that its reader has not read yet.
    func leaveUnread() throws { try reader.fileHandleForWriting.write(contentsOf: Data("\n".utf8)) }

    /// Has the reader read that line.
    func readAll() { _ = reader.fileHandleForReading.availableData }

    /// Has the reader go before all is answered.
    func leave() {
        answers = []
        try? reader.fileHandleForReading.close()
    }

    /// Runs a watch to its end; throws with what it said when it never said what was waited for.
    func held(
        at desk: Desk, by watch: (Console, Readers) throws(SystemFailure) -> ExitStatus
    ) throws -> Desk.Told {
        said.heard = { [unowned self] in hear($0, desk) }
        let descriptor = reader.fileHandleForWriting.fileDescriptor
        let status = try Patience.closing(reader.fileHandleForReading) {
            try watch(said.console, Readers(output: descriptor, messages: descriptor))
        }
        if let fault { throw fault }
        let told = Desk.Told(status, desk.shown(said.output), desk.shown(said.errors))
        if let next = answers.first { throw Unexpected("never said: \(next.text)\n\(told)") }
        return told
    }
}

extension Desk {
    /// Watches and compiles, and answers what that says.
    func watch(_ answers: [Conversation.Answer]) throws -> Told {
        var watch = WatchRun(CompileRun(session: session()))
        return try Conversation(answers).held(at: self) { console, readers throws(SystemFailure) in
            watch.readers = readers
            return try watch.run(console)
        }
    }
}

extension Desk.Told {
    /// The notes of a watch: what changed, and how it stands where not all is as it was.
    var notes: [String] {
        errors.split(separator: "\n").filter { $0.hasPrefix("bayplan: ") }.map { String($0.dropFirst(9)) }
            .filter { !$0.hasSuffix(" artifacts are up to date") }
    }
}
