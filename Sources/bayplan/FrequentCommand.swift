import Compiler

/// The command lines that hooks and build scripts run again and again, understood without the parser.
///
/// The parser looks its types up at run time, which takes longer than a small run itself. Only a command line that is
/// understood here to its last word is run here; everything else, help and mistakes included, is the parser's. What
/// is not stated has the defaults of the library's options, which are those of the parser's too.
struct FrequentCommand {
    private var manifests: [String] = []
    private var checks = false
    private var isQuiet = false
    private var looksAtBuilds = true
    private var report = ReportOptions()
    private let name: String

    /// Understands `validate` and `compile` with paths, `--check`, `--strict`, `--quiet` and `--no-builds`; nil for anything else.
    init?(_ words: some Collection<String>) {
        guard let name = words.first, name == "validate" || name == "compile" else { return nil }
        self.name = name
        for word in words.dropFirst() {
            switch word {
            case "--check" where name == "compile": checks = true
            case "--strict": report.isStrict = true
            case "--quiet", "-q": isQuiet = true
            case "--no-builds": looksAtBuilds = false
            case _ where word.isEmpty || word.hasPrefix("-"): return nil
            default: manifests.append(word)
            }
        }
        if name == "compile", manifests.count > 1 { return nil }
    }

    func run(on terminal: Terminal) throws -> ExitStatus {
        let console = terminal.console(color: .auto, isQuiet: isQuiet)
        return try reportingFailure { () throws(SystemFailure) in
            name == "validate" ? try validate(console) : try compile(console)
        }
    }

    private func validate(_ console: Console) throws(SystemFailure) -> ExitStatus {
        let sessions = manifests.isEmpty ? [session(nil)] : manifests.map { session($0) }
        var run = ValidateRun(sessions: sessions)
        run.report = report
        return try run.run(console)
    }

    private func compile(_ console: Console) throws(SystemFailure) -> ExitStatus {
        var run = CompileRun(session: session(manifests.first))
        run.mode = checks ? .check : .write
        run.report = report
        if !looksAtBuilds { run.command += " --no-builds" }
        if let manifest = manifests.first { run.command += " " + quotedForShell(manifest) }
        return try run.run(console)
    }

    private func session(_ manifest: String?) -> SessionOptions {
        var options = SessionOptions()
        options.manifest = manifest
        options.looksAtBuilds = looksAtBuilds
        options.root = Terminal.rootVariable
        return options
    }
}
