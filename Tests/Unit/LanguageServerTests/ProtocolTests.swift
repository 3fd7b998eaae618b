import SourceText
import Testing

@testable import LanguageServer

/// The protocol around the features: who says what when, texts and their places, addresses and JSON.
struct ProtocolTests {
    private func server(_ judged: @escaping (SourceFile) -> Void = { _ in }) -> LanguageServer {
        LanguageServer(
            ServerHost(version: "1") { source, _ in
                judged(source)
                return Analysis(source: source, resolution: nil, checked: nil, diagnostics: [])
            })
    }

    private func told(_ server: inout LanguageServer, _ message: String) -> String {
        server.receive(Array(message.utf8)).map { String(decoding: $0, as: UTF8.self) }.joined()
    }

    @Test(
        "What is said out of its turn is an error, and no answer is none",
        arguments: [
            ([#"{"id":1,"method":"shutdown"}"#], "-32002"), ([#"{"id":1,"method":"initialize"}"#], "serverInfo"),
            ([#"{"id":1,"method":"initialize"}"#, #"{"id":2,"method":"initialize"}"#], "initialized already"),
            ([#"{"id":1,"method":"initialize"}"#, #"{"id":2,"method":"shutdown"}"#], #""result":null"#),
            (
                [#"{"id":1,"method":"initialize"}"#, #"{"id":2,"method":"shutdown"}"#, #"{"id":3,"method":"x"}"#],
                "is shut down"
            ),
            ([#"{"id":1,"method":"initialize"}"#, #"{"id":2,"method":"x"}"#], "-32601"),
            (
                [#"{"id":1,"method":"initialize"}"#, #"{"id":2,"method":"textDocument/hover","params":{}}"#],
                "is not open"
            ),
            ([#"{"id":1,"result":null}"#], ""), ([#"{"id":1,"error":{}}"#], ""), ([#"{"id":1}"#], "-32600"),
            (["[]"], "-32600"),
            ([#"{"method":"$/unknown"}"#], ""),
        ])
    func turns(_ messages: [String], _ expected: String) {
        var server = server()
        var last = ""
        for message in messages { last = told(&server, message) }
        #expect(expected.isEmpty ? last.isEmpty : last.contains(expected), "\(last)")
    }

    @Test("An exit without a shutdown is a failure")
    func exits() {
        for (before, status) in [([], 1), ([#"{"id":2,"method":"shutdown"}"#], 0)] as [([String], Int32)] {
            var server = server()
            for message in [#"{"id":1,"method":"initialize"}"#] + before { _ = told(&server, message) }
            #expect(server.exitStatus == nil)
            _ = told(&server, #"{"method":"exit"}"#)
            #expect(server.exitStatus == status)
        }
    }

    private static let uri = "file:///w/strategy.yaml"

    private func opened(_ text: String, utf8: Bool = false, _ judged: @escaping (SourceFile) -> Void = { _ in })
        -> LanguageServer
    {
        var server = server(judged)
        let encodings: JSONValue = utf8 ? ["utf-16", "utf-8"] : ["utf-16"]
        let initialize: JSONValue = [
            "id": 0, "method": "initialize", "params": ["capabilities": ["general": ["positionEncodings": encodings]]],
        ]
        _ = server.receive(initialize.bytes)
        let open: JSONValue = [
            "method": "textDocument/didOpen",
            "params": ["textDocument": ["uri": .string(Self.uri), "version": 1, "text": .string(text)]],
        ]
        _ = server.receive(open.bytes)
        return server
    }

    @Test(
        "A change of a range is made where the client counts it",
        arguments: [
            ("version: 1\nb: é2\n", false, 1, 4, 1, 5, "version: 1\nb: éX\n"),
            ("version: 1\nb: é2\n", true, 1, 5, 1, 6, "version: 1\nb: éX\n"),
            ("version: 1\nb: 𝄞2\n", false, 1, 5, 1, 6, "version: 1\nb: 𝄞X\n"),
            ("version: 1\nb: 𝄞2\n", true, 1, 7, 1, 8, "version: 1\nb: 𝄞X\n"),
            // Inside of a character, behind a line and behind the text the nearest place is meant.
            ("version: 1\nb: 𝄞2\n", false, 1, 4, 1, 5, "version: 1\nb: X2\n"),
            ("version: 1\r\nb\r\n", false, 0, 90, 0, 99, "version: 1X\r\nb\r\n"),
            ("version: 1\nb", false, 7, 0, 9, 9, "version: 1\nbX"),
            ("version: 1\nb", false, 1, 1, 1, 0, "version: 1\nX"),
            ("version: 1\nb", false, 1, -5, 1, 0, "version: 1\nXb"),
        ])
    func changes(
        _ text: String, _ utf8: Bool, _ line: Int, _ character: Int, _ toLine: Int, _ toCharacter: Int,
        _ expected: String
    ) {
        var last: [UInt8] = []
        var server = opened(text, utf8: utf8) { last = $0.bytes }
        let change: JSONValue = [
            "method": "textDocument/didChange",
            "params": [
                "textDocument": ["uri": .string(Self.uri), "version": 2],
                "contentChanges": [
                    [
                        "range": [
                            "start": ["line": .integer(line), "character": .integer(character)],
                            "end": ["line": .integer(toLine), "character": .integer(toCharacter)],
                        ], "text": "X",
                    ]
                ],
            ],
        ]
        _ = server.receive(change.bytes)
        _ = server.publish()
        #expect(String(decoding: last, as: UTF8.self) == expected)
    }

    @Test("A place that is none is the beginning, and a change without a text is none")
    func noPlaces() {
        var document = Document(uri: "", path: "", version: nil, text: "ab\n", encoding: .utf16)
        #expect(document.offset(nil) == 0 && document.offset(["line": -1, "character": 1]) == 0)
        document.apply(["range": ["start": ["line": 0, "character": 1]]])
        #expect(document.bytes == Array("ab\n".utf8) && document.revision == 0)
        document.apply(["text": "c"])
        #expect(document.bytes == Array("c".utf8) && document.revision == 1)
    }

    @Test("What is saved, or changed beside the manifest, is looked at again; what is closed is told no more")
    func again() {
        var runs = 0
        var server = opened("version: 1\n") { _ in runs += 1 }
        #expect(server.publish().count == 1 && runs == 1)
        for message in [
            #"{"method":"textDocument/didSave","params":{"textDocument":{"uri":"\#(Self.uri)"}}}"#,
            #"{"method":"workspace/didChangeWatchedFiles","params":{"changes":[]}}"#,
        ] {
            _ = told(&server, message)
            #expect(server.hasPending)
            _ = server.publish()
        }
        #expect(runs == 3)
        _ = told(&server, #"{"method":"textDocument/didClose","params":{"textDocument":{"uri":"\#(Self.uri)"}}}"#)
        let last = server.publish().map { String(decoding: $0, as: UTF8.self) }
        #expect(last.count == 1 && last[0].contains(#""diagnostics":[]"#) && runs == 3)
        let hover = #"{"id":1,"method":"textDocument/hover","params":{"textDocument":{"uri":"\#(Self.uri)"}}}"#
        #expect(told(&server, hover).contains("is not open"))
        // What is not open cannot change.
        _ = told(&server, #"{"method":"textDocument/didChange","params":{"textDocument":{"uri":"\#(Self.uri)"}}}"#)
        #expect(!server.hasPending)
    }

    @Test(
        "Addresses of files and their paths",
        arguments: [
            ("file:///w/a%20b.yaml", "/w/a b.yaml"), ("file://localhost/w/a", "/w/a"), ("file:///%C3%A9", "/é"),
            ("file:///%zz", "/%zz"),
            ("file:///a%", "/a%"), ("file:///a%4", "/a%4"), ("file://host", nil), ("untitled:1", nil),
            ("file:///a%00b", nil),
        ] as [(String, String?)])
    func paths(_ uri: String, _ path: String?) { #expect(DocumentURI.path(uri) == path) }

    @Test(
        "Paths as addresses",
        arguments: [
            ("/w/a b.yaml", "file:///w/a%20b.yaml"), ("/é", "file:///%C3%A9"), ("/a/../b", "file:///b"),
            ("/\t~", "file:///%09~"),
        ])
    func addresses(_ path: String, _ uri: String) { #expect(DocumentURI.uri(path) == uri) }

    @Test(
        "JSON as it is read and written",
        arguments: [
            (#"{"a":[1,-2,true,false,null,"x"],"b":{}}"#, #"{"a":[1,-2,true,false,null,"x"],"b":{}}"#),
            ("[1.5,1e3,2E-2,1e+1]", "[null,null,null,null]"),
            (#""\b\f\n\r\t\/\"\\\u00e9""#, #""\u0008\u000c\n\r\t/\"\\é""#),
            (#""\ud83d\ude00\ud83dx\ude00""#, "\"😀\u{FFFD}x\u{FFFD}\""),
            (#""\ud83d\u0041""#, "\"\u{FFFD}A\""), ("[]", "[]"), (" { \"a\" : [ ] } ", #"{"a":[]}"#),
            ("99999999999999999999", "null"), ("-0", "0"),
        ])
    func json(_ text: String, _ expected: String) {
        #expect(JSONReader.read(Array(text.utf8)).map { String(decoding: $0.bytes, as: UTF8.self) } == expected)
    }

    @Test(
        "What is no JSON",
        arguments: [
            "{", "{\"a\"}", "{\"a\":}", "{\"a\":1", "{a:1}", "[1", "[1 2]", "-", "1.", "1e", "01", "\"", "\"\\",
            "\"\\u12\"", "\"\\uzzzz\"", "tru", "fals", "nul", "\"\n\"", "+1",
        ])
    func noJSON(_ text: String) { #expect(JSONReader.read(Array(text.utf8)) == nil) }

    @Test("The last of equal members counts, and what is no object has none")
    func members() {
        let value = JSONReader.read(Array(#"{"a":1,"a":2,"b":null,"c":"t","d":[true]}"#.utf8))
        #expect(
            value?["a"]?.integer == 2 && value?["b"] == nil && value?["c"]?.string == "t"
                && value?["d"]?.items.first?.isTrue == true)
        #expect(
            value?["c"]?.integer == nil && value?["a"]?.string == nil && value?["a"]?.items == []
                && value?["a"]?["a"] == nil)
    }
}
