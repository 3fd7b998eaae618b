import Dockerfiles
import Testing

/// Which paths a `.dockerignore` keeps out; `Tests/Tools/Engine/fingerprint.py` compares the same with Docker itself.
struct IgnoreFileTests {
    private func isIgnored(_ path: String, _ text: String) throws -> Bool {
        var steps = IgnoreSteps()
        var state = IgnoreState(try IgnoreFile.parse(Array(text.utf8)).get())
        var prefix = ""
        for component in path.split(separator: "/") {
            prefix += (prefix.isEmpty ? "" : "/") + component
            state = state.entry(Array(prefix.utf8), &steps)
        }
        return state.isIgnored
    }

    @Test(
        "Paths that are kept out",
        arguments: [
            ("a", "a"), ("/a", "a"), ("a/", "a"), ("./a", "a"), ("b/../a", "a"), ("a", "a/b/c"), ("*", "a/b"),
            ("*.md", "x.md"),
            ("**/x", "x"), ("**/x", "a/b/x"), ("a/**", "a/b/c"), ("a/**/c", "a/c"), ("a/**/c", "a/b/b/c"),
            ("**", "a/b"),
            ("?", "é"), ("[a-c]x", "bx"), ("[^a]x", "bx"), ("\\*", "*"), ("\\!a", "!a"),
            ("\u{feff}a", "a"), ("a\r\n", "a"), ("  a  ", "a"), (" #a", "#a"), ("**foo", "a/barfoo"),
            ("*\n!a\na/x", "a/x"),
            ("a\n!b", "a"), ("a/*\n!a/b", "a/c"), ("!a\na", "a"),
        ])
    func ignored(_ pattern: String, _ path: String) throws { #expect(try isIgnored(path, pattern)) }

    @Test(
        "Paths that are sent",
        arguments: [
            ("", "a"), ("#a", "#a"), ("a", "b/a"), ("*.md", "a/x.md"), ("a/*", "a"), ("*\n!a", "a/b"),
            ("a\n!a/b", "a/b/c"),
            ("**/x\n! a/x", "a/x"), ("[!a]", "b"), ("a^b", "ab"), ("/", "a"), (".", "a"), ("../a", "a"),
            ("a**b", "a/b\n"),
        ])
    func sent(_ pattern: String, _ path: String) throws { #expect(try !isIgnored(path, pattern)) }

    @Test("What Docker refuses is a fault with its line", arguments: ["!", "a\n!\n", "[", "a[]", "[a-", "x\\"])
    func refused(_ text: String) {
        guard case .failure(let fault) = IgnoreFile.parse(Array(text.utf8)) else {
            Issue.record("\(text) is read")
            return
        }
        #expect(fault.line == (text.hasPrefix("a\n") ? 2 : 1))
        #expect(fault.message.contains("Docker refuses"))
    }

    @Test("A pattern outside what is understood hides no file", arguments: ["\\d", "[*]", "[\\w]"])
    func unknown(_ pattern: String) throws {
        for path in ["1", "d", "*", "w"] { #expect(try !isIgnored(path, pattern)) }
        #expect(try !isIgnored("a", "*\n!" + pattern))
    }

    @Test("Time grows with the pattern times the path, not faster")
    func linear() throws {
        let pattern = String(repeating: "*a", count: 200) + "b"
        #expect(try !isIgnored(String(repeating: "a", count: 4000), pattern))
    }

    @Test("An excluded folder is looked into only where an exception can lie")
    func exceptions() throws {
        let file = try IgnoreFile.parse(Array("node\n!node/keep\n".utf8)).get()
        #expect(file.mayBringBack(below: Array("node".utf8)))
        #expect(!file.mayBringBack(below: Array("other".utf8)))
        #expect(try IgnoreFile.parse(Array("a\n!**/x".utf8)).get().mayBringBack(below: Array("a".utf8)))
        let many = try IgnoreFile.parse(Array("a\n!a/b/x\n!a-b/x\n!a0/x\n!b\n!c/d\n".utf8)).get()
        for (folder, isFound) in [("a", true), ("a/b", true), ("a-b", true), ("a0", true), ("b", true), ("c", true)] {
            #expect(many.mayBringBack(below: Array(folder.utf8)) == isFound, "\(folder)")
        }
        for folder in ["a/c", "a1", "d", "a/b/y"] {
            #expect(!many.mayBringBack(below: Array(folder.utf8)), "\(folder)")
        }
    }

    @Test("Patterns times files, and what each of them costs, are bounded; a large context may ask for more")
    func bounded() throws {
        func isExhausted(_ text: String, _ paths: some Sequence<String>) throws -> Bool {
            let root = IgnoreState(try IgnoreFile.parse(Array(text.utf8)).get())
            var steps = IgnoreSteps()
            for path in paths where !steps.areExhausted { _ = root.entry(Array(path.utf8), &steps) }
            return steps.areExhausted
        }
        let many = (0..<75_000).map { "**/a*b*\($0)" }.joined(separator: "\n")
        #expect(try !isExhausted(many, (0..<100).map { "f\($0)" }))
        #expect(try isExhausted(many, (0..<1000).map { "f\($0)" }))
        #expect(try !isExhausted("*.md\n!README.md\n", (0..<100_000).map { "folder/f\($0)" }))
        let dear = String(repeating: "?*", count: 30_000) + "x"
        #expect(try isExhausted(dear, (0..<100).map { _ in String(repeating: "a", count: 3999) + "x" }))
    }
}

/// What of a Dockerfile reaches for the network.
struct FetchingTests {
    @Test(arguments: [
        "ADD https://x/y /z", "add \\\n https://x /y", "ONBUILD ADD git@x:y /z", "ADD $X /y",
        "FROM a\nADD --link ssh://x y",
    ])
    func fetches(_ text: String) { #expect(fetchesFromNetwork(Array(text.utf8))) }

    @Test(arguments: [
        "ADD a b", "RUN curl https://x\nADD a b", "# ADD https://x y", "COPY https://x y", "ADD --chown=$U a b", "",
    ])
    func stays(_ text: String) { #expect(!fetchesFromNetwork(Array(text.utf8))) }
}
