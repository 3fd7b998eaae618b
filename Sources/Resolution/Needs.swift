import ComposeSpec
import SourceText
import StrategyManifest
import YAMLSyntax

/// One edge of the build graph: a base, and where it is stated.
package struct Need: Sendable {
    /// The index of the base.
    package let base: Int
    package let span: Span
    /// The reference as the Dockerfile writes it, for an edge from `build.additional_contexts`; the name of that
    /// context otherwise has no use.
    package let isContext: Bool
}

extension Resolution {
    /// Collects the bases of every image from `needs` and from `build.additional_contexts` (specification 2, "Image").
    mutating func resolveNeeds() {
        var byReference: [ImageReference: Int]?
        needs = Array(repeating: [], count: manifest.images.count)
        for (index, image) in manifest.images.enumerated() {
            var found: [Need] = []
            for name in image.needs {
                guard let base = manifest.imageIndex[name.symbol] else { continue }
                found.append(Need(base: base, span: name.span, isContext: false))
            }
            if let build = image.build, let contexts = manifest.tree.value(keys.additionalContexts, in: build) {
                let table = byReference ?? builtReferences()
                byReference = table
                for (value, span) in contextValues(contexts) where value.hasPrefix("docker-image://") {
                    let text = String(value.dropFirst("docker-image://".count))
                    guard case .success(let reference) = ImageReference.parse(text),
                        let base = table[reference.normalized], !found.contains(where: { $0.base == base })
                    else { continue }
                    found.append(Need(base: base, span: span, isContext: true))
                }
            }
            needs[index] = found
        }
    }

    /// The built images by their development reference as Docker compares it.
    private func builtReferences() -> [ImageReference: Int] {
        var table: [ImageReference: Int] = [:]
        for (index, image) in manifest.images.enumerated() where image.build != nil {
            let key = variants[0].references[index].normalized
            if table[key] == nil { table[key] = index }
        }
        return table
    }

    /// The values of `additional_contexts`, written as a mapping or as a list of `name=value`.
    private func contextValues(_ node: NodeID) -> [(value: String, span: Span)] {
        let tree = manifest.tree
        var values = tree.entries(node).map { (tree.text($0.value), tree[$0.value].span) }
        for item in tree.items(node) {
            let text = tree.text(item)
            guard let equals = text.firstIndex(of: "=") else { continue }
            values.append((String(text[text.index(after: equals)...]), tree[item].span))
        }
        return values
    }
}
