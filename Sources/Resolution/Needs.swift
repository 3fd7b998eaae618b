import ComposeSpec
import SourceText
import StrategyManifest
import YAMLSyntax

/// One edge of the build graph: a base, and where it is stated.
package struct Need: Sendable {
    /// The index of the base.
    package let base: Int
    package let span: Span
    /// Whether `build.additional_contexts` states it, and not `needs`.
    package let isContext: Bool
}

extension Resolution {
    /// Collects the bases of every image from `needs` and from `build.additional_contexts`: a context
    /// `docker-image://R` whose R is a built image's reference, and `service:S` whose S runs a built image.
    mutating func resolveNeeds() {
        needs = Array(repeating: [], count: manifest.images.count)
        contextImages = needs.map { _ in [] }
        contextServices = [:]
        var table = ContextTable()
        for (index, image) in manifest.images.enumerated() {
            var found: [Need] = []
            for name in image.needs {
                guard let base = manifest.imageIndex[name.symbol] else { continue }
                found.append(Need(base: base, span: name.span, isContext: false))
            }
            var isBase = Set(found.map(\.base))
            for context in image.build?.contexts ?? [] {
                let base = table.builtImage(of: context.context, inBuildOf: index, self)
                contextImages[index].append(base)
                if case .service(let name) = context.context.kind, let owner = owner(of: index),
                    let symbol = manifest.tree.symbols.find(name)
                {
                    contextServices[owner, default: []].insert(symbol)
                }
                guard let base, isBase.insert(base).inserted else { continue }
                found.append(Need(base: base, span: context.assignment.span, isContext: true))
            }
            needs[index] = found
        }
    }
}

/// Finds the built images that contexts stand for, with tables that are made when they are first asked for.
private struct ContextTable {
    /// The built images by their development reference as Docker compares it.
    private var byReference: [ImageReference: Int]?
    /// For a project, what its services run in development.
    private var byService: [Int: [Symbol: Int]] = [:]

    /// Nil for a folder, and for an image that is not built here.
    mutating func builtImage(of context: BuildContext, inBuildOf image: Int, _ resolution: Resolution) -> Int? {
        switch context.kind {
        case .image(let text):
            guard case .success(let reference) = ImageReference.parse(text) else { return nil }
            let table = byReference ?? Self.references(resolution)
            byReference = table
            return reference.comparisons.lazy.compactMap { table[$0] }.first
        case .service(let name):
            guard context.isSettled, let owner = resolution.owner(of: image),
                let symbol = resolution.manifest.tree.symbols.find(name)
            else { return nil }
            let table = byService[owner] ?? Self.services(of: owner, resolution)
            byService[owner] = table
            return table[symbol].flatMap { resolution.manifest.images[$0].isBuilt ? $0 : nil }
        case .folder, .outside, .remote, .variable: return nil
        }
    }

    private static func references(_ resolution: Resolution) -> [ImageReference: Int] {
        var table: [ImageReference: Int] = [:]
        for (index, image) in resolution.manifest.images.enumerated() where image.isBuilt {
            for key in resolution.variants[0].references[index].comparisons where table[key] == nil {
                table[key] = index
            }
        }
        return table
    }

    private static func services(of owner: Int, _ resolution: Resolution) -> [Symbol: Int] {
        var table: [Symbol: Int] = [:]
        for service in resolution.variants[0].projects[owner].services { table[service.name.symbol] = service.image }
        return table
    }
}
