import Foundation
import TestSupport

/// A workspace on disk that the real program works in.
struct Checkout {
    static let manifest = """
        version: 1
        name: sample
        images:
          api: { owner: core, build: ./api }
          jobs: { owner: core, build: ./jobs, needs: [api] }
        projects:
          core:
            services: { api: { ports: ["127.0.0.1:8000:80"] }, jobs: }
          edge:
            services:
              api:
        environments:
          live: { registry: registry.example.com, tag: "1" }
        """ + "\n"

    static let artifacts = [
        "IMAGES.md", "bake.json", "core/docker-compose.live.yml", "core/docker-compose.yml",
        "edge/docker-compose.live.yml", "edge/docker-compose.yml", "scripts/build.sh", "scripts/clean.sh",
        "scripts/down.sh", "scripts/pin.sh", "scripts/refresh.sh", "scripts/release.sh", "scripts/status.sh",
        "scripts/up.sh",
        "scripts/verify.sh",
    ]

    let folder: ScratchFolder
    var url: URL { folder.url }

    /// A folder with the manifest, compiled unless said otherwise.
    init(isCompiled: Bool = true) throws {
        folder = try ScratchFolder()
        try folder.write("strategy.yaml", Self.manifest)
        guard isCompiled else { return }
        let result = try bayplan("compile")
        guard result.status == 0 else { throw Unexpected(result.errors) }
    }

    func bayplan(_ arguments: String..., input: String? = nil, environment: [String: String] = [:]) throws
        -> Tool.Result
    {
        try Program.run(arguments, in: url, input: input, environment: environment)
    }

    /// Runs a line of shell in the folder, where `$bayplan` is the program.
    @discardableResult
    func shell(_ line: String) throws -> Tool.Result {
        try Tool.run(["bash", "-c", line], in: url, environment: ["bayplan": Program.path])
    }

    func path(_ name: String) -> String { url.appending(path: name).path }

    /// Every file but the lock, with its content.
    func content() throws -> [String: [UInt8]] {
        var files: [String: [UInt8]] = [:]
        for name in try shell("find . -type f ! -name bayplan.lock").output.split(separator: "\n") {
            files[String(name.dropFirst(2))] = try folder.read(String(name))
        }
        return files
    }

    /// What is there, whatever it is: kind, inode, mode, links, size and times to the nanosecond.
    func state() throws -> String {
        try shell("find . -mindepth 1 -printf '%P %y %i %m %n %s %T@ %l\\n' | sort").output
    }

    /// Changes the manifest's text.
    func edit(_ old: String, _ new: String) throws {
        try folder.edit(old, new, in: "strategy.yaml")
    }
}
