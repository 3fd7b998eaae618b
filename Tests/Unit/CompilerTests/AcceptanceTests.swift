import Compiler
import Emission
import Foundation
import TestSupport
import Testing

/// The tools that artifacts are for accept every one of them, and read in them what was meant.
@Suite(.serialized)
struct AcceptanceTests {
    @Test(
        "docker compose config accepts every Compose file and finds its containers and images",
        .enabled(if: Tool.compose.isExpected, "docker compose does not run"), arguments: WorkspaceFixture.knownToCompose
    )
    func compose(_ workspace: WorkspaceFixture) throws {
        let folder = try workspace.written()
        for artifact in try workspace.artifacts() where artifact.project != nil {
            let text = String(decoding: artifact.bytes, as: UTF8.self)
            // A stack has no name. It is for `docker stack`, as Tests/Tools/Engine/stacks.py shows.
            if !text.contains("\nname: ") { continue }
            let model = try Self.config(artifact.name, in: folder)
            #expect(model["name"] as? String == artifact.project, "\(artifact.name)")
            let services = model["services"] as? [String: [String: Any]] ?? [:]
            let names = services.values.compactMap { $0["container_name"] as? String }
            #expect(names.count == Set(names).count, "\(artifact.name)")
            #expect(
                names.count == text.components(separatedBy: "    container_name: ").count - 1, "\(artifact.name)")
            for (name, service) in services {
                #expect((service["image"] as? String)?.isEmpty == false, "\(artifact.name): \(name)")
                if (service["deploy"] as? [String: Any])?["replicas"] as? Int ?? 1 != 1 {
                    #expect(service["container_name"] == nil, "\(artifact.name): \(name)")
                }
            }
        }
    }

    @Test(
        "The guide's table of containers", .enabled(if: Tool.compose.isExpected, "docker compose does not run"))
    func guide() throws {
        let folder = try WorkspaceFixture.shipped[0].written()
        let expected = [
            "trading": ["trading-api": "trading-api:latest", "arq-worker": "arq-worker:latest"],
            "zixly": [
                "zixly-trading-api": "trading-api:latest", "zixly-arq-worker": "arq-worker:latest",
                "zixly-webhook-receiver": "webhook-receiver:latest",
                "zixly-pipeline-worker": "pipeline-worker:latest", "zixly-redis": "redis:7-alpine",
            ],
        ]
        for (project, containers) in expected {
            let services = try Self.config("\(project)/docker-compose.yml", in: folder)["services"]
            var found: [String: String] = [:]
            for service in (services as? [String: [String: Any]] ?? [:]).values {
                found[service["container_name"] as? String ?? ""] = service["image"] as? String
            }
            #expect(found == containers)
        }
    }

    @Test(
        "docker buildx bake accepts the bake file and reads the builds that Compose reads",
        .enabled(if: Tool.buildx.isExpected && Tool.compose.isExpected, "docker buildx or docker compose does not run"),
        arguments: WorkspaceFixture.knownToCompose)
    func bake(_ workspace: WorkspaceFixture) throws {
        let folder = try workspace.written()
        let artifacts = try workspace.artifacts()
        guard let file = artifacts.first(where: { $0.path.last == "bake.json" }) else { return }
        let base = workspace.manifestFolder.reduce(folder.url) { $0.appending(path: $1) }
        let path = "./" + Layout.relative(from: workspace.manifestFolder, to: file.path)
        let result = try Tool.buildx.run(
            ["bake", "-f", path, "--print", "default"], in: base, environment: Self.environment)
        #expect(result.status == 0, "\(result.errors)")
        let printed = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
        let targets = printed?["target"] as? [String: [String: Any]] ?? [:]

        var compared = 0
        for artifact in artifacts where artifact.project != nil && artifact.environment == nil {
            let services = try Self.config(artifact.name, in: folder)["services"] as? [String: [String: Any]] ?? [:]
            for (name, service) in services {
                guard let build = service["build"] as? [String: Any], let image = service["image"] as? String else {
                    continue
                }
                let found = targets.values.first { ($0["tags"] as? [String])?.contains(image) == true }
                let target = try #require(found, "no target makes \(image)")
                Self.compare(build, with: target, base, "\(artifact.name): \(name)")
                compared += 1
            }
        }
        #expect(compared > 0)
    }

    private static func compare(_ build: [String: Any], with target: [String: Any], _ base: URL, _ name: String) {
        let context = build["context"] as? String ?? ""
        let baked = target["context"] as? String ?? ""
        let absolute = baked.contains("://") ? baked : base.appending(path: baked).standardizedFileURL.path
        let isSame = absolute.trimmingSuffix("/") == context.trimmingSuffix("/")
        #expect(isSame, "\(name): context \(baked) instead of \(context)")
        #expect(build["target"] as? String == target["target"] as? String, "\(name)")
        let inline = build["dockerfile_inline"] as? String
        #expect(inline == target["dockerfile-inline"] as? String, "\(name)")
        if inline == nil {
            let dockerfile = (build["dockerfile"] as? String).map { $0.hasPrefix("/") ? $0 : "\(context)/\($0)" }
            let other = (target["dockerfile"] as? String).map { "\(absolute)/\($0)" } ?? "\(absolute)/Dockerfile"
            if !absolute.contains("://") {
                #expect(dockerfile.map(standardized) == standardized(other), "\(name)")
            }
        }
        // Compose leaves an argument without a value null; Buildx leaves it out.
        let arguments = (build["args"] as? [String: Any] ?? [:]).compactMapValues { $0 as? String }
        #expect(arguments == target["args"] as? [String: String] ?? [:], "\(name)")
        // The labels by which clean-up knows its own are not Compose's.
        let labels = (target["labels"] as? [String: String] ?? [:]).filter { !$0.key.hasPrefix("io.bayplan.") }
        #expect(build["labels"] as? [String: String] ?? [:] == labels, "\(name)")
        let tags = build["tags"] as? [String] ?? []
        #expect(Set(tags).isSubset(of: target["tags"] as? [String] ?? []), "\(name)")
        for key in ["cache-from", "cache-to", "ssh"] {
            let stated = build[key.replacingOccurrences(of: "-", with: "_")] as? [String] ?? []
            #expect(stated == target[key] as? [String] ?? [], "\(name): \(key)")
        }
        #expect(build["no_cache"] as? Bool ?? false == target["no-cache"] as? Bool ?? false, "\(name)")
        let limits = (build["ulimits"] as? [String: Any] ?? [:]).map { name, limit in
            let both = limit as? [String: Int]
            return both.map { "\(name)=\($0["soft"] ?? 0):\($0["hard"] ?? 0)" } ?? "\(name)=\(limit)"
        }
        #expect(limits.sorted() == (target["ulimits"] as? [String] ?? []).sorted(), "\(name)")
        // `network`, `extra-hosts` and `entitlements` are not compared: Buildx 0.13 neither obeys nor prints them.
        for key in (build["additional_contexts"] as? [String: String] ?? [:]).keys {
            #expect((target["contexts"] as? [String: String])?[key] != nil, "\(name): \(key)")
        }
    }

    private static func standardized(_ path: String) -> String { URL(filePath: path).standardizedFileURL.path }

    @Test(
        "shfmt finds nothing to change in a script", .enabled(if: Tool.shfmt.isExpected, "shfmt is not installed"),
        arguments: WorkspaceFixture.all)
    func shfmt(_ workspace: WorkspaceFixture) throws { try check(workspace, Tool.shfmt, ["-d"]) }

    @Test(
        "dash parses every script", .enabled(if: Tool.dash.isExpected, "dash is not installed"),
        arguments: WorkspaceFixture.all)
    func dash(_ workspace: WorkspaceFixture) throws { try check(workspace, Tool.dash, ["-n"], oneByOne: true) }

    @Test(
        "busybox parses every script", .enabled(if: Tool.busybox.isExpected, "busybox is not installed"),
        arguments: WorkspaceFixture.all)
    func busybox(_ workspace: WorkspaceFixture) throws {
        try check(workspace, Tool.busybox, ["sh", "-n"], oneByOne: true)
    }

    // The bodies are the same everywhere and take seconds; the tables are what can differ.
    @Test(
        "shellcheck finds nothing in a script",
        .enabled(if: Tool.shellcheck.isExpected, "shellcheck is not installed"),
        arguments: WorkspaceFixture.shipped + WorkspaceFixture.odd.filter { ["shapes", "builds"].contains($0.name) })
    func shellcheck(_ workspace: WorkspaceFixture) throws { try check(workspace, Tool.shellcheck, []) }

    private func check(
        _ workspace: WorkspaceFixture, _ tool: Tool, _ options: [String], oneByOne: Bool = false
    ) throws {
        let folder = try workspace.written()
        let scripts = try workspace.artifacts().filter(\.isExecutable).map(\.name)
        #expect(scripts.isEmpty == (workspace.name == "outputs-off"))
        for words in oneByOne ? scripts.map({ [$0] }) : scripts.isEmpty ? [] : [scripts] {
            let result = try tool.run(options + words, in: folder.url)
            #expect(result.status == 0 && result.output.isEmpty, "\(words)\n\(result.output)\(result.errors)")
        }
    }

    /// What the fixtures interpolate.
    private static let environment = [
        "API_TOKEN": "secret", "CI_COMMIT_SHORT_SHA": "0a1b2c3", "WORD": "", "CHANNEL": "edge", "TAG": "t1",
        "PRICE": "9", "LICENCE": "mit", "QUEUE_IMAGE": "nats:2.10", "RELEASE": "1.2.3",
        "PG_DIGEST": "sha256:\(String(repeating: "0", count: 64))",
        "UNSET": "",
    ]

    private static func config(_ file: String, in folder: ScratchFolder) throws -> [String: Any] {
        let result = try Tool.compose.run(
            ["-f", file, "--profile", "*", "config", "--format", "json"], in: folder.url, environment: environment)
        guard result.status == 0 else { throw Unexpected("\(file): \(result.errors)") }
        let model = try JSONSerialization.jsonObject(with: Data(undoubled(result.output).utf8))
        return model as? [String: Any] ?? [:]
    }

    /// `config` writes a dollar sign twice, so that its output is a Compose file again.
    private static func undoubled(_ text: String) -> String { text.replacingOccurrences(of: "$$", with: "$") }
}

extension String {
    fileprivate func trimmingSuffix(_ suffix: String) -> String {
        hasSuffix(suffix) ? String(dropLast(suffix.count)) : self
    }
}
