import SourceText
import YAMLSyntax

/// What Compose makes of a service's `volumes`: each in its long form, of those at one place the last.
extension MeaningReader {
    func mounts(_ value: NodeID) -> Meaning? {
        let items = tree.items(value).map { item in
            tree[item].kind == .mapping ? longMount(item) : shortMount(item)
        }
        return list(Self.settled(items) { $0["target"] })
    }

    private func longMount(_ item: NodeID) -> Meaning {
        var entries = entries(item, of: ComposeTable.mount)
        if let target = entries["target"]?.text { entries["target"] = .text(WorkspacePath.clean(target)) }
        if entries["type"]?.text == "bind", let source = entries["source"]?.text {
            entries["source"] = .text(path(source))
        }
        return .map(entries)
    }

    private func shortMount(_ item: NodeID) -> Meaning {
        tree.withBytes(item) { bytes -> Meaning in
            guard case .success(let mount) = ShortMount.parse(bytes) else { return self.text(item) ?? .null }
            func text(_ range: Range<Int>) -> String {
                Self.spelled(String(decoding: bytes[range], as: UTF8.self))
            }
            var entries: [String: Meaning] = ["target": .text(WorkspacePath.clean(text(mount.target)))]
            if mount.isReadOnly { entries["read_only"] = .text("true") }
            let options = bytes.dropFirst(mount.target.upperBound + 1).split(separator: UInt8(ascii: ","))
                .map { String(decoding: $0, as: UTF8.self) }
            if mount.isBind {
                entries["type"] = .text("bind")
                entries["source"] = mount.source.map { .text(path(text($0))) }
                var bind: [String: Meaning] = ["create_host_path": .text("true")]
                for option in options {
                    if option == "z" || option == "Z" { bind["selinux"] = .text(option) }
                    if Self.propagations.contains(option) { bind["propagation"] = .text(option) }
                }
                entries["bind"] = .map(bind)
            } else {
                entries["type"] = .text("volume")
                entries["source"] = mount.source.map { .text(text($0)) }
                if mount.source != nil {
                    entries["volume"] = .map(options.contains("nocopy") ? ["nocopy": .text("true")] : [:])
                }
            }
            return .map(entries)
        }
    }

    private static let propagations: Set<String> = ["rprivate", "private", "rshared", "shared", "rslave", "slave"]

    /// A path of the host as one from the manifest's folder, cleaned; what is absolute or begins with a variable stays.
    func path(_ text: String) -> String {
        switch text.utf8.first {
        case UInt8(ascii: "/"), UInt8(ascii: "~"), UInt8(ascii: "$"): WorkspacePath.clean(text)
        default: WorkspacePath.clean(folder.isEmpty ? text : folder + "/" + text)
        }
    }
}
