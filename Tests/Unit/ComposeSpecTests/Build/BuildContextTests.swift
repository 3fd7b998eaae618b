import Foundation
import Testing

@testable import ComposeSpec

/// A context is what Compose takes it for: `docker compose config` makes an absolute path of every folder, and leaves the
/// rest as it is.
struct BuildContextTests {
    private static let contexts: [(text: String, kind: BuildContext.Kind)] = [
        ("", .folder), (".", .folder), ("./app", .folder), ("-", .folder), ("./tool.git", .folder),
        ("tool.git", .folder), ("target:app", .folder), ("docker-image:app", .folder), ("user@host:app.git", .folder),
        ("http:/app", .folder), ("/srv/app", .outside), ("~/app", .outside),
        ("git@example.com:app.git", .remote), ("github.com/team/app", .remote),
        ("https://example.com/app.git", .remote),
        ("ssh://host/app", .remote), ("HTTPS://host/app", .remote), ("oci-layout:///app", .remote),
        ("./odd://name", .remote), ("docker-image://app:1", .image("app:1")), ("service:app", .service("app")),
        ("$DIR", .variable), ("${DIR:-./app}/x", .variable),
    ]

    @Test(arguments: contexts)
    func kind(_ context: (text: String, kind: BuildContext.Kind)) {
        #expect(BuildContext(context.text).kind == context.kind)
        #expect(BuildContext(context.text).isSettled == !context.text.contains("$"))
    }

    @Test(
        "A folder is what Compose makes an absolute path of",
        .enabled(if: ComposeTool.isPresent || ComposeTool.mustRun, "docker compose does not run"))
    func compose() throws {
        let tool = try #require(ComposeTool())
        let folder = FileManager.default.temporaryDirectory.appending(path: "contexts-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let settled = Self.contexts.filter { BuildContext($0.text).isSettled && !$0.text.isEmpty }
        var file = "services:\n  app:\n    image: app\n    build:\n      context: .\n      additional_contexts:\n"
        for (index, context) in settled.enumerated() where context.kind != .service("app") {
            file += "        c\(index): '\(context.text)'\n"
        }
        try file.write(to: folder.appending(path: "compose.yaml"), atomically: true, encoding: .utf8)
        let result = tool.config(["compose.yaml"], in: folder, more: ["--format", "json"])
        #expect(result.status == 0, "\(result.error)")
        let model = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
        let app = (model?["services"] as? [String: Any])?["app"] as? [String: Any]
        let build = app?["build"] as? [String: Any]
        let contexts = build?["additional_contexts"] as? [String: String] ?? [:]
        #expect(contexts.count == settled.count - 1)
        for (index, context) in settled.enumerated() {
            guard let resolved = contexts["c\(index)"] else { continue }
            let isFolder = context.kind == .folder || context.kind == .outside
            #expect(resolved.hasPrefix("/") == isFolder, "\(context.text) is \(resolved)")
        }
    }
}
