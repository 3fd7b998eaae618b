import Compiler
import Diagnostics
import Emission
import Foundation
import SourceText
import TestSupport

/// The fixtures of one code: `Tests/Fixtures/rules/BP107-container-name-taken/`.
///
/// A good manifest gives no diagnostic at all; a bad one gives exactly what the golden beside it says. The project
/// folders of `bad-name.yaml` stand in the folder `bad-name`; without one nobody looks for them.
struct RuleFixture {
    static let folder = Golden.repository.appending(path: "Tests/Fixtures/rules")

    /// The names of the folders, sorted.
    static var folders: [String] {
        get throws {
            try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { !$0.hasPrefix(".") }.sorted()
        }
    }

    /// The manifests of a folder whose names begin with `good-` or `bad-`, sorted, as paths below `folder`.
    static func manifests(_ kind: String, in name: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.appending(path: name).path)
            .filter { $0.hasPrefix(kind + "-") && $0.hasSuffix(".yaml") }.sorted().map { name + "/" + $0 }
    }

    static func manifests(_ kind: String) throws -> [String] {
        try folders.flatMap { try manifests(kind, in: $0) }
    }

    static func golden(of manifest: String) -> URL {
        folder.appending(path: manifest.dropLast(".yaml".count) + ".diagnostics")
    }

    /// Where the manifest stands as its fixes leave it.
    static func fixedGolden(of manifest: String) -> URL {
        folder.appending(path: manifest.dropLast(".yaml".count) + ".fixed")
    }

    static func source(_ manifest: String) throws -> SourceFile {
        SourceFile(path: "strategy.yaml", bytes: Array(try Data(contentsOf: folder.appending(path: manifest))))
    }

    /// The folder that holds a fixture's project folders; a suppressed fixture has those of the bad one.
    static func projects(of manifest: String) -> String? {
        let name = String(manifest.dropLast(".yaml".count))
        return [name, name.replacing("/suppressed-", with: "/bad-")].map { folder.appending(path: $0).path }
            .first { FileManager.default.fileExists(atPath: $0) }
    }

    /// What validating a manifest finds; messages call it `strategy.yaml`.
    static func diagnostics(of manifest: String) throws -> [Diagnostic] {
        findings(in: try source(manifest), projects: projects(of: manifest))
    }

    /// What validating a text finds, as the manifest `strategy.yaml`.
    static func findings(in text: String, projects root: String? = nil) -> [Diagnostic] {
        findings(in: SourceFile(path: "strategy.yaml", bytes: Array(text.utf8)), projects: root)
    }

    static func findings(in source: SourceFile, projects root: String? = nil) -> [Diagnostic] {
        let layout = Layout(folder: [], manifestName: "strategy.yaml")
        let folders = root.flatMap { ProjectFolders(below: $0, layout: layout, manifest: "strategy.yaml") }
        return plan(source, PipelineOptions(layout: layout), looking: folders?.read).diagnostics.sorted()
    }

    /// What a terminal of 80 columns shows.
    static func rendering(of diagnostics: [Diagnostic]) -> String {
        String(decoding: render(diagnostics, as: .text, options: RenderingOptions(width: 80)), as: UTF8.self)
    }
}
