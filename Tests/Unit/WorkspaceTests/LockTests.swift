import SourceText
import Testing

@testable import Workspace

/// The lock survives whatever happens to it.
struct LockTests {
    private let hash = String(repeating: "0a", count: 32)
    private let other = String(repeating: "0b", count: 32)

    private func name(_ path: String, of manifest: String = "") -> Lock.Name {
        Lock.Name(WorkspacePath(path.split(separator: "/").map(String.init)), of: manifest)
    }

    private func lock(_ text: String) -> Lock { Lock(parsing: Array(text.utf8)) }

    @Test func roundTrip() {
        var lock = Lock()
        lock.version = "1.2.3"
        lock.set([hash], for: name("b/docker-compose.yml"))
        lock.set([other, hash], for: name("a file"))
        lock.set([other], for: name("docker-compose.yml", of: "../strategy/strategy.yaml"))
        lock.folders = [WorkspacePath(["..", "shop"])]
        #expect(Lock(parsing: lock.bytes).isSame(as: lock))
        #expect(Lock(parsing: lock.bytes).version == "1.2.3")
        #expect(
            String(decoding: lock.bytes, as: UTF8.self) == """
                # bayplan.lock 2, written by bayplan 1.2.3: each artifact with its SHA-256. Commit it with the artifacts.
                # See also ../shop
                \(hash)  a file
                \(other)  a file
                \(hash)  b/docker-compose.yml
                \(other)  docker-compose.yml\t../strategy/strategy.yaml

                """)
    }

    @Test func underWay() {
        var lock = Lock()
        lock.set([hash], for: name("a"))
        lock.isUnderWay = true
        #expect(Lock(parsing: lock.bytes).isUnderWay)
        #expect(Lock(parsing: lock.bytes).hashes == lock.hashes)
        lock.isUnderWay = false
        #expect(!Lock(parsing: lock.bytes).isUnderWay)
    }

    @Test("Both sides of a conflict count as written by bayplan")
    func conflict() {
        let lock = lock("<<<<<<< ours\n\(hash)  a\n=======\n\(other)  a\n>>>>>>> theirs\nnonsense\n\(hash)\n")
        #expect(lock.hashes == [name("a"): [hash, other]])
        #expect(lock.hasConflict)
        // Whoever resolved one by hand may have left either line.
        for marker in ["<<<<<<< ours", ">>>>>>> theirs"] { #expect(self.lock("\(marker)\n\(hash)  a\n").hasConflict) }
        #expect(!self.lock("=======\n\(hash)  a\n").hasConflict)
    }

    @Test("Of two first lines the higher counts, whatever stands around them")
    func title() {
        let first = "# bayplan.lock 2, written by bayplan 0.9.0: x\n"
        let second = "# bayplan.lock 3, written by bayplan 0.10.1: y\n"
        for text in [first + second, second + first, "<<<<<<< ours\n" + first + "=======\n" + second] {
            #expect(lock(text).readFormat == 3 && lock(text).version == "0.10.1")
        }
        #expect(lock("# What bayplan wrote last\n\(hash)  a\n").readFormat == 1)
        #expect(lock("# bayplan.lock 99999999999999999999999, written\n").readFormat == Int.max)
        #expect(lock("# bayplan.lock x\n").readFormat == 1)
        #expect(lock("# bayplan.lock 2, written by bayplan 1\u{1B}[2J: x\n").version == "1")
    }

    @Test("Lines that are none are passed over", arguments: ["", "\n\n", "x", "\u{0}", "# a comment"])
    func nonsense(_ text: String) { #expect(lock(text).hashes.isEmpty) }

    @Test(
        "A path in another spelling is no entry",
        arguments: [
            "", "./a", "a/", "a//b", "a/./b", "a/../b", "/a", "/", ".", "a/..", "../a/../b", "a\u{1}b", "a\tb//c",
            "a\t",
            "\ta",
            "a\t/x", "../", "..//a",
        ])
    func spelling(_ path: String) { #expect(lock("\(hash)  \(path)\n").hashes.isEmpty) }

    @Test("A path that is too long or too deep is no entry, and neither is one that is no UTF-8")
    func bounds() {
        #expect(lock("\(hash)  \(String(repeating: "a", count: 4097))\n").hashes.isEmpty)
        #expect(lock("\(hash)  \(String(repeating: "a/", count: 256))b\n").hashes.isEmpty)
        #expect(Lock(parsing: Array("\(hash)  a".utf8) + [0xFF, 0x0A]).hashes.isEmpty)
        #expect(lock("\(hash)  \(String(repeating: "a", count: 4096))\n").hashes.count == 1)
    }

    @Test("Only the folder of a lock elsewhere is another's")
    func folders() {
        let lock = lock(
            "# See also ../shop\n# See also ../../a/b\n# See also shop\n# See also /etc\n# See also ../a/../b\n")
        #expect(lock.folders == [WorkspacePath(["..", "shop"]), WorkspacePath(["..", "..", "a", "b"])])
    }

    @Test("So many former projects are remembered, and only names of projects")
    func formerProjects() {
        let names = (0...Lock.mostFormerProjects).map { "# Former project p\($0)\n" }
        #expect(lock(names.dropLast().joined()).formerProjects.count == Lock.mostFormerProjects)
        #expect(lock(names.joined()).formerProjects.count == Lock.mostFormerProjects)
        #expect(!lock(names.joined()).formerProjects.contains("p\(Lock.mostFormerProjects)"))
        let long = String(repeating: "a", count: 255)
        #expect(
            lock(
                ["0-_z", "Z", "-a", "_a", "", "a b", "a\u{60}", "a{", "a/", "a:", long, long + "a"].map {
                    "# Former project \($0)\n"
                }.joined()
            ).formerProjects == ["0-_z", long])
    }

    @Test("A lock, or what a cut left of it, is known by its beginning")
    func beginnings() {
        let whole = Lock().bytes
        for text in [whole, Array(whole.prefix(16)), Array(whole.prefix(3)), []] { #expect(Lock.isLock(text)) }
        for text in ["# bayplan.lock", "# Bayplan.lock 2", "x", "# another lock of a tool\n"] {
            #expect(Lock.isLock(Array(text.utf8)) == (text == "# bayplan.lock"))
        }
    }

    @Test("Names that differ in their bytes are two")
    func bytes() { #expect(lock("\(hash)  é\n\(hash)  e\u{301}\n").hashes.count == 2) }

    @Test("Versions are compared by their numbers")
    func versions() {
        #expect(Lock.isNewer("0.10.0", than: "0.9.9"))
        #expect(!Lock.isNewer("0.9.9", than: "0.10.0"))
        #expect(!Lock.isNewer("1.0", than: "1.0"))
        #expect(Lock.isNewer("1.0.1", than: "1.0"))
    }
}
