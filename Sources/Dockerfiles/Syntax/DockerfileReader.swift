import Diagnostics
import SourceText

/// Reads lines into instructions: continuation lines, comments and empty lines between them, here-documents.
struct DockerfileReader {
    private let bytes: [UInt8]
    private var position = 0
    private var directives = Directives()

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func read(into file: inout Dockerfile) {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
        while let raw = nextLine() {
            let line = withoutLeadingBlanks(raw)
            directives.take(line, of: bytes)
            if let fault = directives.fault {
                file.report(fault)
                file.isWhole = false
                break
            }
            if line.isEmpty || bytes[line.lowerBound] == UInt8(ascii: "#") { continue }
            if !readInstruction(beginning: line, into: &file) { break }
        }
        file.syntax = Directives.frontend(bytes, hash: directives.syntax)
        file.escape = directives.escape
        if file.instructions.isEmpty, file.isWhole {
            file.report(
                SyntaxFault(
                    "this Dockerfile has no instructions", at: .beginning, "nothing stands here",
                    help: ["begin with `FROM`"]))
        }
    }

    /// The next line without its end.
    private mutating func nextLine() -> Range<Int>? {
        guard position < bytes.count else { return nil }
        let start = position
        var end = bytes.withUnsafeBufferPointer { buffer in
            buffer[start...].firstIndex(of: UInt8(ascii: "\n")) ?? buffer.count
        }
        position = min(end + 1, bytes.count)
        while end > start, bytes[end - 1] == 0x0D { end -= 1 }
        return start..<end
    }

    private func withoutLeadingBlanks(_ line: Range<Int>) -> Range<Int> {
        var start = line.lowerBound
        while start < line.upperBound, isBlank(bytes[start]) { start += 1 }
        return start..<line.upperBound
    }

    /// The line without the escape character at its end that joins the next one to it; nil when none is there.
    ///
    /// Two escape characters are one that is quoted, and join nothing.
    private func continued(_ line: Range<Int>) -> Range<Int>? {
        var end = line.upperBound
        while end > line.lowerBound, bytes[end - 1] == 0x20 || bytes[end - 1] == 0x09 { end -= 1 }
        guard end > line.lowerBound, bytes[end - 1] == directives.escape else { return nil }
        if end - 1 > line.lowerBound, bytes[end - 2] == directives.escape { return nil }
        return line.lowerBound..<(end - 1)
    }

    /// Reads one instruction and its here-documents; false when one of these has no end.
    private mutating func readInstruction(beginning first: Range<Int>, into file: inout Dockerfile) -> Bool {
        let start = file.lines.bytes.count
        var last = first
        var content = continued(first)
        file.lines.append(content ?? first, of: bytes)
        while content != nil, let line = nextLine() {
            let trimmed = withoutLeadingBlanks(line)
            if trimmed.isEmpty || bytes[trimmed.lowerBound] == UInt8(ascii: "#") { continue }
            last = line
            content = continued(line)
            file.lines.append(content ?? line, of: bytes)
        }
        let text = file.lines.trimmed(start..<file.lines.bytes.count)
        guard !text.isEmpty else { return true }
        let name = file.lines.word(at: text.lowerBound, in: text)
        let arguments = file.lines.trimmed(name.upperBound..<text.upperBound)
        let keyword = Keyword(file.lines.bytes[name])
        let instruction = Instruction(
            keyword: keyword, name: name, arguments: arguments,
            span: Span(UInt32(first.lowerBound), UInt32(last.upperBound)))
        file.instructions.append(instruction)
        if keyword == nil { reportUnknown(name, in: &file) }
        if let keyword, keyword.needsArguments, arguments.isEmpty {
            file.report(
                SyntaxFault("`\(keyword.rawValue)` has no argument", at: instruction.span, "nothing stands behind it"))
        }
        return skipHeredocs(of: instruction, in: &file)
    }

    private func reportUnknown(_ name: Range<Int>, in file: inout Dockerfile) {
        // A name is looked for only while the fault will be kept.
        guard file.faults.count < SyntaxFault.limit else { return }
        let text = String(file.lines.text(name).prefix(80))
        let near = closestMatch(to: text.uppercased(), among: Keyword.allCases.map(\.rawValue))
        file.report(
            SyntaxFault(
                "there is no instruction `\(text)`", at: file.lines.span(of: name),
                "BuildKit knows no such instruction",
                help: near.map { ["did you mean `\($0)`?"] } ?? []))
    }

    /// Skips the here-documents that an instruction begins: a `FROM` in one is data.
    private mutating func skipHeredocs(of instruction: Instruction, in file: inout Dockerfile) -> Bool {
        var keyword = instruction.keyword
        if keyword == .onbuild {
            keyword = Keyword(
                file.lines.bytes[file.lines.word(at: instruction.arguments.lowerBound, in: instruction.arguments)])
        }
        let text = file.lines.bytes[instruction.arguments]
        guard let keyword, keyword.takesHeredoc, text.contains(UInt8(ascii: "<")) else { return true }
        for heredoc in Heredoc.all(in: text) {
            var isClosed = false
            while !isClosed, let line = nextLine() {
                var start = line.lowerBound
                if heredoc.dropsTabs { while start < line.upperBound, bytes[start] == 0x09 { start += 1 } }
                isClosed = bytes[start..<line.upperBound].elementsEqual(heredoc.terminator)
            }
            guard isClosed else {
                let name = String(decoding: heredoc.terminator.prefix(80), as: UTF8.self)
                file.report(
                    SyntaxFault(
                        "the here-document `\(name)` has no end", at: instruction.span, "it begins here",
                        help: ["end it with a line that holds `\(name)` alone"]))
                file.isWhole = false
                return false
            }
        }
        return true
    }
}

extension JoinedLines {
    func trimmed(_ range: Range<Int>) -> Range<Int> {
        var (start, end) = (range.lowerBound, range.upperBound)
        while start < end, isBlank(bytes[start]) { start += 1 }
        while end > start, isBlank(bytes[end - 1]) { end -= 1 }
        return start..<end
    }

    /// The word that begins at an offset: up to white space or the end of the range.
    func word(at start: Int, in range: Range<Int>) -> Range<Int> {
        var end = start
        while end < range.upperBound, !isBlank(bytes[end]) { end += 1 }
        return start..<end
    }

    /// The words of a range: where each begins and ends. No ranges, for whose array the runtime of Swift searches all
    /// conformances, which takes longer than to read most Dockerfiles.
    func words(_ range: Range<Int>) -> [(start: Int, end: Int)] {
        var words: [(start: Int, end: Int)] = []
        var start = range.lowerBound
        while true {
            while start < range.upperBound, isBlank(bytes[start]) { start += 1 }
            if start == range.upperBound { return words }
            let end = word(at: start, in: range).upperBound
            words.append((start, end))
            start = end
        }
    }
}
