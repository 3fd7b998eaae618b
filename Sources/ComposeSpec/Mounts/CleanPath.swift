import SourceText

/// Appends a path without needless slashes, `.` and `..`, as Go's `path.Clean` makes it; the empty path stays empty.
package func appendCleanPath(_ path: ArraySlice<UInt8>, to bytes: inout [UInt8]) {
    if path.isEmpty { return }
    bytes.append(contentsOf: WorkspacePath.clean(path))
}
