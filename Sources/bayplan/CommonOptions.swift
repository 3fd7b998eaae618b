import ArgumentParser
import Compiler
import Diagnostics

/// How what is printed looks: for every command.
struct ConsoleOptions: ParsableArguments {
    @Option(help: "Whether findings are coloured.")
    var color = ColorChoice.auto

    @Flag(name: .shortAndLong, help: "Print findings and results only.")
    var quiet = false
}

/// How findings are told: for the commands whose result they are.
struct FindingOptions: ParsableArguments {
    @Option(
        name: .customLong("format"),
        help: ArgumentHelp(
            "How findings are printed; with =FILE, into a file, too.",
            valueName: "format[=file]"))
    var formats: [FormatRequest] = []

    @Flag(help: "Let warnings fail the run.")
    var strict = false

    @Option(
        name: .customLong("rule"),
        help: ArgumentHelp("A rule's level, by code or name: off, info, warning or error.", valueName: "rule=level"))
    var rules: [RuleSetting] = []

    @Flag(help: "Show notes too, which by themselves never fail a run.")
    var verbose = false

    func validate() throws {
        if formats.count(where: { $0.file == nil }) > 1 {
            throw ValidationError("only one --format can be printed; write the others into files: --format sarif=FILE")
        }
    }

    var report: ReportOptions {
        var report = ReportOptions()
        report.format = formats.last { $0.file == nil }?.format ?? .text
        report.files = formats.compactMap { request in request.file.map { (request.format, $0) } }
        report.isStrict = strict
        report.showsNotes = verbose
        report.levels = rules.map { ($0.rule, $0.level) }
        return report
    }
}

/// Whether the Dockerfiles are read: for the commands that check a manifest.
struct BuildOptions: ParsableArguments {
    @Flag(help: "Do not look into the project folders.")
    var noBuilds = false
}

/// Which manifest, and how far Bayplan may reach.
struct SourceOptions: ParsableArguments {
    @Option(help: ArgumentHelp("What messages call standard input.", valueName: "path"), completion: .file())
    var stdinFilename: String?

    @OptionGroup var reach: ReachOptions

    var root: String? { reach.root }

    func session(_ manifest: String?) -> SessionOptions {
        var options = reach.session(manifest)
        options.standardInputName = stdinFilename
        return options
    }
}

/// How far Bayplan may reach, and how much it takes.
struct ReachOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("The folder below which Bayplan reads and writes.", valueName: "folder"),
        completion: .directory)
    var root: String?

    @Option(help: .hidden) var limitBytes: Int?
    @Option(help: .hidden) var limitDepth: Int?
    @Option(help: .hidden) var limitExpandedNodes: Int?
    @Option(help: .hidden) var limitScalarBytes: Int?
    @Option(help: .hidden) var limitDeclarations: Int?
    @Option(help: .hidden) var limitMergedBytes: Int?

    func session(_ manifest: String?) -> SessionOptions {
        var options = SessionOptions()
        options.manifest = manifest
        options.root = root ?? Terminal.rootVariable
        if let limitBytes { options.limits.fileBytes = limitBytes }
        if let limitDepth { options.limits.depth = limitDepth }
        if let limitExpandedNodes { options.limits.expandedNodes = limitExpandedNodes }
        if let limitScalarBytes { options.limits.scalarBytes = limitScalarBytes }
        if let limitDeclarations { options.limits.declarations = limitDeclarations }
        if let limitMergedBytes { options.limits.mergedBytes = limitMergedBytes }
        return options
    }

    func validate() throws {
        let limits = [
            limitBytes, limitDepth, limitExpandedNodes, limitScalarBytes, limitDeclarations, limitMergedBytes,
        ]
        for limit in limits {
            if let limit, limit < 1 { throw ValidationError("a limit must be at least 1") }
        }
        if let limitBytes, limitBytes > 1 << 30 { throw ValidationError("--limit-bytes may be at most 1073741824") }
        // The stack holds a walk of this depth with room to spare.
        if let limitDepth, limitDepth > 1000 { throw ValidationError("--limit-depth may be at most 1000") }
    }
}
