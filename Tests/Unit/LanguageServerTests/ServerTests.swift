import Compiler
import Emission
import Inspection
import LanguageServer
import Resolution
import Rules
import SourceText
import Testing

/// The server without a process around it.
struct ServerTests {
    /// A server over the real pipeline that looks into no folder, and counts how often it is asked.
    private final class Host {
        var runs = 0

        var server: LanguageServer {
            LanguageServer(
                ServerHost(version: "1") { source, _ in
                    self.runs += 1
                    return unlookingAnalysis(source)
                })
        }
    }

    private func text(_ messages: [[UInt8]]) -> String { messages.map { String(decoding: $0, as: UTF8.self) }.joined() }

    private func opened(_ server: inout LanguageServer, _ manifest: String, as path: String = "/w/strategy.yaml") {
        _ = server.receive(Array(#"{"id":0,"method":"initialize","params":{}}"#.utf8))
        let parameters: JSONValue = [
            "method": "textDocument/didOpen",
            "params": ["textDocument": ["uri": .string("file://" + path), "version": 1, "text": .string(manifest)]],
        ]
        _ = server.receive(parameters.bytes)
    }

    @Test(
        "A file of a manifest's name is judged unless its keys are another program's, as hooks pass it by",
        arguments: [
            ("/w/.github/workflows/bayplan.yml", "name: check\non: push\n", false),
            ("/w/charts/strategy.yaml", "# replicas\nreplicas: 3\n", false),
            ("/w/bayplan.yml", "", true), ("/w/bayplan.yml", "# Begun.\nversion: 1\n", true),
            ("/w/strategy.yaml", "name: check\nimages: {}\n", true), ("/w/other.yaml", "projects: {}\n", true),
            ("/w/other.yaml", "version: 1\n", false),
        ])
    func judged(_ path: String, _ text: String, _ isJudged: Bool) {
        let host = Host()
        var server = host.server
        opened(&server, text, as: path)
        _ = server.publish()
        #expect((host.runs > 0) == isJudged, "\(path)")
    }

    private func change(_ text: String, _ version: Int) -> [UInt8] {
        let message: JSONValue = [
            "method": "textDocument/didChange",
            "params": [
                "textDocument": ["uri": "file:///w/strategy.yaml", "version": .integer(version)],
                "contentChanges": [["text": .string(text)]],
            ],
        ]
        return message.bytes
    }

    @Test("Hover and completion say since when Docker Compose knows a key and the forms of its value")
    func versions() {
        var server = Host().server
        opened(
            &server,
            """
            version: 1
            images: { a: { pull: "r:1" } }
            projects:
              p:
                services:
                  a:
                    env_file: x
                    dev
            """)
        func asked(_ method: String, line: Int, character: Int) -> String {
            let message: JSONValue = [
                "id": 1, "method": .string("textDocument/" + method),
                "params": [
                    "textDocument": ["uri": "file:///w/strategy.yaml"],
                    "position": ["line": .integer(line), "character": .integer(character)],
                ],
            ]
            return text(server.receive(message.bytes))
        }
        let hover = asked("hover", line: 6, character: 10)
        #expect(hover.contains("A mapping as an item since Docker Compose 2.24.0."), "\(hover)")
        let completion = asked("completion", line: 7, character: 11)
        #expect(completion.contains("Since Docker Compose 2.22.0."), "\(completion)")
    }

    @Test("What an environment adds is offered, explained, found and renamed")
    func additions() throws {
        let manifest = """
            version: 1
            images:
              api: { pull: 'api:1' }
              mailer: { pull: 'mailer:1' }
            projects: { shop: { services: { api: { networks: [default] } } } }
            environments:
              live:
                projects:
                  shop:
                    services:
                      mailer: { depends_on: [api] }
                      api: { depends_on: [mailer], networks: [edge], models: [words] }
                    networks:
                      edge:
                        internal: true
                    models:
                      words:
                        model: ai/small

            """
        var server = Host().server
        opened(&server, manifest)
        let lines = manifest.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        func ask(_ method: String, _ line: Int, _ word: String) throws -> String {
            let column = try #require(lines[line].range(of: word)).lowerBound.utf16Offset(in: lines[line])
            let message: JSONValue = [
                "id": 1, "method": .string("textDocument/" + method),
                "params": [
                    "textDocument": ["uri": "file:///w/strategy.yaml"],
                    "position": ["line": .integer(line), "character": .integer(column)], "newName": "post",
                ],
            ]
            return text(server.receive(message.bytes))
        }
        #expect(try ask("hover", 10, "mailer").contains("live"))
        #expect(try ask("definition", 11, "mailer").contains(#""line":10"#))
        #expect(try ask("definition", 11, "edge").contains(#""line":13"#))
        #expect(try ask("completion", 11, "mailer").contains(#""mailer""#))
        #expect(try ask("completion", 11, "edge").contains(#""edge""#))
        #expect(try ask("definition", 11, "words").contains(#""line":16"#))
        #expect(try ask("completion", 11, "words").contains(#""words""#))
        let renamed = try ask("rename", 10, "mailer")
        #expect(renamed.ranges(of: #""newText":"post""#).count == 2, "\(renamed)")
        #expect(renamed.contains("image: mailer"), "\(renamed)")
    }

    @Test("Rules, groups of rules and options of rules are offered and explained")
    func rules() throws {
        let manifest = """
            version: 1
            images: { a: { pull: 'r:1' } }
            projects: { p: { services: { a: } } }
            rules:
              hardening: warning
              moving-tag:
                level: off
                registr
              floa
            """
        var server = Host().server
        opened(&server, manifest)
        let lines = manifest.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        func ask(_ method: String, _ line: Int, _ word: String) throws -> String {
            let column = try #require(lines[line].range(of: word)).upperBound.utf16Offset(in: lines[line])
            let message: JSONValue = [
                "id": 1, "method": .string("textDocument/" + method),
                "params": [
                    "textDocument": ["uri": "file:///w/strategy.yaml"],
                    "position": ["line": .integer(line), "character": .integer(column)],
                ],
            ]
            return text(server.receive(message.bytes))
        }
        #expect(try ask("hover", 4, "hardening").contains("writable-root"))
        #expect(try ask("hover", 5, "moving-tag").contains("BP516"))
        #expect(try ask("hover", 6, "level").contains("weigh"))
        #expect(try ask("completion", 7, "registr").contains(#""label":"tags""#))
        #expect(try ask("completion", 8, "floa").contains(#""label":"floating-tag""#))
    }

    @Test("Edits that wait together are judged once, as the last of them")
    func coalescing() {
        let host = Host()
        var server = host.server
        opened(&server, "version: 1\n")
        for version in 2...50 { #expect(server.receive(change("version: \(version)\n", version)).isEmpty) }
        let told = text(server.publish())
        #expect(host.runs == 1 && told.contains("\"version\":50") && told.contains("version `50`"))
        #expect(!server.hasPending && server.publish().isEmpty)
    }

    @Test("A message that comes in pieces of any length is the same message", arguments: [1, 2, 7, 64, 10_000])
    func pieces(_ length: Int) {
        let bodies = ["{}", String(repeating: "x", count: 300), "é"].map { Array($0.utf8) }
        let bytes = bodies.flatMap { MessageStream.framed($0) }
        var stream = MessageStream()
        var got: [[UInt8]] = []
        for start in stride(from: 0, to: bytes.count, by: length) {
            stream.append(Array(bytes[start..<min(start + length, bytes.count)]))
            while case .message(let body)? = stream.next() { got.append(body) }
        }
        #expect(got == bodies)
    }

    @Test(
        "What is no header ends the stream instead of waiting for bytes without end",
        arguments: [
            "Content-Length: 268435457\r\n\r\n", "Content-Length: -1\r\n\r\n", "Content-Length: x\r\n\r\n", "\r\n\r\n",
            String(repeating: "a", count: 5000),
        ])
    func broken(_ header: String) {
        var stream = MessageStream()
        stream.append(Array(header.utf8))
        #expect(stream.next() == .broken)
    }

    @Test(
        "JSON within bounds is read, other text is answered as no JSON",
        arguments: [
            (String(repeating: "[", count: 63) + String(repeating: "]", count: 63), false),
            (String(repeating: "[", count: 70) + String(repeating: "]", count: 70), true),
            ("{\"a\":01}", true), ("[1,]", true), ("\"\u{1}\"", true), ("\"\\ud83d\\ude00\"", false), ("nul", true),
            ("[1.5e3, -0, true, null]", false), ("{} {}", true), ("\"\\x\"", true), ("", true),
        ])
    func json(_ sent: String, _ isRefused: Bool) {
        var server = Host().server
        #expect(text(server.receive(Array(sent.utf8))).contains("-32700") == isRefused)
    }
}
