import SourceText

/// The path in the container of a volume in short form, `[SOURCE:]TARGET[:OPTIONS]`.
///
/// As Compose reads it: a single letter before a colon is a Windows drive, and colons inside `${…}` separate nothing.
func volumeTarget(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard text.count > 2 else { return text }
    var first: ArraySlice<UInt8>?
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
                if first != nil { return text[start..<index] }
                first = text[start..<index]
                start = index + 1
            }
        }
        index += 1
    }
    return text[start...]
}

/// Appends a path without needless slashes, `.` and `..`, as Go's `path.Clean` makes it; the empty path stays empty.
package func appendCleanPath(_ path: ArraySlice<UInt8>, to bytes: inout [UInt8]) {
    if path.isEmpty { return }
    if isClean(path) { bytes.append(contentsOf: path) } else { bytes.append(contentsOf: WorkspacePath.clean(path)) }
}

/// Whether a rooted path has neither an empty part nor one that begins with a dot, as nearly every one.
private func isClean(_ path: ArraySlice<UInt8>) -> Bool {
    let slash = UInt8(ascii: "/")
    guard path.first == slash, path.count > 1 else { return false }
    var isAfterSlash = false
    for byte in path {
        if isAfterSlash, byte == slash || byte == UInt8(ascii: ".") { return false }
        isAfterSlash = byte == slash
    }
    return !isAfterSlash
}
