import ComposeSpec
import Planning
import Resolution

extension Plan {
    /// A name that a Dockerfile may use, and what stands in its place: an image of the workspace, or what the build states.
    typealias NamedContext = (name: String, stated: BuildContext?, image: Int?)

    /// The contexts of a build by the names that its Dockerfile may use for them.
    ///
    /// A Dockerfile whose arguments make the environment's own reference of a base means the base, too. Without arguments
    /// none can, and two names of one target are one too many for Buildx 0.13: it loses either.
    func namedContexts(of build: Build) -> [NamedContext] {
        let stated = resolution.contexts(of: build.images[0])
        let bases = build.build.arguments.isEmpty ? [] : stated.filter { $0.stated == nil }.compactMap(\.image)
        return stated.map { ($0.name, $0.stated, $0.image.flatMap { buildOfImage[$0] == nil ? nil : $0 }) }
            + bases.filter { buildOfImage[$0] != nil }.map { (resolution.references[$0].contextName, nil, $0) }
    }
}
