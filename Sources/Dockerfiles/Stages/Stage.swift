import SourceText

/// One stage of a Dockerfile: a `FROM` and what stands below it.
package struct Stage: Sendable {
    /// The name in lower case, as BuildKit keeps it; nil for a stage without one.
    package let name: String?
    /// What `FROM` names, in the joined text.
    package let base: Range<Int>
    /// The `FROM` in the file.
    package let span: Span
    /// The images and stages that its instructions take files from, in order.
    package internal(set) var sources: [StageSource] = []
    /// The same of its `ONBUILD` instructions, which take effect where something is built `FROM` this stage.
    package internal(set) var triggers: [StageSource] = []
    /// Its last `USER`, as it is written.
    package internal(set) var user: (name: String, span: Span)?
    /// Whether anything stands below its `FROM`.
    package internal(set) var hasInstructions = false
}

/// `COPY --from=` or `RUN --mount=from=`: a stage or an image that files come from.
package struct StageSource: Sendable {
    package enum Kind: Sendable { case copy, mount }

    package let kind: Kind
    /// The name of a stage, the number of one (for a copy alone), or an image.
    package let name: String
    package let span: Span
}

/// A declared argument: `ARG NAME=default`.
package struct DeclaredArgument: Sendable {
    package let name: String
    /// The default as it is written, in the joined text.
    let value: Range<Int>?
    package let span: Span
}

/// The stages of a Dockerfile and the arguments that it declares.
package struct Stages: Sendable {
    /// The file, and what reading its stages added to its faults.
    package private(set) var file: Dockerfile
    /// Declared above the first `FROM`: what `FROM` itself may use.
    package private(set) var globals: [DeclaredArgument] = []
    /// The names of all arguments that the file declares anywhere, those of `ONBUILD ARG` included.
    package private(set) var declared: Set<String> = []
    /// Those of `ONBUILD ARG` alone: what is built from the image declares them, too.
    package private(set) var passedOn: Set<String> = []
    package private(set) var stages: [Stage] = []

    /// How much there is to go through for one build: stages, what they take from others, and arguments.
    package private(set) var size = 0

    package init(_ file: consuming Dockerfile) {
        self.file = file
        var hasToldOrphan = false
        for instruction in self.file.instructions {
            guard let keyword = instruction.keyword else { continue }
            if keyword != .from, !stages.isEmpty { stages[stages.count - 1].hasInstructions = true }
            switch keyword {
            case .from: readStage(instruction)
            case .arg: readArguments(instruction.arguments)
            case _ where stages.isEmpty:
                if hasToldOrphan { continue }
                hasToldOrphan = true
                self.file.report(
                    SyntaxFault(
                        "`\(keyword.rawValue)` stands above the first `FROM`",
                        at: self.file.lines.span(of: instruction.name),
                        "no stage has begun here", help: ["begin with `FROM`; only `ARG` may stand above it"]))
            case .onbuild: readTrigger(instruction.arguments)
            case .user:
                let name = file.lines.text(file.lines.trimmed(instruction.arguments))
                stages[stages.count - 1].user = (name, instruction.span)
            default:
                let sources = self.sources(of: keyword, instruction.arguments)
                stages[stages.count - 1].sources += sources
            }
        }
        size = stages.reduce(stages.count + declared.count) { $0 + $1.sources.count + $1.triggers.count }
        if stages.isEmpty, !hasToldOrphan, self.file.isWhole, let last = self.file.instructions.last {
            self.file.report(
                SyntaxFault(
                    "this Dockerfile has no `FROM`", at: last.span, "the file ends without one",
                    help: ["add `FROM`, which says what the image stands on"]))
        }
    }

    private mutating func readStage(_ instruction: Instruction) {
        let (_, rest) = file.flags(of: .from, instruction.arguments)
        let words = file.lines.words(rest)
        func range(_ word: Int) -> Range<Int> { words[word].start..<words[word].end }
        var name: String?
        if words.count == 3, file.lines.text(range(1)).lowercased() == "as" {
            let text = file.lines.text(range(2))
            name = text.lowercased()
            if !Self.isStageName(text) {
                file.report(
                    SyntaxFault(
                        "`\(text.prefix(80))` cannot name a stage", at: file.lines.span(of: range(2)),
                        "a letter, then letters, digits, `-`, `_` and `.`"))
            }
        } else if words.count != 1, !instruction.arguments.isEmpty {
            file.report(
                SyntaxFault(
                    "`FROM` takes an image, or an image, `AS` and a name", at: instruction.span,
                    words.isEmpty ? "no image stands here" : "this has \(words.count) words",
                    help: ["write `FROM image` or `FROM image AS name`"]))
        }
        let empty = rest.upperBound..<rest.upperBound
        stages.append(Stage(name: name, base: words.isEmpty ? empty : range(0), span: instruction.span))
    }

    private static func isStageName(_ text: String) -> Bool {
        guard let first = text.utf8.first, isLetter(first) else { return false }
        return text.utf8.allSatisfy { isLetter($0) || isDigit($0) || "-_.".utf8.contains($0) }
    }

    private mutating func readArguments(_ range: Range<Int>) {
        for word in file.lines.quotedWords(file.flags(of: .arg, range).rest, escape: file.escape) {
            let equals = file.lines.bytes[word].firstIndex(of: UInt8(ascii: "="))
            let name = file.lines.text(word.lowerBound..<(equals ?? word.upperBound))
            declared.insert(name)
            guard stages.isEmpty else { continue }
            globals.append(
                DeclaredArgument(
                    name: name, value: equals.map { $0 + 1..<word.upperBound }, span: file.lines.span(of: word)))
        }
    }

    private mutating func readTrigger(_ range: Range<Int>) {
        let name = file.lines.word(at: range.lowerBound, in: range)
        let rest = file.lines.trimmed(name.upperBound..<range.upperBound)
        guard let keyword = Keyword(file.lines.bytes[name]) else {
            if !name.isEmpty {
                file.report(
                    SyntaxFault(
                        "there is no instruction `\(file.lines.text(name).prefix(80))`", at: file.lines.span(of: name),
                        "BuildKit knows no such instruction"))
            }
            return
        }
        if [.onbuild, .from, .maintainer].contains(keyword) {
            file.report(
                SyntaxFault(
                    "`ONBUILD` cannot hold `\(keyword.rawValue)`", at: file.lines.span(of: name), "not as a trigger"))
        } else if keyword == .arg {
            for word in file.lines.quotedWords(rest, escape: file.escape) {
                let name = String(file.lines.text(word).prefix { $0 != "=" })
                declared.insert(name)
                passedOn.insert(name)
            }
        } else {
            let sources = self.sources(of: keyword, rest)
            stages[stages.count - 1].triggers += sources
        }
    }

    // MARK: Sources

    private mutating func sources(of keyword: Keyword, _ range: Range<Int>) -> [StageSource] {
        guard !keyword.flags.isEmpty else { return [] }
        var found: [StageSource] = []
        for flag in file.flags(of: keyword, range).flags {
            let span = file.lines.span(of: flag.range)
            if keyword == .copy, flag.name == "from" { add(.copy, flag.value ?? [], at: span, to: &found) }
            if keyword == .run, flag.name == "mount", let from = Self.mountSource(flag.value ?? []) {
                add(.mount, from, at: span, to: &found)
            }
        }
        return found
    }

    private mutating func add(_ kind: StageSource.Kind, _ name: [UInt8], at span: Span, to found: inout [StageSource]) {
        let text = String(decoding: name, as: UTF8.self)
        if name.isEmpty {
            if kind == .mount { return }
            file.report(SyntaxFault("`--from` has no value", at: span, "write `--from=` and a stage or an image"))
        } else if name.contains(UInt8(ascii: "$")) {
            file.report(
                SyntaxFault(
                    "`from` takes no variables", at: span, "`\(text.prefix(80))` is not expanded here",
                    help: ["add `FROM \(text.prefix(80)) AS …` above with a global `ARG`, and name that stage"]))
        } else {
            found.append(StageSource(kind: kind, name: text, span: span))
        }
    }

    /// The `from` of a mount, whose fields are separated as in CSV.
    private static func mountSource(_ value: [UInt8]) -> [UInt8]? {
        for field in value.split(separator: UInt8(ascii: ",")) {
            var field = field
            if field.first == UInt8(ascii: "\""), field.last == UInt8(ascii: "\""), field.count > 1 {
                field = field.dropFirst().dropLast()
            }
            guard let equals = field.firstIndex(of: UInt8(ascii: "=")) else { continue }
            let key = String(decoding: field[..<equals], as: UTF8.self).lowercased()
            if key == "from" { return Array(field[(equals + 1)...]) }
        }
        return nil
    }
}

extension JoinedLines {
    /// The words of a range; white space in quotes or behind the escape character belongs to a word.
    func quotedWords(_ range: Range<Int>, escape: UInt8) -> [Range<Int>] {
        var words: [Range<Int>] = []
        var start: Int?
        var quote: UInt8?
        var index = range.lowerBound
        while index < range.upperBound {
            let byte = bytes[index]
            if byte == escape, quote != UInt8(ascii: "'") {
                start = start ?? index
                index += 1
            } else if let open = quote {
                if byte == open { quote = nil }
            } else if isBlank(byte) {
                if let first = start { words.append(first..<index) }
                start = nil
            } else {
                start = start ?? index
                if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") { quote = byte }
            }
            index += 1
        }
        if let first = start { words.append(first..<range.upperBound) }
        return words
    }
}
