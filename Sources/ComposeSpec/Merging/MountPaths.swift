/// The path in the container of a volume in short form, `[SOURCE:]TARGET[:OPTIONS]`.
///
/// As Compose reads it: a single letter before a colon is a Windows drive, and colons inside `${…}` separate nothing.
func volumeTarget(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard text.count > 2 else { return text }
    var sections: [ArraySlice<UInt8>] = []
    var start = text.startIndex
    var nesting = 0
    var index = text.startIndex
    while index < text.endIndex {
        let byte = text[index]
        if byte == UInt8(ascii: "$"), index + 1 < text.endIndex, text[index + 1] == UInt8(ascii: "{") {
            nesting += 1
        } else if byte == UInt8(ascii: "}"), nesting > 0 {
            nesting -= 1
        } else if byte == UInt8(ascii: ":"), nesting == 0 {
            let isDrive = index - start == 1 && (0x61...0x7A).contains(text[start] | 0x20)
            if !isDrive {
                sections.append(text[start..<index])
                start = index + 1
            }
        }
        index += 1
    }
    sections.append(text[start...])
    return sections.count == 1 ? sections[0] : sections[1]
}

/// A path without needless slashes, `.` and `..`, as Go's `path.Clean` makes it; the empty path stays empty.
func cleanPath(_ path: ArraySlice<UInt8>) -> [UInt8] {
    guard let first = path.first else { return [] }
    let slash = UInt8(ascii: "/")
    let isRooted = first == slash
    var kept: [ArraySlice<UInt8>] = []
    for part in path.split(separator: slash) {
        if part.elementsEqual(".".utf8) { continue }
        if part.elementsEqual("..".utf8) {
            if let last = kept.last, !last.elementsEqual("..".utf8) {
                kept.removeLast()
                continue
            }
            if isRooted { continue }
        }
        kept.append(part)
    }
    let joined = Array(kept.joined(separator: [slash]))
    if isRooted { return [slash] + joined }
    return joined.isEmpty ? [UInt8(ascii: ".")] : joined
}
