import SourceText

/// Appends a path without needless slashes, `.` and `..`, as Go's `path.Clean` makes it; the empty path stays empty.
package func appendCleanPath(_ path: ArraySlice<UInt8>, to bytes: inout [UInt8]) {
    if path.isEmpty { return }
    if isClean(path) { bytes.append(contentsOf: path) } else { bytes.append(contentsOf: WorkspacePath.clean(path)) }
}

/// Whether a rooted path has neither an empty part nor one that begins with a dot, as nearly every one.
private func isClean(_ path: ArraySlice<UInt8>) -> Bool {
    let slash = UInt8(ascii: "/")
    guard path.first == slash else { return false }
    var isAfterSlash = false
    for byte in path {
        if isAfterSlash, byte == slash || byte == UInt8(ascii: ".") { return false }
        isAfterSlash = byte == slash
    }
    return !isAfterSlash
}
