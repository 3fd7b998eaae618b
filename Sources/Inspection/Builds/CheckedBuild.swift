import ComposeSpec
import Dockerfiles
import SourceText

/// What a Dockerfile names as a base, held against the manifest's images.
package struct BaseUse: Sendable {
    package enum Meaning: Equatable, Sendable {
        /// A built image of the manifest.
        case built(Int)
        /// The repository of a built image, with another tag.
        case otherTag(Int)
        /// An image of a registry, a folder, or nothing at all.
        case foreign
        /// It cannot be told, and why.
        case unknown(String)
    }

    package let kind: StageGraph.Use.Kind
    /// As the Dockerfile means it, after expansion.
    package let text: String
    package let meaning: Meaning
    /// Where it cannot be told: the built image of the repository that is named, with a tag that nobody knows.
    package var likely: Int?
    package let location: Location
}

/// The build of one image with the Dockerfile that was found for it.
///
/// A class, as its place is. It is unchecked since `BuildReading` alone writes it, before it hands it on.
package final class CheckedBuild: @unchecked Sendable {
    package let image: Int
    /// The variant that builds it so, by its index.
    package let variant: Int
    package let build: ComposeBuild
    package let place: BuildPlace
    package let found: BuildSources.Found?
    package internal(set) var text: DockerfileText?
    /// Nil where there is no Dockerfile, or one that cannot be read.
    package internal(set) var graph: StageGraph?
    /// The stage that is built; nil where it is not there or cannot be told.
    package internal(set) var target: Int?
    /// What the stages that the target needs stand on.
    package internal(set) var uses: [BaseUse] = []
    /// What only other stages stand on.
    package internal(set) var unneeded: [BaseUse] = []
    /// Why nothing can be said of the Dockerfile's bases, and where.
    package internal(set) var obstacle: (reason: String, location: Location)?
    /// Why what stands where the Dockerfile should be is none, as the end of a sentence about it, and what to do.
    package internal(set) var isNoDockerfile: (reason: String, help: String)?

    init(image: Int, variant: Int, build: ComposeBuild, place: BuildPlace, found: BuildSources.Found?) {
        (self.image, self.variant) = (image, variant)
        (self.build, self.place, self.found) = (build, place, found)
    }

    /// Whether `uses` is all there is.
    package var isComplete: Bool {
        graph != nil && target != nil
            && !uses.contains { if case .unknown = $0.meaning { true } else { false } }
    }
}

/// The builds of a manifest as they were looked at.
struct InspectedBuilds: Sendable {
    /// Where the build of each image lies.
    let places: [BuildPlace?]
    /// The builds with their Dockerfiles.
    let builds: [CheckedBuild]
    /// Those of environments that build an image otherwise than development.
    let ownBuilds: [CheckedBuild]
    /// The folders that projects probably mean whose own are not there, by the project's index.
    let nearFolders: [Int: [String]]
}
