import Compiler
import Emission
import Foundation
import SourceText
import TestSupport
import Testing

/// A workspace of the repository with everything that is emitted for it.
struct WorkspaceFixture: CustomTestStringConvertible, Sendable {
    let name: String
    /// The folder that is the root, in the repository.
    let folder: String
    /// The manifest's folder, from the root.
    var manifestFolder: [String] = []

    /// The workspaces of `manifests/`.
    static let shipped = ["zixly", "monorepo", "fleet", "release"].map {
        WorkspaceFixture(name: $0, folder: "manifests/\($0)")
    }

    /// Small ones of odd shapes.
    static let odd =
        [
            "cache", "swarm", "owners", "pulled", "shapes", "builds", "build-options", "contexts", "mounts-and-ports",
            "entangled",
            "outputs-renamed",
            "outputs-off", "environments", "environment-builds", "additions", "variables", "start-order", "instances",
        ].map {
            WorkspaceFixture(name: $0, folder: "Tests/Fixtures/workspaces/\($0)")
        } + [
            WorkspaceFixture(
                name: "siblings", folder: "Tests/Fixtures/workspaces/siblings", manifestFolder: ["strategy"])
        ]

    static let all = shipped + odd

    /// Those without keys that Docker Compose 2.26 does not know yet, such as `provenance`.
    static let knownToCompose = all.filter { $0.name != "build-options" }

    var testDescription: String { name }
    var root: URL { Golden.repository.appending(path: folder) }
    var manifestPath: [String] { manifestFolder + ["strategy.yaml"] }

    func source() throws -> [UInt8] {
        try Array(Data(contentsOf: root.appending(path: manifestPath.joined(separator: "/"))))
    }

    /// Everything that is emitted; finding anything in the manifest is a fault.
    func artifacts() throws -> [Artifact] {
        let layout = Layout(folder: manifestFolder, manifestName: "strategy.yaml")
        let file = SourceFile(path: "strategy.yaml", bytes: try source())
        let compiled = compile(file, PipelineOptions(layout: layout))
        guard let artifacts = compiled.artifacts else {
            throw Unexpected(compiled.diagnostics.sorted().map { "\($0.code): \($0.message)" }.joined(separator: "\n"))
        }
        return artifacts
    }

    /// The artifacts in a folder of their own, with what the Compose files name beside them.
    func written() throws -> ScratchFolder {
        let folder = try ScratchFolder()
        for artifact in try artifacts() {
            try folder.write(artifact.name, artifact.bytes)
            if artifact.isExecutable {
                let path = folder.url.appending(path: artifact.name).path
                try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
            }
        }
        // Buildx looks for a secret's file.
        if name == "builds" { try folder.write("app/keys/signing.key", "a key\n") }
        return folder
    }
}
