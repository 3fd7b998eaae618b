import SourceText

/// Where a cursor stands in the structure of a manifest, from the indentation of the lines around it.
///
/// The text need not be YAML: it is read line by line, from the cursor to the first column, and the time is linear in
/// the lines above. Collections in flow style are followed within the cursor's own line.
struct CursorContext {
    typealias Step = YAMLLine.Step

    /// What may be written at the cursor.
    enum Place { case key, value, keyOrValue, none }

    /// The keys and items that lead to the mapping (`key`) or the value at the cursor.
    private(set) var path: [Step] = []
    private(set) var place = Place.none
    /// The bytes of the word that the cursor stands in or behind.
    private(set) var word: Range<Int>
    /// Whether a block sequence could begin here: the line holds no dash, and its value no bracket.
    private(set) var mayBeginItem = false
    private(set) var isFlow = false
    /// The keys that the mapping at the cursor has already, without the one under the cursor.
    private(set) var siblings: Set<String> = []
    /// Whether the cursor stands in a key that has its colon.
    private(set) var hasColon = false

    private let document: Document

    init(_ document: Document, at offset: Int) {
        self.document = document
        word = offset..<offset
        let index = document.lines.lineIndex(of: UInt32(offset))
        let start = Int(document.lines.starts[index])
        let end = document.lineEnd(index)
        let line = YAMLLine(document.bytes, start: start, end: end)
        let text = document.bytes[start..<max(start, min(offset, end))]
        if line.isBlank {
            guard text.allSatisfy({ $0 == 0x20 }) else { return }
            path = parents(above: index, column: offset - start, isItem: false) ?? []
            guard !isInText else { return }
            place = .keyOrValue
            mayBeginItem = true
            collectSiblings(of: index, column: offset - start)
            return
        }
        let column = line.elements.first?.column ?? line.content - start
        let startsWithItem = line.elements.first?.step == .item
        guard let above = parents(above: index, column: column, isItem: startsWithItem), !isInText else { return }
        path = above + line.elements.compactMap { $0.step == .item ? .item : nil }
        if let key = line.key, offset <= key.upperBound {
            guard offset >= key.lowerBound else { return }
            word = key
            hasColon = true
            place = .key
            collectSiblings(of: index, column: key.lowerBound - start)
            return
        }
        if case .key(let key)? = line.elements.last?.step { path.append(.key(key)) }
        guard offset >= line.content else {
            // Directly behind the colon, or behind a dash without a space.
            place = line.key != nil && offset > (line.key?.upperBound ?? 0) ? .value : .none
            return
        }
        place = line.key == nil ? .keyOrValue : .value
        mayBeginItem = line.key == nil && !startsWithItem
        scanValue(from: line.content, to: offset, end: end)
        if place == .keyOrValue, !isFlow { collectSiblings(of: index, column: line.content - start) }
    }

    private var isInText = false

    /// The steps that lead to what stands at a column; nil where the lines above fit nothing.
    private mutating func parents(above index: Int, column: Int, isItem: Bool) -> [Step]? {
        var steps: [Step] = []
        var (limit, isItem) = (column, isItem)
        var number = index - 1
        while number >= 0, limit > 0 || isItem {
            let line = YAMLLine(
                document.bytes, start: Int(document.lines.starts[number]), end: document.lineEnd(number))
            number -= 1
            if line.isBlank { continue }
            let last = line.elements.indices.last
            for position in line.elements.indices.reversed() {
                let (column, step) = line.elements[position]
                let isParent =
                    column < limit || (isItem && column == limit && step != .item && position == last)
                guard isParent else { continue }
                if position == last, step != .item, line.content < line.end,
                    [UInt8(ascii: "|"), UInt8(ascii: ">")].contains(document.bytes[line.content])
                {
                    isInText = true
                }
                steps.append(step)
                (limit, isItem) = (column, step == .item)
            }
        }
        return steps.reversed()
    }

    /// Follows brackets and braces of a value up to the cursor.
    private mutating func scanValue(from start: Int, to offset: Int, end: Int) {
        let bytes = document.bytes
        var index = start
        var wordStart = start
        var quote: UInt8?
        var open: [(isMap: Bool, path: [Step], keys: Set<String>)] = []
        while index < offset {
            let byte = bytes[index]
            defer { index += 1 }
            if let mark = quote {
                if byte == mark { quote = nil }
                continue
            }
            switch byte {
            case 0x22, 0x27: if index == wordStart { quote = byte; wordStart = index + 1 }
            case UInt8(ascii: "#") where index > start && bytes[index - 1] == 0x20:
                place = .none
                return
            case UInt8(ascii: "["), UInt8(ascii: "{"):
                guard index == wordStart else { continue }
                open.append((byte == UInt8(ascii: "{"), path, []))
                if byte == UInt8(ascii: "[") { path.append(.item) }
                place = byte == UInt8(ascii: "{") ? .key : .value
                wordStart = index + 1
            case UInt8(ascii: "]"), UInt8(ascii: "}"):
                guard let last = open.popLast() else { continue }
                path = last.path
                place = .none
                wordStart = index + 1
            case UInt8(ascii: ","):
                guard let last = open.last else { continue }
                path = last.path + (last.isMap ? [] : [.item])
                place = last.isMap ? .key : .value
                wordStart = index + 1
            case UInt8(ascii: ":") where open.last?.isMap == true && place == .key:
                let key = String(decoding: bytes[wordStart..<index].filter { $0 != 0x22 && $0 != 0x27 }, as: UTF8.self)
                open[open.count - 1].keys.insert(key)
                path.append(.key(key))
                place = .value
                wordStart = index + 1
            case 0x20: if index == wordStart { wordStart += 1 }
            default: break
            }
        }
        isFlow = !open.isEmpty
        siblings = open.last?.keys ?? []
        var wordEnd = offset
        let closing: [UInt8] = quote.map { [$0] } ?? (isFlow ? Array(",]}:#".utf8) : Array("#".utf8))
        while wordEnd < end, !closing.contains(bytes[wordEnd]) { wordEnd += 1 }
        while wordEnd > offset, bytes[wordEnd - 1] == 0x20 { wordEnd -= 1 }
        word = min(wordStart, offset)..<wordEnd
    }

    /// Collects the keys that stand at a column around a line, up to where the mapping begins and ends.
    private mutating func collectSiblings(of index: Int, column: Int) {
        for direction in [-1, 1] {
            var number = index + direction
            while document.lines.starts.indices.contains(number) {
                let line = YAMLLine(
                    document.bytes, start: Int(document.lines.starts[number]), end: document.lineEnd(number))
                number += direction
                if line.isBlank { continue }
                for (place, step) in line.elements where place == column {
                    // Behind a dash further down stands another item's key.
                    if case .key(let key) = step, direction < 0 || line.elements.first?.column == column {
                        siblings.insert(key)
                    }
                }
                let first = line.elements.first?.column ?? line.content - line.start
                if first < column { break }
            }
        }
    }
}
