import Compiler

/// The command lines that hooks and build scripts run again and again, understood without the parser.
///
/// The parser looks its types up at run time, which takes longer than a small run itself. Only a command line that is
/// understood here to its last word is run here; everything else, help and mistakes included, is the parser's. What
/// is not stated has the defaults of the library's options, which are those of the parser's too.
struct FrequentCommand {
    private enum Name: String {
        case validate, compile, order, explain
    }

    private let name: Name
    /// The words that are no options: manifests, images or rules.
    private var operands: [String] = []
    private var manifest: String?
    private var checks = false
    private var isQuiet = false
    private var looksAtBuilds = true
    private var report = ReportOptions()

    /// Understands `validate` and `compile` with paths, `--check`, `--strict`, `--quiet` and `--no-builds`, `order` with
    /// images and `--manifest`, and `explain` with a rule; nil for anything else.
    init?(_ words: some Collection<String>) {
        guard let name = words.first.flatMap(Name.init(rawValue:)) else { return nil }
        self.name = name
        let checksManifests = name == .validate || name == .compile
        var isManifestNext = false
        for word in words.dropFirst() {
            if word.isEmpty { return nil }
            switch word {
            case _ where isManifestNext:
                if word.hasPrefix("-") { return nil }
                manifest = word
                isManifestNext = false
            case "--quiet", "-q": isQuiet = true
            case "--check" where name == .compile: checks = true
            case "--strict" where checksManifests: report.isStrict = true
            case "--no-builds" where checksManifests: looksAtBuilds = false
            case "--manifest" where name == .order && manifest == nil: isManifestNext = true
            case _ where word.hasPrefix("-"): return nil
            default: operands.append(word)
            }
        }
        if isManifestNext { return nil }
        switch name {
        case .validate, .order: break
        case .compile: if operands.count > 1 { return nil }
        case .explain: if operands.count != 1 { return nil }
        }
    }

    func run(on terminal: Terminal) throws -> ExitStatus {
        let console = terminal.console(color: .auto, isQuiet: isQuiet)
        return try reportingFailure { () throws(SystemFailure) in
            switch name {
            case .validate: try validate(console)
            case .compile: try compile(console)
            case .order: try order(console)
            case .explain: try ExplainRun(rule: operands[0]).run(console)
            }
        }
    }

    private func validate(_ console: Console) throws(SystemFailure) -> ExitStatus {
        let sessions = operands.isEmpty ? [session(nil)] : operands.map { session($0) }
        var run = ValidateRun(sessions: sessions)
        run.report = report
        return try run.run(console)
    }

    private func compile(_ console: Console) throws(SystemFailure) -> ExitStatus {
        var run = CompileRun(session: session(operands.first))
        run.mode = checks ? .check : .write
        run.report = report
        if !looksAtBuilds { run.command += " --no-builds" }
        if let manifest = operands.first { run.command += " " + quotedForShell(manifest) }
        return try run.run(console)
    }

    private func order(_ console: Console) throws(SystemFailure) -> ExitStatus {
        var run = OrderRun(session: session(manifest))
        run.images = operands
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
