import ComposeSpec

/// The parts of the manifest that are Compose's own syntax.
enum ComposeFragments {
    static let build = Shape.anything
    static let service = Shape.anything
    /// A service of the manifest: Compose's service, or nothing.
    static let manifestService = Shape.anything
    static let networks = Shape.anything
    static let volumes = Shape.anything
    static let configs = Shape.anything
    static let secrets = Shape.anything
}
