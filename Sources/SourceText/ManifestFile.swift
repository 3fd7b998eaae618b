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
    package static func isBegun(in bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        while true {
            if rest.starts(with: "images:".utf8) || rest.starts(with: "projects:".utf8) { return true }
            guard let end = rest.firstIndex(of: 0x0A) else { return false }
            rest = rest[(end + 1)...]
        }
    }
}
