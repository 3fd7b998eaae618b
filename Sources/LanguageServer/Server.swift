import Diagnostics
import SourceText
import StrategyManifest

/// What the server asks of the program around it.
package struct ServerHost {
    /// The pipeline over one text.
    ///
    /// - Parameter path: the document's absolute path; nil for a buffer without a file.
    package let analyse: (_ source: SourceFile, _ path: String?) -> Analysis
    /// Called when what lies beside the manifests may have changed, so that nothing remembered of it counts any more.
    package let forget: () -> Void
    package let version: String

    package init(
        version: String, forget: @escaping () -> Void = {}, analyse: @escaping (SourceFile, String?) -> Analysis
    ) {
        self.version = version
        self.forget = forget
        self.analyse = analyse
    }
}

/// The language server: messages in, messages out, one after the other.
///
/// Edits only mark a document; what is found in it is told by `publish`, which the loop calls once no message waits.
/// So the findings of a text that is already overtaken are never computed, and never told after newer ones.
package struct LanguageServer {
    private enum Phase { case fresh, running, shutDown }

    let host: ServerHost
    var documents: [String: Document] = [:]
    var encoding = PositionEncoding.utf16
    private var phase = Phase.fresh
    /// Documents whose findings are to be told.
    private var pending: Set<String> = []
    private var analyses: [String: (revision: Int, analysis: Analysis)] = [:]
    /// For completion in a text that is half typed: the manifest of the last one that could be read.
    private var lastManifests: [String: Manifest] = [:]
    /// By document and by the file that they stand in: what was told.
    private var told: [String: [String: [JSONValue]]] = [:]
    /// Whether and how the client said goodbye: 0 after `shutdown`, 1 without; nil while it stays.
    package private(set) var exitStatus: Int32?

    package init(_ host: ServerHost) { self.host = host }

    package var hasPending: Bool { !pending.isEmpty }

    // MARK: Messages

    /// Takes one message's body and returns the bodies that answer it.
    package mutating func receive(_ body: [UInt8]) -> [[UInt8]] {
        guard let message = JSONReader.read(body) else {
            return [Self.failure(.null, -32700, "this is no JSON that the server reads").bytes]
        }
        let id = message["id"]
        guard case .object = message, let method = message["method"]?.string else {
            // An answer to a request of the server's; it makes none.
            if message.holds("result") || message.holds("error") { return [] }
            return [Self.failure(id ?? .null, -32600, "this is no request").bytes]
        }
        let parameters = message["params"] ?? .null
        guard let id else {
            notified(method, parameters)
            return []
        }
        do {
            return [["jsonrpc": "2.0", "id": id, "result": try result(of: method, parameters)] as JSONValue]
                .map(\.bytes)
        } catch {
            return [Self.failure(id, error.code, error.message).bytes]
        }
    }

    struct RequestFailure: Error {
        let code: Int
        let message: String
    }

    private static func failure(_ id: JSONValue, _ code: Int, _ message: String) -> JSONValue {
        ["jsonrpc": "2.0", "id": id, "error": ["code": .integer(code), "message": .string(message)]]
    }

    private mutating func result(of method: String, _ parameters: JSONValue) throws(RequestFailure) -> JSONValue {
        switch phase {
        case .fresh where method != "initialize":
            throw RequestFailure(code: -32002, message: "the first request must be initialize")
        case .running where method == "initialize":
            throw RequestFailure(code: -32600, message: "the server is initialized already")
        case .shutDown: throw RequestFailure(code: -32600, message: "the server is shut down")
        default: break
        }
        switch method {
        case "initialize":
            phase = .running
            return initialized(parameters)
        case "shutdown":
            phase = .shutDown
            return .null
        default:
            guard let feature = Feature(rawValue: method) else {
                throw RequestFailure(code: -32601, message: "there is no method \(visible(method))")
            }
            return try answer(feature, parameters)
        }
    }

    private mutating func initialized(_ parameters: JSONValue) -> JSONValue {
        let offered = parameters["capabilities"]?["general"]?["positionEncodings"]?.items ?? []
        if offered.contains("utf-8") { encoding = .utf8 }
        return [
            "serverInfo": ["name": "bayplan", "version": .string(host.version)],
            "capabilities": [
                "positionEncoding": .string(encoding.rawValue),
                "textDocumentSync": ["openClose": true, "change": 2, "save": true],
                "completionProvider": ["triggerCharacters": [" ", ":", "-", "[", ",", "{"]],
                "hoverProvider": true, "definitionProvider": true, "referencesProvider": true,
                "documentHighlightProvider": true, "documentSymbolProvider": true,
                "renameProvider": ["prepareProvider": true],
                "codeActionProvider": ["codeActionKinds": ["quickfix"]],
            ],
        ]
    }

    private mutating func notified(_ method: String, _ parameters: JSONValue) {
        if method == "exit" {
            exitStatus = phase == .shutDown ? 0 : 1
            return
        }
        if phase == .running, method == "workspace/didChangeWatchedFiles" { lookAgain() }
        guard phase == .running, let uri = parameters["textDocument"]?["uri"]?.string else { return }
        switch method {
        case "textDocument/didOpen":
            let text = parameters["textDocument"]?["text"]?.string ?? ""
            documents[uri] = Document(
                uri: uri, path: DocumentURI.path(uri) ?? uri, version: parameters["textDocument"]?["version"]?.integer,
                text: text, encoding: encoding)
            analyses[uri] = nil
            host.forget()
            pending.insert(uri)
        case "textDocument/didChange":
            // Taken out meanwhile, so that the text is not copied for each change.
            guard var document = documents.removeValue(forKey: uri) else { return }
            for change in parameters["contentChanges"]?.items ?? [] { document.apply(change) }
            document.version = parameters["textDocument"]?["version"]?.integer ?? document.version
            documents[uri] = document
            pending.insert(uri)
        // What lies beside the manifests, such as a Dockerfile, may have been saved with it.
        case "textDocument/didSave": lookAgain()
        case "textDocument/didClose":
            documents[uri] = nil
            analyses[uri] = nil
            lastManifests[uri] = nil
            pending.insert(uri)
        default: break
        }
    }

    private mutating func lookAgain() {
        host.forget()
        analyses = [:]
        pending.formUnion(documents.keys)
    }

    // MARK: Analyses

    /// What the pipeline makes of a document as it is now; nil for one that is no manifest.
    mutating func analysis(of document: Document) -> Analysis? {
        if let known = analyses[document.uri], known.revision == document.revision { return known.analysis }
        guard document.isManifest else { return nil }
        let analysis = host.analyse(document.source, DocumentURI.path(document.uri))
        analyses[document.uri] = (document.revision, analysis)
        if let manifest = analysis.manifest { lastManifests[document.uri] = manifest }
        return analysis
    }

    func lastManifest(of uri: String) -> Manifest? { lastManifests[uri] }

    /// The notifications that tell what was found in one document that changed; more may be pending behind it.
    package mutating func publish() -> [[UInt8]] {
        guard let uri = pending.min() else { return [] }
        pending.remove(uri)
        var groups: [(uri: String, items: [JSONValue])] = []
        let document = documents[uri]
        if let document, let analysis = analysis(of: document) {
            groups = Publishing.diagnostics(analysis, of: document)
        }
        let old = told[uri] ?? [:]
        let new = Dictionary(groups.map { ($0.uri, $0.items) }, uniquingKeysWith: +)
        told[uri] = document == nil ? nil : new
        return Set(old.keys).union(new.keys).sorted().map { file in
            // Several manifests may have something to say of one Dockerfile.
            let items = told.keys.sorted().flatMap { told[$0]?[file] ?? [] }
            var parameters: [JSONValue.Member] = [.init("uri", .string(file)), .init("diagnostics", .array(items))]
            if let version = documents[file]?.version { parameters.append(.init("version", .integer(version))) }
            let message: JSONValue = [
                "jsonrpc": "2.0", "method": "textDocument/publishDiagnostics", "params": .object(parameters),
            ]
            return message.bytes
        }
    }
}

extension Document {
    /// Whether the text is to be judged as a manifest.
    fileprivate var isManifest: Bool {
        ManifestFile.isJudged(WorkspacePath.folderAndName(of: source.path).name, bytes)
    }
}
