import Compiler
import Foundation
import TestSupport
import Testing

/// `bayplan lsp` within this process, over a pipe.
struct LanguageServerRunTests {
    private let desk: Desk

    private static let manifest = """
        version: 1
        images: {api: {owner: shop, build: ./api}}
        projects: {shop: {services: {api: }}}

        """

    init() throws { desk = try Desk(Self.manifest) }

    private static let hello = LanguageClient.framed(#"{"id":1,"method":"initialize","params":{}}"#)

    private func opened(_ name: String = "strategy.yaml", _ text: String = manifest) throws -> String {
        let document: [String: Any] = ["uri": "file://" + desk.path(name), "version": 1, "text": text]
        return try Self.hello + LanguageClient.notification("textDocument/didOpen", ["textDocument": document])
    }

    private func changed(_ text: String) throws -> String {
        let document: [String: Any] = ["uri": "file://" + desk.path("strategy.yaml"), "version": 2]
        return try LanguageClient.notification(
            "textDocument/didChange", ["textDocument": document, "contentChanges": [["text": text]]])
    }

    private func saved() throws -> String {
        try LanguageClient.notification(
            "textDocument/didSave", ["textDocument": ["uri": "file://" + desk.path("strategy.yaml")]])
    }

    @Test("Folders are looked at when something is opened or saved, and not for each edit")
    func folders() throws {
        try desk.folder.write("shop/app/Dockerfile", "FROM scratch\n")
        let desk = desk
        let client = LanguageClient([
            {
                try desk.folder.write("shop/api/Dockerfile", "FROM scratch\nCOPY . /\n")
                return try changed(Self.manifest + "# more\n")
            },
            { try saved() },
            { try changed(Self.manifest.replacing("build: ./api", with: "build: ./apo")) },
            { try changed("version: [1\n") },
            { try changed(Self.manifest) },
        ])
        try client.send(opened())
        let result = try client.served(at: desk)
        #expect(result.status == .clean && result.errors.isEmpty)
        #expect(client.told == [["BP301"], ["BP301"], [], ["BP301"], ["BP001"], []])
        // Nothing is written beside what the client itself wrote.
        let names = try FileManager.default.contentsOfDirectory(atPath: desk.folder.url.path)
        #expect(Set(names) == ["strategy.yaml", "shop"])
    }

    @Test("Whoever wants no builds looked at, and a manifest that lies nowhere, get no findings of folders")
    func unlooking() throws {
        try desk.folder.write("shop/app/Dockerfile", "FROM scratch\n")
        var run = LanguageServerRun()
        run.session.probesBuilds = false
        let first = LanguageClient([])
        try first.send(opened())
        #expect(try first.served(at: desk, by: run).status == .clean)
        #expect(first.told == [[]])
        let second = LanguageClient([])
        try second.send(opened("nowhere/strategy.yaml"))
        #expect(try second.served(at: desk).status == .clean)
        #expect(second.told == [[]])
    }

    @Test(
        "The stated root is that of the manifests below it alone",
        arguments: [(nil, ["BP605"]), (".", ["BP301"]), ("elsewhere", ["BP605"])] as [(String?, [String])])
    func root(_ name: String?, _ codes: [String]) throws {
        try desk.folder.write("elsewhere/file", "")
        try desk.folder.write("shop/app/Dockerfile", "FROM scratch\n")
        let text = Self.manifest.replacing("{services", with: "{path: ../shop, services")
        try desk.folder.write("ops/strategy.yaml", text)
        var run = LanguageServerRun()
        run.session.root = name.map { desk.path($0) }
        let client = LanguageClient([])
        try client.send(opened("ops/strategy.yaml", text))
        #expect(try client.served(at: desk, by: run).status == .clean)
        #expect(client.told == [codes])
    }

    private static let broken = "bayplan: what came is no message of the language server protocol\n"

    private static let exit = LanguageClient.framed(#"{"method":"exit"}"#)
    private static let shutdown = LanguageClient.framed(#"{"id":2,"method":"shutdown"}"#)

    /// What a client sends before it closes the pipe, the status that it ends with, and what is said of it.
    private static let endings: [(text: String, status: Int32, errors: String)] = [
        ("", 1, ""), ("Content-Length: 100\r\n\r\n{", 1, ""), (hello, 1, ""), ("\(hello)\(exit)", 1, ""),
        ("\(hello)\(shutdown)\(exit)", 0, ""), ("Hello: 1\r\n\r\n", 1, broken),
        ("\(hello)Content-Length: x\r\n\r\n", 1, broken),
    ]

    @Test("How a client leaves decides the status", arguments: endings)
    func leaving(_ text: String, _ status: Int32, _ errors: String) throws {
        var run = LanguageServerRun()
        run.version = "9.8.7"
        let client = LanguageClient([])
        try client.send(text)
        client.close()
        let result = try client.served(at: desk, by: run)
        #expect(result.status.rawValue == status && result.errors == errors)
        #expect(result.output.contains(#""name":"bayplan","version":"9.8.7""#) == text.hasPrefix(Self.hello))
    }
}
