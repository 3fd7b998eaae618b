import Diagnostics
import SourceText
import YAMLSyntax

extension ManifestDecoder {
    mutating func decodeImages(_ node: NodeID) {
        manifest.images.reserveCapacity(Int(manifest.tree[node].count))
        for (key, value) in manifest.tree.entries(node) where !isExtension(key) {
            guard manifest.tree[value].kind == .mapping else {
                manifest.unreadable.insert(manifest.tree[key].symbol)
                continue
            }
            let name = keyName(key)
            manifest.imageIndex[name.symbol] = manifest.images.count
            manifest.images.append(decodeImage(name, value))
        }
    }

    private mutating func decodeImage(_ name: Name, _ node: NodeID) -> Image {
        var image = Image(name: name)
        var pull: (key: NodeID, value: NodeID)?
        var build: (key: NodeID, value: NodeID)?
        for (key, value) in manifest.tree.entries(node) {
            switch manifest.tree.text(key) {
            case "description": image.description = text(value)
            case "owner": image.owner = self.name(value)
            case "build": build = (key, value)
            case "pull": pull = (key, value)
            case "repository": image.repository = text(value)
            case "tag": image.tag = text(value)
            case "needs":
                for item in manifest.tree.items(value) {
                    if let base = self.name(item) { image.needs.append(base) }
                }
            case "platforms": image.platforms = manifest.tree.items(value).compactMap { text($0) }
            case "service": image.service = manifest.tree[value].kind == .mapping ? value : nil
            default: break
            }
        }
        decodeOrigin(of: &image, node, build: build, pull: pull)
        return image
    }

    /// Exactly one of `build` and `pull`; `owner` with the one and not with the other.
    private mutating func decodeOrigin(
        of image: inout Image, _ node: NodeID, build: (key: NodeID, value: NodeID)?, pull: (key: NodeID, value: NodeID)?
    ) {
        let name = manifest.text(image.name)
        switch (build, pull) {
        case (nil, nil):
            // A key that is misspelt is told once, as an unknown one.
            if manifest.tree[node].tag == .unreadable { return }
            if misspelling(of: "build", in: node) ?? misspelling(of: "pull", in: node) != nil { return }
            report(
                .missingKey, "the image `\(name)` is neither built nor pulled", image.name.span,
                "`build` or `pull` is missing",
                help: [
                    "add `build:` and `owner:` if a project builds it, or `pull: \(name):<tag>` if a registry has it"
                ])
        case (let build?, let pull?):
            report(
                .conflictingKeys, "the image `\(name)` is both built and pulled", manifest.tree[pull.key].span,
                "a pulled image is not built",
                also: [.init(manifest.tree.location(build.key), "but this says how to build it")],
                help: ["remove the one that is not meant"])
        case (let build?, nil):
            image.origin = .built(build.value)
            let statesOwner =
                manifest.tree.value("owner", in: node) != nil || manifest.tree[node].tag == .unreadable
            if !statesOwner, misspelling(of: "owner", in: node) == nil {
                report(
                    .missingKey, "the built image `\(name)` has no owner", image.name.span, "`owner` is missing",
                    why: "each image is built by exactly one project; its build context lies in that project's folder",
                    help: ["add `owner: <project>`"])
            }
        case (nil, let pull?):
            if let reference = text(pull.value) { image.origin = .pulled(reference) }
            if let owner = image.owner {
                report(
                    .conflictingKeys, "the pulled image `\(name)` has an owner", owner.span,
                    "nobody builds a pulled image",
                    also: [.init(manifest.tree.location(pull.key), "it is pulled here")],
                    help: ["remove `owner`"])
            }
            for base in image.needs {
                report(
                    .conflictingKeys, "the pulled image `\(name)` has bases", base.span,
                    "nothing is built before a pulled image",
                    also: [.init(manifest.tree.location(pull.key), "it is pulled here")], help: ["remove `needs`"])
            }
        }
    }
}
