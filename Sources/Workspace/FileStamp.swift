#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What stands at a path at one moment, as far as its entry tells: a different stamp means that something changed.
package struct FileStamp: Equatable, Sendable {
    private var device: UInt64 = 0
    private var number: UInt64 = 0
    private var kind: UInt32 = 0
    /// The bytes of a file.
    package private(set) var size: Int64 = 0
    /// The last change of the content and of the entry.
    private var content = Moment()
    private var entry = Moment()

    private struct Moment: Equatable, Sendable {
        var seconds = 0
        var nanoseconds = 0
    }

    /// Whether something is there.
    package var isThere: Bool { kind != 0 }
    /// Whether a file is there and something is in it.
    package var hasContent: Bool { isThere && size > 0 }

    private init() {}

    /// The stamp of a file: it differs once the file was written, replaced, made or deleted.
    ///
    /// - Parameter followsLinks: whether it is that of the file a link leads to.
    package init(ofFile path: String, followsLinks: Bool) {
        var status = stat()
        guard (followsLinks ? stat(path, &status) : lstat(path, &status)) == 0 else {
            self.init()
            return
        }
        self.init(place: status)
        size = Int64(status.st_size)
        #if canImport(Darwin)
            let (content, entry) = (status.st_mtimespec, status.st_ctimespec)
        #else
            let (content, entry) = (status.st_mtim, status.st_ctim)
        #endif
        self.content = Moment(seconds: content.tv_sec, nanoseconds: content.tv_nsec)
        self.entry = Moment(seconds: entry.tv_sec, nanoseconds: entry.tv_nsec)
    }

    /// The stamp of a folder: it differs once something else stands in its place.
    ///
    /// - Parameter noticesNames: whether it also differs once a file in the folder was made, replaced or deleted.
    package init(ofFolder path: String, noticesNames: Bool) {
        guard !noticesNames else {
            self.init(ofFile: path, followsLinks: false)
            return
        }
        var status = stat()
        guard lstat(path, &status) == 0 else {
            self.init()
            return
        }
        self.init(place: status)
    }

    private init(place status: stat) {
        device = UInt64(truncatingIfNeeded: status.st_dev)
        number = UInt64(status.st_ino)
        kind = UInt32(status.st_mode & S_IFMT)
    }
}
