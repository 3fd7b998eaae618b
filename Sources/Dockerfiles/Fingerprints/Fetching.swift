/// Whether a Dockerfile's `ADD` takes something from the network: what it then brings can change while no file does.
///
/// Errs on the side of yes: a source with a variable may be anything.
package func fetchesFromNetwork(_ dockerfile: [UInt8]) -> Bool {
    // Either escape sign joins lines here, whichever the file has chosen: joining too much finds no less.
    var words: [String] = []
    var isOpen = false
    for line in dockerfile.split(omittingEmptySubsequences: true, whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
        var text = line[...]
        while let first = text.first, first == 0x20 || first == 0x09 { text = text.dropFirst() }
        while let last = text.last, last == 0x20 || last == 0x09 { text = text.dropLast() }
        if text.first == UInt8(ascii: "#") || text.isEmpty { continue }
        if !isOpen { words = [] }
        isOpen = text.last == UInt8(ascii: "\\") || text.last == UInt8(ascii: "`")
        if isOpen { text = text.dropLast() }
        for word in text.split(whereSeparator: { $0 == 0x20 || $0 == 0x09 }) {
            words.append(String(decoding: word, as: UTF8.self))
        }
        if !isOpen, isFetch(words) { return true }
    }
    return isOpen && isFetch(words)
}

private func isFetch(_ words: [String]) -> Bool {
    let names = words.prefix(2).map { $0.lowercased() }
    guard names.first == "add" || names == ["onbuild", "add"] else { return false }
    return words.contains { word in
        guard !word.hasPrefix("--") else { return false }
        return word.contains("://") || word.contains("git@") || word.contains("$") || word.contains("github.com/")
    }
}
