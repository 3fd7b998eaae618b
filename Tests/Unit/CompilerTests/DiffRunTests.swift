import Compiler
import Foundation
import TestSupport
import Testing

/// `bayplan diff`: with what a manifest is compared, and how it is told.
struct DiffRunTests {
    private let desk: Desk

    init() throws {
        desk = try Desk()
        try desk.commit()
    }

    private func told(_ set: (inout DiffRun) -> Void = { _ in }) -> Desk.Told {
        var run = DiffRun(session: desk.session())
        set(&run)
        return desk.told(run.run)
    }

    /// Another port, and a file that is sent to the base's build.
    private func change() throws {
        try desk.edit("8000:80", "8001:80")
        try desk.folder.write("core/base/new", "x\n")
    }

    @Test("Nothing changes: no finding, whatever is asked for", arguments: DiffRun.Format.allCases)
    func unchanged(_ format: DiffRun.Format) throws {
        try desk.edit("name: shop\n", "# a comment\nname:   shop\n")
        let result = told {
            $0.format = format
            $0.failsOnChange = true
        }
        #expect(result.status == .clean && result.errors.isEmpty)
        #expect(result.output.contains("nothing changes"), "\(result.output)")
    }

    private static let text = """
        images
          ~ base: it must be built anew, and its containers are recreated then
              because core/base/new is sent to its build, and changed
              $ scripts/refresh.sh base
          ~ api: it must be built anew, and its containers are recreated then
              because base, which it is built from, is built anew
              $ scripts/refresh.sh api

        core (development, live)
          ~ api: is recreated: ports; its image is built anew, too
              port 80 moves from 127.0.0.1:8000 to 127.0.0.1:8001
          ~ base: is recreated once its image is built anew

        2 images are built anew, 2 containers are recreated (core), 2 containers are
        recreated after a build (core)

        """

    private static let markdown = """
        **2 images are built anew, 2 containers are recreated (core), 2 containers are recreated after a build (core)**

        <details><summary>2 images</summary>

        - `base`: it must be built anew, and its containers are recreated then
          - because core/base/new is sent to its build, and changed
          - run `scripts/refresh.sh base`
        - `api`: it must be built anew, and its containers are recreated then
          - because base, which it is built from, is built anew
          - run `scripts/refresh.sh api`

        </details>

        <details><summary>core (development, live)</summary>

        - `api`: is recreated: ports; its image is built anew, too
          - port 80 moves from 127.0.0.1:8000 to 127.0.0.1:8001
        - `base` is recreated once its image is built anew

        </details>

        """

    private static let summary =
        "2 images are built anew, 2 containers are recreated (core), 2 containers are recreated after a build (core)\n"

    @Test(
        "A port and a file since the last commit, to the letter",
        arguments: [(.text, text), (.markdown, markdown), (.summary, summary)] as [(DiffRun.Format, String)])
    func formats(_ format: DiffRun.Format, _ expected: String) throws {
        try change()
        let result = told { $0.format = format }
        let wanted = Desk.Told(.clean, expected, "")
        #expect(format == .text ? result.unwrapped == wanted.unwrapped : result == wanted, "\(result)")
        let failing = told {
            $0.format = format
            $0.failsOnChange = true
        }
        #expect(failing == Desk.Told(.findings, result.output, ""))
    }

    @Test("A program reads the same, and what could not be compared")
    func json() throws {
        try change()
        try desk.folder.write("core/.env", "V=1\n")
        let output = told { $0.format = .json }.output
        let found = try #require(try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any])
        #expect(found["summary"] as? String == String(Self.summary.dropLast()))
        let images = try #require(found["images"] as? [[String: Any]])
        #expect(images.map { $0["name"] as? String } == ["base", "api"])
        #expect(
            images.map { $0["causes"] as? [String] } == [
                ["core/base/new is sent to its build, and changed"], ["the .env of its owner changed"],
            ])
        #expect(
            found["notCompared"] as? [String] == [
                "not compared: what `core/.env`, which changed, makes of the variables of core"
            ])
    }

    @Test("One environment of two")
    func environment() throws {
        try change()
        let result = told { $0.environment = "live" }
        #expect(result.output.contains("\ncore (live)\n"), "\(result.output)")
        #expect(result.output.contains("$ scripts/refresh.sh --environment live base\n"))
        #expect(!result.output.contains("development"))
    }

    @Test("An environment that the manifest had and has no more can be asked for")
    func formerEnvironment() throws {
        try desk.edit("  live: {registry: registry.example.com, tag: \"1\"}\n", "  test: {tag: \"1\"}\n")
        #expect(told { $0.environment = "live" }.status == .clean)
        #expect(
            told { $0.environment = "liv" }
                == Desk.Told(
                    .failure, "", "bayplan: there is no environment `liv`; did you mean `live`?\n"
                ))
    }

    @Test("A build whose inputs cannot be told is no change")
    func unknown() throws {
        try desk.folder.write("core/base/.dockerignore", "a\n!\n")
        try desk.commit()
        try desk.folder.write("core/base/new", "x\n")
        #expect(told() == Desk.Told(.clean, "nothing changes\n", ""))
    }
}
