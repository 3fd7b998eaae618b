import Compiler
import Emission
import Foundation
import SourceText
import TestSupport
import Workspace

/// A folder in which runs work within this process, and what they say.
///
/// No run depends on the working folder, which all tests share: manifests are named whole. What is said is read as if it
/// had been said in this folder.
struct Desk {
    /// How a run ended, and what it said.
    struct Told: Equatable {
        let status: ExitStatus
        let output: String
        let errors: String

        init(_ status: ExitStatus, _ output: String, _ errors: String) {
            (self.status, self.output, self.errors) = (status, output, errors)
        }

        /// The same without a blank: where lines end, also within a path, depends on the length of this folder's path.
        var unwrapped: Told {
            func joined(_ text: String) -> String { text.filter { !$0.isWhitespace } }
            return Told(status, joined(output), joined(errors))
        }
    }

    /// Two images, one on the other, with a variable, in two environments.
    static let manifest = """
        version: 1
        name: shop
        images:
          base: {owner: core, build: ./base}
          api: {owner: core, build: {context: ./api, args: {V: "${V}"}}, needs: [base]}
        projects:
          core: {services: {api: {ports: ["127.0.0.1:8000:80"]}, base: }}
        environments:
          live: {registry: registry.example.com, tag: "1"}

        """

    let folder: ScratchFolder

    /// A folder with the manifest, and with what is built from it.
    init(_ manifest: String = Desk.manifest) throws {
        folder = try ScratchFolder()
        try folder.write("strategy.yaml", manifest)
        guard manifest == Desk.manifest else { return }
        try folder.write("core/base/Dockerfile", "FROM scratch\nCOPY . /\n")
        try folder.write("core/api/Dockerfile", "FROM base\nARG V\nCOPY . /\n")
    }

    func path(_ name: String) -> String { folder.url.appending(path: name).path }

    func session(_ manifest: String = "strategy.yaml") -> SessionOptions {
        var options = SessionOptions()
        options.manifest = path(manifest)
        return options
    }

    /// Runs something and tells a failure as the program does.
    func told(_ body: (Console) throws(SystemFailure) -> ExitStatus) -> Told {
        let said = Said()
        var status = ExitStatus.failure
        do throws(SystemFailure) {
            status = try body(said.console)
        } catch {
            said.console.fail(error.message)
        }
        return Told(status, shown(said.output), shown(said.errors))
    }

    /// A text without this folder's place.
    func shown(_ text: String) -> String {
        text.replacing(folder.url.path + "/", with: "").replacing(folder.url.path, with: ".")
    }

    /// Changes a text of a file.
    func edit(_ old: String, _ new: String, in name: String = "strategy.yaml") throws {
        try folder.edit(old, new, in: name)
    }

    func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: path(name)) }

    /// What a script of this manifest hands over: its tables of images and of builds.
    func scriptTables() throws -> [UInt8] {
        let source = SourceFile(path: "strategy.yaml", bytes: try folder.read("strategy.yaml"))
        let options = PipelineOptions(layout: Layout(folder: [], manifestName: "strategy.yaml"))
        let script = compile(source, options).artifacts?.first { $0.name == "scripts/refresh.sh" }
        let text = String(decoding: script?.bytes ?? [], as: UTF8.self)
        let parts = try ["images", "builds"].map { name in
            guard let begin = text.firstRange(of: "\n\(name)() {\n\tcat <<'END'\n")?.upperBound,
                let end = text[begin...].firstRange(of: "\nEND\n")?.lowerBound
            else { throw Unexpected("no table of \(name)") }
            return text[begin..<end] + "\n"
        }
        return Array(parts.joined().utf8)
    }

    /// Puts all that is there under git, or what has changed since.
    func commit(in place: String = ".") throws {
        let git = "git -c user.name=Test -c user.email=test@example.com"
        let line = "[ -d .git ] || git init -q -b main; git add -A && \(git) commit -qm all"
        let result = try Tool.run(
            ["sh", "-c", line], in: folder.url.appending(path: place),
            environment: ["GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1"])
        guard result.status == 0 else { throw Unexpected(result.errors) }
    }
}

/// Keeps what a run says.
final class Said {
    private(set) var output = ""
    private(set) var errors = ""
    /// Is told of each piece, of results and of messages, when it has been kept.
    var heard: (String) -> Void = { _ in }

    var console: Console {
        Console(
            output: { bytes in
                let text = String(decoding: bytes, as: UTF8.self)
                self.output += text
                self.heard(text)
            },
            error: { bytes in
                let text = String(decoding: bytes, as: UTF8.self)
                self.errors += text
                self.heard(text)
            })
    }
}
