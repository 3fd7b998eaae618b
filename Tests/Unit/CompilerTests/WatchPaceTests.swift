import Compiler
import TestSupport
import Testing
import Workspace

/// When `bayplan fingerprint --watch` looks, and when it tells what it has found.
///
/// What is read of the environment counts its looks.
struct WatchPaceTests {
    /// Counts looks and does something at each.
    private final class Looks {
        var count = 0
        var atEach: (Int) -> Void = { _ in }

        /// The variable that every look reads once for the one image.
        func variable(_ name: String) -> String? {
            guard name == "V" else { return nil }
            count += 1
            atEach(count)
            return nil
        }
    }

    private let desk: Desk
    private let looks = Looks()
    private let conversation = Conversation()

    init() throws {
        desk = try Desk(
            "version: 1\nimages: {a: {owner: p, build: {context: ./a, args: {V: \"${V}\"}}}}\nprojects: {p: {services: {a: }}}\n"
        )
        try desk.folder.write("p/a/Dockerfile", "FROM scratch\nARG V\nCOPY . /\n")
    }

    private func told(_ variable: @escaping (String) -> String?) throws -> Desk.Told {
        var run = FingerprintRun(session: desk.session())
        run.variable = variable
        var watch = ImageWatch(run)
        return try conversation.held(at: desk) { console, readers throws(SystemFailure) in
            watch.readers = readers
            return try watch.run(console)
        }
    }

    private static let watching = "bayplan: watching the inputs of 1 image; Ctrl-C ends\n"

    @Test("Nothing is told before what was told last has been read")
    func unread() throws {
        let (conversation, looks, desk) = (conversation, looks, desk)
        var isRead = false
        looks.atEach = { count in
            guard count == 4 else { return }
            isRead = true
            conversation.readAll()
        }
        conversation.await("Ctrl-C ends\n") {
            try conversation.leaveUnread()
            try desk.folder.write("p/a/file", "one\n")
        }
        // One look at the beginning, three until all was read, and two that found the same.
        conversation.await("a\n") { #expect(isRead && looks.count == 6) }
        #expect(try told(looks.variable) == Desk.Told(.clean, "a\n", Self.watching))
    }

    @Test("A reader that goes while the inputs settle is told nothing more")
    func leaving() throws {
        let (conversation, looks, desk) = (conversation, looks, desk)
        // The third look is the first after a change was seen.
        looks.atEach = { if $0 == 3 { conversation.leave() } }
        conversation.await("Ctrl-C ends\n") { try desk.folder.write("p/a/file", "one\n") }
        conversation.await("a\n")
        #expect(try told(looks.variable) == Desk.Told(.clean, "", Self.watching))
        #expect(looks.count == 3)
    }

    @Test("What never stands still is told as it is, after a while")
    func restless() throws {
        let looks = looks
        conversation.await("a\n") { #expect(looks.count == 33) }
        let result = try told { name in
            _ = looks.variable(name)
            return name == "V" ? String(looks.count) : nil
        }
        #expect(result == Desk.Told(.clean, "a\n", Self.watching))
    }
}
