import SourceText

extension FolderEntry {
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
