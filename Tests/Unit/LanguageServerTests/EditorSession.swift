@testable import LanguageServer

/// A server in which one manifest is open, and where the cursor stands in it.
struct EditorSession {
    var server: LanguageServer
    let text: String
    private let position: JSONValue

    init(_ marked: String) {
        server = LanguageServer(ServerHost(version: "1") { source, _ in unlookingAnalysis(source) })
        text = marked.replacing("‸", with: "")
        let before = marked.prefix { $0 != "‸" }.split(separator: "\n", omittingEmptySubsequences: false)
        position = ["line": .integer(before.count - 1), "character": .integer(before.last?.utf16.count ?? 0)]
        _ = server.receive(Array(#"{"id":0,"method":"initialize","params":{}}"#.utf8))
        let opened: JSONValue = [
            "method": "textDocument/didOpen",
            "params": ["textDocument": ["uri": "file:///w/strategy.yaml", "version": 1, "text": .string(text)]],
        ]
        _ = server.receive(opened.bytes)
        _ = server.publish()
    }

    /// The whole answer to a request at the cursor.
    mutating func ask(_ method: String, _ more: [JSONValue.Member] = []) -> JSONValue {
        let parameters: [JSONValue.Member] = [
            .init("textDocument", ["uri": "file:///w/strategy.yaml"]), .init("position", position),
            .init("range", ["start": position, "end": position]),
        ]
        let message: JSONValue = [
            "id": 1, "method": .string("textDocument/" + method), "params": .object(parameters + more),
        ]
        return server.receive(message.bytes).first.flatMap { JSONReader.read($0) } ?? .null
    }

    /// The text after the edits of an answer.
    func edited(_ edit: JSONValue?) -> String {
        let document = Document(uri: "", path: "", version: nil, text: text, encoding: .utf16)
        var changed = document
        let edits = edit?["changes"]?["file:///w/strategy.yaml"]?.items ?? []
        for edit in edits.reversed() {
            changed.apply(
                .object([.init("range", edit["range"] ?? .null), .init("text", edit["newText"] ?? .null)]))
        }
        return String(decoding: changed.bytes, as: UTF8.self)
    }
}
