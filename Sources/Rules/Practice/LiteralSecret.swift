import ComposeSpec
import Diagnostics
import Inspection
import SourceText
import YAMLSyntax

/// BP504: a secret written into the manifest.
enum LiteralSecret: Rule {
    static let code = Code.literalSecret
    static let summary = """
        Environment variables, build arguments, labels and options of commands named like secrets whose value is written out \
        and can be one: no path, no switch such as `yes`, no number, time or address. And texts that are secrets by their own \
        look: private keys, passwords in URLs, and tokens of services that mark theirs, such as `ghp_` or `glpat-`. What is \
        found is never printed.
        """
    static let rationale =
        "The manifest and what is emitted from it are committed; a secret in them is known to every reader."

    /// A secret that is written out.
    private struct Finding {
        enum Place { case environment, argument, label, option, value }

        /// A name, or what the value is.
        let what: String
        let place: Place
        let span: Span
        /// What nobody is to read.
        let hidden: Span
    }

    /// What was found, each place once: many services may share what an anchor holds.
    private struct Findings {
        private(set) var items: [Finding] = []
        private var hidden: Set<Span> = []
        /// Long texts that were gone through.
        private var long: Set<Span> = []

        mutating func add(_ place: Finding.Place, at span: Span, hiding hidden: Span, _ what: @autoclosure () -> String)
        {
            guard self.hidden.insert(hidden).inserted else { return }
            items.append(Finding(what: what(), place: place, span: span, hidden: hidden))
        }

        /// Whether a text is yet to be gone through; a short one may be, again.
        mutating func isNew(_ node: Node) -> Bool { node.count < 256 || long.insert(node.span).inserted }
    }

    static func check(_ context: inout RuleContext) {
        let tree = context.tree
        var findings = Findings()
        byName(context, tree, &findings)
        byValue(tree, &findings)
        for finding in findings.items {
            context.hidden.append(finding.hidden)
            if context.countsOnly(code) { continue }
            report(finding, &context)
        }
    }

    // MARK: By value

    private static func byValue(_ tree: Tree, _ findings: inout Findings) {
        let found = SecretShapes.all(in: tree.source.bytes)
        if found.isEmpty { return }
        let scalars = tree.scalarSpans.sorted { $0.start < $1.start }
        let told = findings.items.map(\.span).sorted { $0.start < $1.start }
        for secret in found {
            let start = UInt32(secret.range.lowerBound)
            // A comment is no value.
            guard let scalar = span(around: start, in: scalars), span(around: start, in: told) == nil else { continue }
            let end = secret.hidesRest ? scalar.end : UInt32(secret.hidden.upperBound)
            findings.add(
                .value, at: Span(start, UInt32(secret.range.upperBound)),
                hiding: Span(UInt32(secret.hidden.lowerBound), end), secret.what)
        }
    }

    private static func span(around offset: UInt32, in spans: [Span]) -> Span? {
        var (low, high) = (0, spans.count)
        while low < high {
            let middle = (low + high) / 2
            if spans[middle].start <= offset { low = middle + 1 } else { high = middle }
        }
        return low > 0 && spans[low - 1].end > offset ? spans[low - 1] : nil
    }

    // MARK: By name

    private static func byName(_ context: RuleContext, _ tree: Tree, _ findings: inout Findings) {
        let words = ["command", "entrypoint"].compactMap { tree.symbols.find($0) }
        let labels = tree.symbols.find("labels")
        for fragment in context.fragments {
            if let value = tree.value(context.compose.environment, in: fragment.body) {
                check(value, .environment, tree, &findings)
            }
            if let labels, let value = tree.value(labels, in: fragment.body) {
                check(value, .environment, tree, &findings)
            }
            for key in words {
                if let value = tree.value(key, in: fragment.body) { checkWords(value, tree, &findings) }
            }
            if let check = tree.value(context.compose.healthcheck, in: fragment.body),
                let test = tree.value(context.compose.test, in: check)
            {
                checkWords(test, tree, &findings)
            }
        }
        for part in context.manifest.writtenBuilds {
            for key in ["args", "labels"] {
                if let node = tree.value(key, in: part.value) {
                    check(node, key == "args" ? .argument : .label, tree, &findings)
                }
            }
        }
    }

    /// Assignments, as a mapping or as a list of `NAME=value`.
    private static func check(_ node: NodeID, _ place: Finding.Place, _ tree: Tree, _ findings: inout Findings) {
        for (key, value) in tree.entries(node) where !tree.isNull(value) && tree[value].kind == .scalar {
            if tree.withBytes(key, SecretNames.nameOne), tree.withBytes(value, SecretNames.canBeOne) {
                let span = tree[value].span
                findings.add(place, at: span, hiding: span, tree.text(key))
            }
        }
        for item in tree.items(node) {
            let found = tree.withBytes(item) { text in
                Assignment.parts(of: text).flatMap { parts in
                    let name = UnsafeBufferPointer(rebasing: text[parts.name])
                    return SecretNames.nameOne(name)
                        && SecretNames.canBeOne(UnsafeBufferPointer(rebasing: text[parts.value]))
                        ? (name: String(decoding: name, as: UTF8.self), value: parts.value) : nil
                }
            }
            guard let found else { continue }
            findings.add(place, at: tree[item].span, hiding: tree.span(of: found.value, in: item), found.name)
        }
    }

    /// The words of a command, in one text or a list: `--password=secret`, or the word behind `--password`.
    private static func checkWords(_ node: NodeID, _ tree: Tree, _ findings: inout Findings) {
        var option: String?
        for item in tree[node].kind == .scalar ? [node] : Array(tree.items(node)) {
            let isOneWord = tree[node].kind != .scalar
            // Most commands have no option that is named so, and none is looked at twice.
            guard findings.isNew(tree[item]), option != nil || tree.withBytes(item, mayHoldOption) else { continue }
            let bytes = Array(tree.bytes(item))
            var start = 0
            while start < bytes.count {
                var end = start
                let isWhole = isOneWord && bytes[0] == UInt8(ascii: "-")
                while end < bytes.count, isWhole || !isBlank(bytes, end) { end += 1 }
                let word = bytes[start..<end]
                if let name = option, !word.isEmpty {
                    option = nil
                    if word.first != UInt8(ascii: "-"), word.withUnsafeBufferPointer(SecretNames.canBeOne) {
                        add(name, item, start..<end, tree, &findings)
                    }
                } else if case let equals = word.firstIndex(of: UInt8(ascii: "=")) ?? end,
                    equals < end || word.starts(with: "--".utf8)
                {
                    // `--password=x`, `--password x`, and `PASSWORD=x` in front of a command.
                    let name = bytes[start..<equals].drop { $0 == UInt8(ascii: "-") }
                    if name.withUnsafeBufferPointer(SecretNames.nameOne) {
                        let text = String(decoding: bytes[start..<equals], as: UTF8.self)
                        if equals == end {
                            option = text
                        } else if bytes[(equals + 1)..<end].withUnsafeBufferPointer(SecretNames.canBeOne) {
                            add(text, item, equals + 1..<end, tree, &findings)
                        }
                    }
                }
                start = end + 1
            }
            if tree[node].kind == .scalar { option = nil }
        }
    }

    private static func mayHoldOption(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        text.contains { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "=") }
    }

    private static func isBlank(_ bytes: [UInt8], _ index: Int) -> Bool {
        bytes[index] == 0x20 || bytes[index] == 0x0A || bytes[index] == 0x09
    }

    private static func add(
        _ name: String, _ item: NodeID, _ range: Range<Int>, _ tree: Tree, _ findings: inout Findings
    ) {
        let span = tree.span(of: range, in: item)
        findings.add(.option, at: span, hiding: span, name)
    }

    // MARK: Telling

    private static func report(_ finding: Finding, _ context: inout RuleContext) {
        let message =
            finding.place == .value
            ? "\(finding.what) is written out" : "`\(finding.what)` looks like a secret and is written out"
        let help: [String]
        switch finding.place {
        case .environment:
            help = [
                "take it from the environment: `${\(finding.what):?}`",
                "or use Compose's `secrets` and `\(finding.what)_FILE`",
            ]
        case .argument:
            help = [
                "make it a build secret: `secrets` under `build`, `RUN --mount=type=secret` in the Dockerfile",
                "an argument, even one from the environment, stays in the image's history",
            ]
        case .label:
            help = [
                "take it from the environment: `${\(variable(finding.what)):?}`",
                "a label is shown to everyone who may ask the engine",
            ]
        case .option:
            help = [
                "take it from the environment, such as `\(finding.what)=${\(variable(finding.what)):?}`",
                "or from a file of Compose's `secrets`, if the program reads one: other processes see its options",
            ]
        case .value:
            help = [
                "take it from the environment, such as `${\(finding.what == "a private key" ? "KEY" : "PASSWORD"):?}`, or from Compose's `secrets`",
                "it is known by now: let whoever gave it out make a new one",
            ]
        }
        context.report(
            code, message, at: finding.span, "everyone who reads this file can read it",
            why: "the manifest and what is emitted from it are committed", help: help)
    }

    /// The name of an option or a label as that of a variable: `--db-password` is `DB_PASSWORD`.
    private static func variable(_ option: String) -> String {
        String(option.drop { $0 == "-" }.map { $0.isLetter || $0.isNumber ? $0 : "_" }).uppercased()
    }
}
