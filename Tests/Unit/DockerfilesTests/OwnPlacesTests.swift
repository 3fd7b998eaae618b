import Compiler
import Diagnostics
import Emission
import Planning
import Resolution
import SourceText
import TestSupport
import Testing

@testable import Inspection

/// What is asked about folders of builds, and which paths below the root are Bayplan's own.
struct OwnPlacesTests {
    private static func resolved(_ manifest: String, in folder: [String] = []) throws -> Resolution {
        let source = SourceFile(path: "strategy.yaml", bytes: Array(manifest.utf8))
        let options = PipelineOptions(layout: Layout(folder: folder, manifestName: "strategy.yaml"))
        return try #require(plan(source, options).plan).resolution
    }

    @Test("Two builds are one question only where project, context and Dockerfile are")
    func keys() throws {
        func key(_ project: String, _ build: String) throws -> String {
            let resolution = try Self.resolved(
                """
                version: 1
                images: { a: { owner: p, build: \(build) } }
                projects: { p: { path: \(project), services: { a: } } }

                """)
            let place = try #require(BuildPlace(of: 0, resolution, []))
            return try #require(BuildProbe(place)).key
        }
        #expect(try key("a/b", "c") == key("a/b", "{ context: ./c }"))
        #expect(try key("a/b", "c") != key("a/b", "{ context: c, dockerfile: Dockerfile }"))
        #expect(try key("a/b", "c") != key("ab", "c"))
        #expect(
            try key("a/a", "{ context: ../../b, dockerfile: ../a/b/D }")
                != key("a", "{ context: ./b, dockerfile: D }"))
    }

    @Test("Bayplan's own are what lies at the root and the files of each project with its folder")
    func ownPaths() throws {
        let manifest = """
            version: 1
            images: { a: { pull: "r:1" } }
            outputs: { scripts: tools/run, bake: build/bake.json, document: false }
            projects: { p: { path: x/p, services: { a: } }, q: { services: { a: } } }

            """
        let paths = try Self.resolved(manifest).ownPaths(folderInRoot: []).map { $0.joined(separator: "/") }
        for path in ["tools/run", "build/bake.json", "x/p", "x/p/docker-compose.yml", "q", "q/docker-compose.yml"] {
            #expect(paths.contains(path), "\(path) in \(paths)")
        }
        #expect(!paths.contains("docker-compose.yml"))
        let below = try Self.resolved(manifest, in: ["w"]).ownPaths(folderInRoot: ["w"])
        #expect(below.contains(["w", "tools", "run"]) && below.contains(["w", "x", "p", "docker-compose.yml"]))
    }

    @Test("A folder of scripts beside the manifest's has a lock, in whose place no project may lie")
    func lockBeside() {
        let manifest = """
            version: 1
            images: { a: { pull: "r:1" } }
            outputs: { scripts: ../tools }
            projects: { p: { path: ../tools/bayplan.lock, services: { a: } } }

            """
        let source = SourceFile(path: "strategy.yaml", bytes: Array(manifest.utf8))
        let layout = Layout(folder: ["w"], manifestName: "strategy.yaml")
        let found = plan(source, PipelineOptions(layout: layout)).diagnostics.sorted()
        // The project's folder, which lies beside the manifest's, has a lock of its own.
        let owners = ["Bayplan's lock", "the folder of `p`"]
        #expect(found.map(\.message) == owners.map { "Bayplan's lock would be a file where \($0) needs a folder" })
    }

    @Test("A Dockerfile is read for each build by its own arguments, whichever build comes first")
    func arguments() throws {
        let root = try ScratchFolder()
        try root.write("p/Dockerfile", "ARG BASE=one\nFROM ${BASE}\n")
        let builds = ["build: .", "build: { context: ., args: { BASE: two } }"]
        for order in [builds, builds.reversed()] {
            let images = order.enumerated().map { "  i\($0): { owner: p, \($1) }\n" }.joined()
            let source = SourceFile(
                path: "strategy.yaml",
                bytes: Array(
                    """
                    version: 1
                    images:
                    \(images)  one: { owner: p, build: { context: ., dockerfile_inline: FROM scratch } }
                      two: { owner: p, build: { context: ., dockerfile_inline: FROM scratch } }
                    projects: { p: { services: { i0: , i1: } } }

                    """.utf8))
            let layout = Layout(folder: [], manifestName: "strategy.yaml")
            let folders = ProjectFolders(below: root.url.path, layout: layout, manifest: "strategy.yaml")
            let found = plan(source, PipelineOptions(layout: layout), looking: folders?.read).diagnostics.sorted()
            let undeclared = found.filter { $0.code == .undeclaredBase }.map(\.message)
            for base in ["one", "two"] {
                #expect(undeclared.count { $0.contains("`\(base)`") } == 1, "\(undeclared)")
            }
        }
    }
}
