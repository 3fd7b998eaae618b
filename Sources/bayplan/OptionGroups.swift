import Arguments
import Compiler
import Diagnostics

/// How what is printed probes: for every command.
struct ConsoleOptions {
    let color: ColorChoice
    let quiet: Bool

    init(_ options: inout Options) {
        color = options.choice("color", "Whether findings are coloured.", default: .auto)
        quiet = options.flag("quiet", short: "q", "Print findings and results only.")
    }
}

/// How findings are told: for the commands whose result they are.
struct FindingOptions {
    private let formats: [FormatRequest]
    private let strict: Bool
    private let rules: [RuleSetting]
    private let verbose: Bool

    init(_ options: inout Options) {
        formats = options.list(
            "format", of: "format[=file]",
            "How findings are printed; with =FILE, into a file, too, which may be new or an earlier report.",
            values: FormatRequest.words, read: FormatRequest.init)
        strict = options.flag("strict", "Let warnings fail the run.")
        rules = options.list(
            "rule", of: "rule=level",
            "The level of a rule, by code or name, or of a group: off, info, warning or error.",
            read: RuleSetting.init)
        verbose = options.flag(
            "verbose",
            "Show notes too, which by themselves never fail a run: in every format but json, sarif and junit, which always do."
        )

        options.refuse(
            formats.count(where: { $0.file == nil }) > 1,
            "only one --format can be printed; write the others into files: --format sarif=FILE")
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

    /// Of the words with which these were stated, those that decide whether a manifest is sound.
    var words: [String] { rules.flatMap { ["--rule", $0.rule + "=" + $0.level.word] } }
}

extension Options {
    /// Whether the Dockerfiles are read: for the commands that check a manifest.
    mutating func probesBuilds() -> Bool { !flag("no-builds", "Do not look into the project folders.") }

    /// Whether a command without a manifest takes every one that git knows.
    mutating func allManifests() -> Bool {
        flag("all", "Where no manifest is stated: every one that git tracks in this folder and below.")
    }

    /// The manifest of a command that takes one.
    mutating func manifestOperand() -> String? {
        operand("manifest", "The manifest; by default strategy.yaml here or above, - for standard input.", .manifests)
    }

    /// The manifest of a command whose operands are something else.
    mutating func manifestOption() -> String? {
        value("manifest", of: "path", "The manifest; by default strategy.yaml here or above.", .manifests)
    }
}

/// Which manifest, and how far Bayplan may reach.
struct SourceOptions {
    let root: String?
    private let standardInputName: String?
    private let reach: ReachOptions

    init(_ options: inout Options) {
        standardInputName = options.value(
            "stdin-filename", of: "path", "What messages call standard input.", .anyFile)
        reach = ReachOptions(&options)
        root = reach.root
    }

    func session(_ manifest: String?) -> SessionOptions {
        var options = reach.session(manifest)
        options.standardInputName = standardInputName
        return options
    }

    /// The words that state these.
    var words: [String] { reach.words + (standardInputName.map { ["--stdin-filename", $0] } ?? []) }
}

/// How far Bayplan may reach, and how much it takes.
struct ReachOptions {
    /// The root that the command line states.
    let root: String?
    private var limits = SessionOptions().limits
    private var statedLimits: [String] = []

    init(_ options: inout Options) {
        root = options.value(
            "root", of: "folder",
            """
            The folder below which Bayplan reads and writes; by default the top of the git checkout that holds the \
            manifest, or else the manifest's folder.
            """,
            .folders)
        func limit(_ name: String, _ help: String, atMost most: Int = .max) -> Int? {
            let number = options.limit(name, help, atMost: most)
            if let number { statedLimits += ["--" + name, String(number)] }
            return number
        }
        let bytes = limit("limit-bytes", "The bytes of a file.", atMost: 1 << 30)
        // The stack holds a walk of this depth with room to spare.
        let depth = limit("limit-depth", "The levels of a manifest.", atMost: 1000)
        let expandedNodes = limit("limit-expanded-nodes", "The values that aliases may come to.")
        let scalarBytes = limit("limit-scalar-bytes", "The bytes of one value.")
        let declarations = limit("limit-declarations", "The images, projects and services.")
        let mergedBytes = limit("limit-merged-bytes", "The bytes that services come to.")
        if let bytes { limits.fileBytes = bytes }
        if let depth { limits.depth = depth }
        if let expandedNodes { limits.expandedNodes = expandedNodes }
        if let scalarBytes { limits.scalarBytes = scalarBytes }
        if let declarations { limits.declarations = declarations }
        if let mergedBytes { limits.mergedBytes = mergedBytes }
    }

    func session(_ manifest: String?) -> SessionOptions {
        var options = SessionOptions()
        options.manifest = manifest
        options.root = root ?? Terminal.rootVariable
        options.limits = limits
        return options
    }

    /// The words that state these, a variable's root included: whoever repeats a command may not have the variable.
    var words: [String] { ((root ?? Terminal.rootVariable).map { ["--root", $0] } ?? []) + statedLimits }
}
