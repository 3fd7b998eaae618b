import ComposeSpec
import Resolution
import StrategyManifest

/// What makes two builds one: the same owner, bases and platforms, and the same `build` whatever its spelling.
enum BuildIdentity {
    static func bytes(of build: ComposeBuild, image: Int, owner: Int, _ resolution: Resolution) -> [UInt8] {
        let manifest = resolution.manifest
        var bytes = Array("\(owner);".utf8)
        for base in Set(resolution.needs[image].map(\.base)).sorted() { bytes += "\(base),".utf8 }
        bytes.append(UInt8(ascii: ";"))
        for platform in manifest.images[image].platforms.map(\.value).sorted() { bytes += "\(platform),".utf8 }
        bytes.append(UInt8(ascii: ";"))
        bytes += build.spelling(of: manifest.tree)
        return bytes
    }
}
