/// One file, folder or link below a folder, as far as an image that is built from the folder can depend on it.
///
/// Measured with BuildKit: the name, the kind, all twelve mode bits, the bytes, hard links, a link's target, a device's
/// numbers and a file's capabilities make another image. Times, owners and the folder's own mode make none that the
/// engine would build again for.
package struct FolderEntry: Sendable {
    package enum Kind: Sendable, Equatable {
        /// The SHA-256 of the bytes, the attribute `security.capability`, and the path of an earlier entry that is the same
        /// file by a hard link.
        case file(digest: [UInt8], capability: [UInt8], twin: [UInt8]?)
        case folder
        case link(target: [UInt8])
        case pipe, socket
        case characterDevice(UInt64)
        case blockDevice(UInt64)
    }

    /// From the folder, with `/`; any bytes but NUL.
    package let path: [UInt8]
    package let kind: Kind
    /// The twelve permission bits; no image depends on a link's.
    package let mode: UInt32

    package init(path: [UInt8], kind: Kind, mode: UInt32) {
        self.path = path
        self.kind = kind
        self.mode = mode
    }
}
