import Compiler
import Foundation
import TestSupport
import Workspace

/// A client that sends something whenever the findings of a manifest were told, and goodbye in the end.
final class LanguageClient {
    private let pipe = Pipe()
    private var steps: [() throws -> String]
    /// The codes of what was found beside the practice, for each time that it was told.
    private(set) var told: [[String]] = []
    private var fault: (any Error)?

    init(_ steps: [() throws -> String]) { self.steps = steps }

    static func notification(_ method: String, _ parameters: [String: Any]) throws -> String {
        let message: [String: Any] = ["jsonrpc": "2.0", "method": method, "params": parameters]
        return framed(String(decoding: try JSONSerialization.data(withJSONObject: message), as: UTF8.self))
    }

    static func framed(_ body: String) -> String { "Content-Length: \(body.utf8.count)\r\n\r\n\(body)" }

    func send(_ text: String) throws { try pipe.fileHandleForWriting.write(contentsOf: Data(text.utf8)) }

    func close() { try? pipe.fileHandleForWriting.close() }

    private func hear(_ text: String) throws {
        if text.hasPrefix("bayplan: ") { return }
        let parts = text.split(separator: "\r\n\r\n", maxSplits: 1)
        guard parts.count == 2, parts[0] == "Content-Length: \(parts[1].utf8.count)",
            let message = try JSONSerialization.jsonObject(with: Data(parts[1].utf8)) as? [String: Any]
        else { throw Unexpected("no message: \(text)") }
        guard message["method"] as? String == "textDocument/publishDiagnostics",
            let parameters = message["params"] as? [String: Any],
            let found = parameters["diagnostics"] as? [[String: Any]],
            let file = parameters["uri"] as? String, file.hasSuffix(".yaml")
        else { return }
        told.append(found.compactMap { $0["code"] as? String }.filter { !$0.hasPrefix("BP5") })
        if steps.isEmpty {
            try send(Self.framed(#"{"id":2,"method":"shutdown"}"#) + Self.framed(#"{"method":"exit"}"#))
        } else {
            try send(steps.removeFirst()())
        }
    }

    /// Serves this client to the end.
    func served(at desk: Desk, by run: LanguageServerRun = LanguageServerRun()) throws -> Desk.Told {
        var run = run
        run.input = InputStream(descriptor: pipe.fileHandleForReading.fileDescriptor)
        let said = Said()
        said.heard = { [unowned self] in
            do { try hear($0) } catch {
                fault = error
                close()
            }
        }
        let result = Patience.closing(pipe.fileHandleForWriting) {
            desk.told { _ throws(SystemFailure) in try run.run(said.console) }
        }
        if let fault { throw fault }
        return Desk.Told(result.status, said.output, said.errors + result.errors)
    }
}
