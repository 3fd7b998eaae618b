import Testing

@testable import Workspace

/// The lock survives whatever happens to it.
struct LockTests {
    private let hash = String(repeating: "0a", count: 32)
    private let other = String(repeating: "0b", count: 32)

    @Test func roundTrip() {
        var lock = Lock()
        lock.set([hash], for: "b/docker-compose.yml")
        lock.set([other], for: "a file")
        #expect(Lock(parsing: lock.bytes).hashes == lock.hashes)
        #expect(
            String(decoding: lock.bytes, as: UTF8.self).hasSuffix("\(other)  a file\n\(hash)  b/docker-compose.yml\n"))
    }

    @Test func underWay() {
        var lock = Lock()
        lock.set([hash], for: "a")
        lock.isUnderWay = true
        #expect(Lock(parsing: lock.bytes).isUnderWay)
        #expect(Lock(parsing: lock.bytes).hashes == lock.hashes)
        lock.isUnderWay = false
        #expect(!Lock(parsing: lock.bytes).isUnderWay)
    }

    @Test("Both sides of a conflict count as written by bayplan")
    func conflict() {
        let text = "<<<<<<< ours\n\(hash)  a\n=======\n\(other)  a\n>>>>>>> theirs\nnonsense\n\(hash)\n"
        let lock = Lock(parsing: Array(text.utf8))
        #expect(lock.hashes == ["a": [hash, other]])
    }

    @Test("Lines that are none are passed over", arguments: ["", "\n\n", "x", "\u{0}", "# a comment"])
    func nonsense(_ text: String) {
        #expect(Lock(parsing: Array(text.utf8)).hashes.isEmpty)
    }
}
