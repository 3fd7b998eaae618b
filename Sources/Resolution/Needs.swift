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

/// What is built before what.
package struct BuildGraph: Sendable {
    /// For each image, the built images that must be built before it.
    package internal(set) var needs: [[Need]] = []
    /// For each image and each of its build's `contexts`, the built image that the context stands for.
    package internal(set) var contextImages: [[Int?]] = []
    /// For each project with such builds, the services that builds of its images take as contexts.
    package internal(set) var contextServices: [Int: Set<Symbol>] = [:]
}

extension Resolution {
    /// Whether what is built before what can be another in an environment than in development.
    func hasOwnGraph(_ variant: Variant) -> Bool {
        guard let environment = variant.environment.map({ manifest.environments[$0] }) else { return false }
        if environment.images.contains(where: { $0.build != nil }) { return true }
        return !graph.contextServices.isEmpty && (environment.isComplete || !environment.projects.isEmpty)
    }

    /// Collects the bases of every image from `needs` and from `build.additional_contexts`: a context
    /// `docker-image://R` whose R is a built image's reference, and `service:S` whose S runs a built image.
    func buildGraph(of variant: Int) -> BuildGraph {
        var graph = BuildGraph()
        graph.needs = Array(repeating: [], count: manifest.images.count)
        graph.contextImages = graph.needs.map { _ in [] }
        var table = ContextTable(variant: variant)
        for (index, image) in manifest.images.enumerated() {
            var found: [Need] = []
            for name in image.needs {
                guard let base = manifest.imageIndex[name.symbol] else { continue }
                found.append(Need(base: base, span: name.span, isContext: false))
            }
            var isBase = Set(found.map(\.base))
            for context in image.build?.contexts ?? [] {
                let base = table.builtImage(of: context.context, inBuildOf: index, self)
                graph.contextImages[index].append(base)
                if case .service(let name) = context.context.kind, let owner = owner(of: index),
                    let symbol = manifest.tree.symbols.find(name)
                {
                    graph.contextServices[owner, default: []].insert(symbol)
                }
                guard let base, isBase.insert(base).inserted else { continue }
                found.append(Need(base: base, span: context.assignment.span, isContext: true))
            }
            graph.needs[index] = found
        }
        return graph
    }
}

/// Finds the built images that contexts stand for, with tables that are made when they are first asked for.
private struct ContextTable {
    /// The variant whose services are meant.
    private let variant: Int
    /// The built images by what development and the variant call them.
    private var byReference: ReferenceIndex?
    /// For a project, what its services run there; in development, where they are not there.
    private var byService: [Int: [Symbol: Int]] = [:]

    init(variant: Int) { self.variant = variant }

    /// Nil for a folder, and for an image that is not built here.
    mutating func builtImage(of context: BuildContext, inBuildOf image: Int, _ resolution: Resolution) -> Int? {
        switch context.kind {
        case .image(let text):
            guard case .success(let reference) = ImageReference.parse(text) else { return nil }
            let table = byReference ?? references(resolution)
            byReference = table
            return table[reference]
        case .service(let name):
            guard context.isSettled, let owner = resolution.owner(of: image),
                let symbol = resolution.manifest.tree.symbols.find(name)
            else { return nil }
            let table = byService[owner] ?? services(of: owner, resolution)
            byService[owner] = table
            return table[symbol].flatMap { resolution.manifest.images[$0].isBuilt ? $0 : nil }
        case .folder, .outside, .remote, .variable: return nil
        }
    }

    private func references(_ resolution: Resolution) -> ReferenceIndex {
        var built = ReferenceIndex()
        for variant in Resolution.developmentAnd(variant) {
            let references = resolution.variants[variant].references
            for (index, image) in resolution.manifest.images.enumerated() where image.isBuilt {
                built.add(index, as: references[index])
            }
        }
        return built
    }

    private func services(of owner: Int, _ resolution: Resolution) -> [Symbol: Int] {
        var table: [Symbol: Int] = [:]
        for variant in Resolution.developmentAnd(variant) {
            for service in resolution.variants[variant].projects[owner].services {
                table[service.name.symbol] = service.image
            }
        }
        return table
    }
}
