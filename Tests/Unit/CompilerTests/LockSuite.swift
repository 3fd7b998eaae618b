import Foundation
import TestSupport
import Testing

/// Tests of locks on disk: a folder, and what is done in it.
protocol LockSuite {
    var folder: ScratchFolder { get }
}

extension LockSuite {
    /// The beginning of a manifest of one pulled image.
    static var pulled: String { "version: 1\nimages: {a: {pull: \"redis:7\"}}\n" }

    /// Writes a manifest of one project that runs the pulled image.
    func writeManifest(outputs: String) throws {
        try folder.write("strategy.yaml", Self.pulled + "projects: {p: {services: {a: }}}\noutputs: {\(outputs)}\n")
    }

    func text(_ name: String) throws -> String { String(decoding: try folder.read(name), as: UTF8.self) }

    @discardableResult
    func shell(_ line: String) throws -> Tool.Result {
        try Tool.run(
            ["bash", "-c", line], in: folder.url,
            environment: ["bayplan": Program.path, "BAYPLAN_ROOT": "", "GIT_CONFIG_GLOBAL": "/dev/null"])
    }

    func compile(_ words: String..., in place: String = ".") throws -> Tool.Result {
        try Program.run(["compile", "--no-builds"] + words, in: folder.url.appending(path: place))
    }

    /// A manifest in one folder and a project in another, both compiled.
    func twoRepositories() throws {
        try folder.write(
            "strategy/strategy.yaml",
            "version: 1\nname: sample\nimages: {a: {pull: \"redis:7\"}}\nprojects:\n  shop: {path: ../shop, services: {a: }}\n"
                + "  edge: {services: {a: }}\noutputs: {scripts: false}\n")
        try #require(compile("--root", "..", in: "strategy").status == 0)
    }
}
