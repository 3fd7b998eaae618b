import Foundation
import TestSupport
import Testing

/// Import, compile: the same Compose projects.
///
/// Beside each input lie the manifest that it makes, what is told of it, and in `differences`, where there are any, the
/// lines of `docker compose config` that are not the same afterwards. Each of those is told of.
struct RoundTripTests {
    @Test("There are sixty and more projects")
    func thereAreEnough() { #expect(ImportFixture.all.count >= 60) }

    @Test("The manifest, and what is told", arguments: ImportFixture.all)
    func golden(_ fixture: ImportFixture) throws {
        let (scratch, place) = try fixture.copy()
        defer { withExtendedLifetime(scratch) {} }
        let result = try Program.run(["import", "--verbose"] + fixture.arguments, in: place)
        #expect(result.status == (ImportFixture.refused.contains(fixture.name) ? 1 : 0), "\(result.errors)")
        try expect(result.output, "strategy.yaml", of: fixture)
        try expect(result.errors, "diagnostics", of: fixture)
        guard !result.output.isEmpty, !ImportFixture.refused.contains(fixture.name) else { return }
        try Data(result.output.utf8).write(to: place.appending(path: "strategy.yaml"))
        let valid = try Program.run(["validate", "--no-builds", "strategy.yaml"], in: place)
        #expect(valid.status == 0, "\(valid.output)")
        // What was imported is imported again to nothing else.
        #expect(try Program.run(["import"] + fixture.arguments, in: place).output == result.output)
    }

    @Test(
        "`docker compose config` is equal before and after",
        .enabled(if: Tool.compose.isExpected && Tool.pyYAML.isExpected, "docker compose or PyYAML is not here"),
        arguments: ImportFixture.all.filter { !ImportFixture.refused.contains($0.name) })
    func configuration(_ fixture: ImportFixture) throws {
        let (before, original) = try fixture.copy()
        let (after, compiled) = try fixture.copy()
        defer { withExtendedLifetime((before, after)) {} }
        let imported = try Program.run(["import", "-o", "strategy.yaml"] + fixture.arguments, in: compiled)
        #expect(imported.status == 0, "\(imported.errors)")
        for run in fixture.runs where run.environment != nil || !run.files.isEmpty {
            for file in run.files {
                try? FileManager.default.removeItem(at: compiled.appending(path: run.folder).appending(path: file))
            }
        }
        let emitted = try Program.run(["compile", "-q", "--no-builds"], in: compiled)
        #expect(emitted.status == 0, "\(emitted.errors)")
        let name = try composeName(compiled.appending(path: "strategy.yaml"))
        var differences = ""
        for run in fixture.runs {
            let dot = name.lastIndex(of: ".") ?? name.endIndex
            let file = run.environment.map { name[..<dot] + "." + $0 + name[dot...] } ?? name
            // A file that does not become an environment is told of.
            let isThere = FileManager.default.fileExists(
                atPath: compiled.appending(path: run.folder).appending(path: file).path)
            if run.environment != nil, !isThere {
                #expect(imported.errors.contains("does not become an environment"))
                continue
            }
            let (here, there) = (original.appending(path: run.folder), compiled.appending(path: run.folder))
            var one: Configuration
            var other: Configuration
            if ImportFixture.newerThanCompose.contains(fixture.name) {
                one = try Configuration(yaml: here.appending(path: run.files[0]))
                other = try Configuration(yaml: there.appending(path: file))
            } else {
                one = try Configuration(of: run.files, in: here)
                other = try Configuration(of: [file], in: there)
            }
            other.settle(like: one)
            one.settle(like: one)
            let old = one.lines(in: before.url.path)
            let new = other.lines(in: after.url.path)
            let changes = new.difference(from: old).inferringMoves()
            if changes.isEmpty { continue }
            differences += "\(run.folder)\(run.environment.map { " in \($0)" } ?? "")\n"
            for change in changes {
                switch change {
                case .remove(_, let line, _): differences += "- \(line)\n"
                case .insert(_, let line, _): differences += "+ \(line)\n"
                }
            }
        }
        try expect(differences, "differences", of: fixture)
    }

    /// What the manifest says of its Compose files' name.
    private func composeName(_ manifest: URL) throws -> String {
        let text = try String(contentsOf: manifest, encoding: .utf8)
        let opening = "outputs: { compose: "
        let line = text.split(separator: "\n").first { $0.hasPrefix(opening) }
        return line.map { String($0.dropFirst(opening.count).dropLast(" }".count)) } ?? "docker-compose.yml"
    }

    /// Compares a text with a file beside the input; an empty text with no file.
    private func expect(_ text: String, _ name: String, of fixture: ImportFixture) throws {
        try Golden.expect(text.isEmpty ? nil : text, at: fixture.folder.appending(path: name))
    }
}
