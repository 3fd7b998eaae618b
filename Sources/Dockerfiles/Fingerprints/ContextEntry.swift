/// One file, folder or link of a build context, as far as an image can depend on it.
///
/// Measured with BuildKit: the name, the kind, all twelve mode bits, the bytes, hard links, a link's target, a device's
/// numbers and a file's capabilities make another image. Times, owners and the context's own mode make none that the
/// engine would build again for.
package struct ContextEntry: Sendable {
    package enum Kind: Sendable, Equatable {
        /// The digest of the bytes, the attribute `security.capability`, and the path of an earlier entry that is the same
        /// file by a hard link.
        case file(digest: [UInt8], capability: [UInt8], twin: [UInt8]?)
        case folder
        case link(target: [UInt8])
        case pipe, socket
        case characterDevice(UInt64)
        case blockDevice(UInt64)
    }

    /// From the context's root, with `/`; any bytes but NUL.
    package let path: [UInt8]
    package let kind: Kind
    /// The twelve permission bits; no image depends on a link's.
    package let mode: UInt32

    package init(path: [UInt8], kind: Kind, mode: UInt32) {
        self.path = path
        self.kind = kind
        self.mode = mode
    }

    /// Writes the entry so that no two different sequences of entries look the same.
    package func write(to record: inout FingerprintRecord) {
        record.append(path)
        switch kind {
        case .file(let digest, let capability, let twin):
            record.append("file")
            record.append(mode)
            record.append(digest)
            record.append(capability)
            record.append(twin ?? [])
        case .folder:
            record.append("folder")
            record.append(mode)
        case .link(let target):
            record.append("link")
            record.append(target)
        case .pipe:
            record.append("pipe")
            record.append(mode)
        case .socket:
            record.append("socket")
            record.append(mode)
        case .characterDevice(let number):
            record.append("character device")
            record.append(mode)
            record.append(number)
        case .blockDevice(let number):
            record.append("block device")
            record.append(mode)
            record.append(number)
        }
    }
}
