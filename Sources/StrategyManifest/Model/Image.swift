import ComposeSpec
import SourceText
import YAMLSyntax

/// An entry of `images`: a generic name for something to run.
package struct Image: Sendable {
    /// Where the image comes from.
    package enum Origin: Sendable {
        /// Built by its owner.
        case built(ComposeBuild)
        /// Pulled from a registry as it is.
        case pulled(Spanned<String>)
        /// Neither or both are stated; the decoder has said so.
        case unknown
    }

    package let name: Name
    package var description: Spanned<String>?
    /// The one project that builds the image.
    package var owner: Name?
    package var origin: Origin = .unknown
    /// Another repository name than the key.
    package var repository: Spanned<String>?
    /// Another tag than `naming.tag`.
    package var tag: Spanned<String>?
    /// The bases named by `needs`.
    package var needs: [Name] = []
    /// The list of `platforms`, for releases.
    package var platforms: [Spanned<String>] = []
    /// Defaults for every service that runs the image.
    package var service: NodeID?

    package init(name: Name) { self.name = name }

    /// The `build` of a built image.
    package var build: ComposeBuild? {
        if case .built(let build) = origin { return build }
        return nil
    }

    /// Whether a project of the manifest builds it.
    package var isBuilt: Bool {
        if case .built = origin { return true }
        return false
    }

    /// The reference of a pulled image.
    package var pull: Spanned<String>? {
        if case .pulled(let reference) = origin { return reference }
        return nil
    }
}
