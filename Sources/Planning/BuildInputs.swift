import ComposeSpec

/// What a build reads: its context, its Dockerfile, named contexts and variables, as its `build` states them.
package struct BuildInputs: Sendable {
    /// Where a build reads files.
    package enum Place: Sendable, Equatable {
        /// A path as it is written, relative to the owner's folder.
        case path(String)
        /// No folder of the workspace: why what lies there cannot be told, as a sentence's end.
        case elsewhere(String)
        /// An image, which the `build` names or a need stands for.
        case image
    }

    package let context: Place
    /// Relative to the context; nil for the default.
    package let dockerfile: Place?
    /// Whether the `build` states the Dockerfile's text.
    package let isInline: Bool
    package let namedContexts: [(name: String, place: Place)]
    /// The environment variables that Compose reads for it, in order.
    package let variables: [String]
    /// The `build` in a canonical spelling.
    package let canonical: [UInt8]

    package init(_ build: Build, of plan: borrowing Plan) {
        let (build, tree) = (build.build, plan.tree)
        context = Self.place(build.context.value)
        dockerfile = build.dockerfile.map { Self.place(BuildContext($0.value)) }
        isInline = build.inlineDockerfile != nil
        namedContexts = build.contexts.map { ($0.name, Self.place($0.context)) }
        variables = build.variables(in: tree)
        canonical = build.spelling(of: tree)
    }

    private static func place(_ context: BuildContext) -> Place {
        guard context.isSettled else { return .elsewhere("depends on a variable") }
        return switch context.kind {
        // What a service builds is a base of its own.
        case .image, .service: .image
        case .remote, .variable: .elsewhere("is no folder of this machine, and can change unseen")
        case .outside: .elsewhere("does not lie below the root")
        case .folder: .path(context.text)
        }
    }
}
