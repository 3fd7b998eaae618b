import ComposeSpec
import SourceText
import YAMLSyntax

/// An entry of `images`: a generic name for something to run.
///
/// It is shared, so that a copy counts one reference: each rule takes the images in turn.
package final class Image: Sendable {
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
    package let origin: Origin
    /// The list of `platforms`, for releases.
    package let platforms: [Spanned<String>]
    private let stated: Fields

    package var description: Spanned<String>? { stated.description }
    /// The one project that builds the image.
    package var owner: Name? { stated.owner }
    /// Another repository name than the key.
    package var repository: Spanned<String>? { stated.repository }
    /// Another tag than `naming.tag`.
    package var tag: Spanned<String>? { stated.tag }
    /// The bases named by `needs`.
    package var needs: [Name] { stated.needs }
    /// Defaults for every service that runs the image.
    package var service: NodeID? { stated.service }

    /// What no environment says otherwise, while it is read.
    struct Fields: Sendable {
        var description: Spanned<String>?
        var owner: Name?
        var repository: Spanned<String>?
        var tag: Spanned<String>?
        var needs: [Name] = []
        var service: NodeID?
    }

    init(_ name: Name, _ origin: Origin, _ platforms: [Spanned<String>], _ fields: Fields) {
        (self.name, self.origin, self.platforms, stated) = (name, origin, platforms, fields)
    }

    private init(_ other: Image, _ origin: Origin, _ platforms: [Spanned<String>]) {
        (name, stated) = (other.name, other.stated)
        (self.origin, self.platforms) = (origin, platforms)
    }

    /// The image as it is built otherwise.
    package func built(as build: ComposeBuild) -> Image { Image(self, .built(build), platforms) }

    /// The image as it is released for other platforms.
    package func released(for platforms: [Spanned<String>]) -> Image { Image(self, origin, platforms) }

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
