import Resolution
import StrategyManifest
import YAMLSyntax

/// What makes two builds one: the same owner, bases and platforms, and the same `build` whatever its spelling.
enum BuildIdentity {
    static func bytes(of build: NodeID, image: Int, owner: Int, _ resolution: Resolution) -> [UInt8] {
        let manifest = resolution.manifest
        var bytes = Array("\(owner);".utf8)
        for base in Set(resolution.needs[image].map(\.base)).sorted() { bytes += "\(base),".utf8 }
        bytes.append(UInt8(ascii: ";"))
        for platform in manifest.images[image].platforms.map(\.value).sorted() { bytes += "\(platform),".utf8 }
        bytes.append(UInt8(ascii: ";"))
        bytes += canonical(build, of: manifest.tree)
        return bytes
    }

    /// A `build` in a canonical spelling; the short form is its context.
    static func canonical(_ build: NodeID, of tree: Tree) -> [UInt8] {
        var bytes: [UInt8] = []
        if tree[build].kind == .scalar {
            bytes += [UInt8(ascii: "{"), UInt8(ascii: "s")] + "7:context".utf8
            append(build, of: tree, to: &bytes)
            bytes.append(UInt8(ascii: "}"))
        } else {
            append(build, of: tree, to: &bytes)
        }
        return bytes
    }

    /// A canonical spelling: keys in order, texts with their length, so that no two values look the same.
    private static func append(_ id: NodeID, of tree: Tree, to bytes: inout [UInt8]) {
        switch tree[id].kind {
        case .scalar:
            let text = tree.bytes(id)
            bytes += "s\(text.count):".utf8
            bytes += text
        case .sequence:
            bytes.append(UInt8(ascii: "["))
            for item in tree.items(id) { append(item, of: tree, to: &bytes) }
            bytes.append(UInt8(ascii: "]"))
        case .mapping:
            bytes.append(UInt8(ascii: "{"))
            let entries = tree.entries(id).sorted {
                tree.bytes($0.key).lexicographicallyPrecedes(tree.bytes($1.key))
            }
            for (key, value) in entries {
                append(key, of: tree, to: &bytes)
                append(value, of: tree, to: &bytes)
            }
            bytes.append(UInt8(ascii: "}"))
        }
    }
}
