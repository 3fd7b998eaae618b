#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The hashes of files that have stood still since they were read, so that looking again costs no reading.
///
/// A file counts as the same while its entry says so: device, number, size, and the times of the content and of the entry,
/// of which no program sets back the second. A file that was changed within the last two seconds is read again, because some file systems
/// tell times by whole seconds and another write within the same one would not show.
package final class KnownDigests {
    private struct Entry: Hashable {
        let device: UInt64
        let number: UInt64
        let size: Int64
        let contentSeconds: Int
        let contentNanoseconds: Int
        let changeSeconds: Int
        let changeNanoseconds: Int
    }

    /// What is known of a file's content.
    struct Content {
        let digest: [UInt8]
        let capability: [UInt8]
    }

    /// The seconds for which a file must have stood still before its hash is kept.
    private static let settling = 2
    private var known: [Entry: Content] = [:]
    /// What the last look met, which is all that the next one can meet.
    private var before: [Entry: Content] = [:]
    /// How many files have been read.
    package private(set) var readCount = 0

    package init() {}

    /// Begins another look: what the last one did not meet is forgotten.
    package func beginProbe() {
        before = known
        known = [:]
    }

    /// The content of a file by its entry, which is read where it is not known.
    ///
    /// - Parameter status: taken before the file is read, so that a change meanwhile shows at the next look.
    func content(of status: stat, reading read: () throws(SystemFailure) -> Content) throws(SystemFailure) -> Content {
        #if canImport(Darwin)
            let (content, change) = (status.st_mtimespec, status.st_ctimespec)
        #else
            let (content, change) = (status.st_mtim, status.st_ctim)
        #endif
        let entry = Entry(
            device: UInt64(truncatingIfNeeded: status.st_dev), number: UInt64(truncatingIfNeeded: status.st_ino),
            size: Int64(status.st_size), contentSeconds: content.tv_sec, contentNanoseconds: content.tv_nsec,
            changeSeconds: change.tv_sec, changeNanoseconds: change.tv_nsec)
        if let found = known[entry] ?? before[entry] {
            known[entry] = found
            return found
        }
        readCount += 1
        let now = time(nil)
        let found = try read()
        if change.tv_sec + Self.settling < now { known[entry] = found }
        return found
    }
}
