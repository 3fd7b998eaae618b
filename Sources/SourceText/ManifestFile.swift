/// How a file is known for a manifest.
package enum ManifestFile {
    /// The names that a manifest is looked for under, in order.
    package static let names = ownNames + ["strategy.yaml", "strategy.yml"]
    /// Those that no other program has.
    package static let ownNames = ["bayplan.yaml", "bayplan.yml"]
    /// The name of a manifest that Bayplan begins.
    package static let usualName = "strategy.yaml"

    /// Whether lines begin keys that every manifest has and no Compose file: `images:` or `projects:` at the margin.
    ///
    /// Other programs have a `strategy.yaml`, too.
    package static func isBegun(in bytes: [UInt8]) -> Bool { begins(["images:", "projects:"], in: bytes) }

    /// Whether an editor's text is to be judged: it begins like a manifest, or has the name of one and holds no key yet that
    /// is another program's.
    package static func isJudged(_ name: String, _ bytes: [UInt8]) -> Bool {
        isBegun(in: bytes) || names.contains(name) && !isOthers(bytes)
    }

    /// Whether the beginning of a file of a manifest's name holds keys, and none that a manifest begins with: then it is
    /// another program's. A workflow is often called after what it runs, as `.github/workflows/bayplan.yml`.
    ///
    /// What holds no key yet is nobody else's: an editor, a hook and a command say the same of it.
    package static func isOthers(_ beginning: [UInt8]) -> Bool {
        !begins(["images:", "projects:", "version:", "{"], in: beginning) && holdsKey(beginning)
    }

    /// Whether a line at the margin is a key.
    private static func holdsKey(_ bytes: [UInt8]) -> Bool {
        bytes.split(separator: 0x0A).contains { line in
            guard let first = line.first, first > 0x20, !"#-%".utf8.contains(first) else { return false }
            return line.contains(UInt8(ascii: ":"))
        }
    }

    private static func begins(_ keys: [String], in bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        while true {
            if keys.contains(where: { rest.starts(with: $0.utf8) }) { return true }
            guard let end = rest.firstIndex(of: 0x0A) else { return false }
            rest = rest[(end + 1)...]
        }
    }
}
