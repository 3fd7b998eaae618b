import Compiler
import Emission
import Inspection
import LanguageServer
import Resolution
import Rules
import SourceText

extension FuzzTarget {
    /// Cuts bytes into messages and gives them to the server; every answer is JSON.
    static let messages = FuzzTarget("messages") { input throws(BrokenPromise) in
        var stream = MessageStream()
        var server = pureServer()
        stream.append(input)
        for _ in 0..<1000 {
            guard case .message(let body)? = stream.next() else { break }
            for answer in server.receive(body) + server.publish() {
                try expect(isJSON(answer), "an answer is no JSON: \(String(decoding: answer, as: UTF8.self))")
            }
        }
        for answer in server.receive(input) { try expect(isJSON(answer), "an answer is no JSON") }
    }

    /// Opens a manifest, edits it and asks everything at every edit's place; what stands behind the first NUL says where.
    static let editing = FuzzTarget("editing", takesManifests: true) { input throws(BrokenPromise) in
        var server = pureServer()
        let (manifest, edits) = halves(input)
        let document = #"{"uri":"file:///w/strategy.yaml","version":1,"text":"#
        let text = JSONValue.string(String(decoding: manifest.prefix(20_000), as: UTF8.self)).bytes
        _ = server.receive(Array(#"{"id":0,"method":"initialize","params":{}}"#.utf8))
        _ = server.receive(
            Array(#"{"method":"textDocument/didOpen","params":{"textDocument":"#.utf8) + Array(document.utf8) + text
                + Array("}}}".utf8))
        var places = edits.prefix(12).map { ($0 / 8, $0 % 32) }
        places += [(3, 4), (6, 8)]
        for (line, character) in places {
            let position: JSONValue = ["line": .integer(Int(line)), "character": .integer(Int(character))]
            let uri: JSONValue = ["uri": "file:///w/strategy.yaml"]
            let range: JSONValue = ["start": position, "end": position]
            let change: JSONValue = [
                "method": "textDocument/didChange",
                "params": ["textDocument": uri, "contentChanges": [["range": range, "text": " [{-:\n"]]],
            ]
            for method in [
                "completion", "hover", "definition", "references", "prepareRename", "rename", "codeAction",
                "documentSymbol", "documentHighlight",
            ] {
                let request: JSONValue = [
                    "id": 1, "method": .string("textDocument/" + method),
                    "params": ["textDocument": uri, "position": position, "range": range, "newName": "other"],
                ]
                for answer in server.receive(request.bytes) {
                    try expect(isJSON(answer), "\(method) answers no JSON")
                }
            }
            _ = server.receive(change.bytes)
            for message in server.publish() { try expect(isJSON(message), "findings are no JSON") }
        }
    }

    /// A server over the pipeline that looks into no folder.
    private static func pureServer() -> LanguageServer {
        LanguageServer(
            ServerHost(version: "1") { source, _ in
                var options = PipelineOptions(layout: Layout(folder: [], manifestName: "strategy.yaml"))
                options.limits.expandedNodes = 2000
                var resolution: Resolution?
                let (checked, found, _) = check(
                    source, options,
                    looking: {
                        resolution = $0
                        return BuildSources($1)
                    })
                return Analysis(source: source, resolution: resolution, checked: checked, diagnostics: found.sorted())
            })
    }
}
