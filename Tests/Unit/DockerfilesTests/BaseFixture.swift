import Compiler
import Diagnostics
import Emission
import Foundation
import Inspection
import Rules
import SourceText
import TestSupport
import Testing

/// A Dockerfile with what it stands on: `Tests/Fixtures/dockerfiles/<name>`, whose form `Tests/Tools/Engine/bases.py` tells.
struct BaseFixture: CustomTestStringConvertible, Sendable {
    static let folder = Golden.repository.appending(path: "Tests/Fixtures/dockerfiles")

    let name: String
    let dockerfile: [UInt8]
    /// The entries of the build beside context and Dockerfile.
    private(set) var entries: [String] = []
    private(set) var bases: [String] = []
    private(set) var isUnknown = false

    var testDescription: String { name }

    static var all: [BaseFixture] {
        get throws {
            try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().map { try BaseFixture($0) }
        }
    }

    private init(_ name: String) throws {
        self.name = name
        let place = Self.folder.appending(path: name)
        dockerfile = try Array(Data(contentsOf: place.appending(path: "Dockerfile")))
        var (arguments, contexts): ([String], [String]) = ([], [])
        for line in try String(contentsOf: place.appending(path: "expected"), encoding: .utf8).split(separator: "\n") {
            let words = line.split(separator: " ", maxSplits: 1)
            switch words[0] {
            case "target": entries.append("target: \(words[1])")
            case "arg": arguments.append("\"\(words[1])\"")
            case "context": contexts.append("\"\(words[1])\"")
            case "base": bases.append(String(words[1]))
            case "unknown": isUnknown = true
            case "no-engine": break
            default: Issue.record("\(name)/expected: \(line)")
            }
        }
        if !arguments.isEmpty { entries.append("args: [\(arguments.joined(separator: ", "))]") }
        if !contexts.isEmpty { entries.append("additional_contexts: [\(contexts.joined(separator: ", "))]") }
    }

    /// What is found in a manifest that builds the Dockerfile and three possible bases, and declares none of them.
    func diagnostics() -> [Diagnostic] {
        let build = (["context: ./it"] + entries).joined(separator: ", ")
        let manifest = """
            version: 1
            images:
              base-a: { owner: shop, build: ./a }
              base-b: { owner: shop, build: ./b }
              base-c: { owner: shop, build: ./c }
              it: { owner: shop, build: { \(build) } }
            projects:
              shop:
                services:
                  it:
            rules:
              unused-image: off
              missing-healthcheck: off
              base-not-used: off
              dockerfile-syntax: off
              unknown-build-argument: off
            """
        let layout = Layout(folder: [], manifestName: "strategy.yaml")
        return plan(
            SourceFile(path: "strategy.yaml", bytes: Array(manifest.utf8)), PipelineOptions(layout: layout)
        ) { _, questions in
            let found = questions.probes.map { look in
                let isIt = look.context == ["shop", "it"]
                let text = isIt ? dockerfile : Array("FROM scratch\n".utf8)
                return BuildSources.Found.dockerfile(
                    SourceFile(path: look.context.joined(separator: "/"), bytes: text))
            }
            return BuildSources(questions, found: found)
        }.diagnostics.sorted()
    }
}
