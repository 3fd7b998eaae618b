import Resolution
import StrategyManifest
import Threads

/// What rules look at beside the resolution, looked for once for all of them.
///
/// The module finds and reads, and reports nothing: what is wrong with what it found, a rule says. It holds the builds with
/// their Dockerfiles, the services that name others, ports, mounts, places of artifacts and names of secrets.
package struct ManifestInspection {
    /// The symbols of the Compose keys that rules read.
    package let compose: ComposeKeys
    /// Every place that holds a service fragment.
    package let fragments: [ServiceFragment]
    /// What each service names, by variant, project and service.
    package let dependencies: [[[[ServiceDependency]]]]
    /// What was found of the builds, which is looked for beside the first rules; nil where nobody looks.
    private let found: Future<InspectedBuilds>?

    /// The images from which looking for their builds is worth a thread: each takes some 20 microseconds.
    private static let parallelThreshold = 30

    /// - Parameter looking: looks into the project folders for what the builds ask; nil when nobody is to look.
    package init(_ resolution: inout Resolution, looking: (@Sendable (Resolution) -> BuildSources)?) {
        compose = ComposeKeys(&resolution.manifest.tree.symbols)
        // A copy that the other thread reads: what rules add to their tree is not seen there.
        let lent = resolution
        found = looking.map { look in
            Future(isLong: lent.manifest.images.count >= Self.parallelThreshold) {
                let sources = look(lent)
                let builds = BuildReading.builds(lent, sources)
                return InspectedBuilds(
                    places: sources.questions.places, builds: builds.development, ownBuilds: builds.own,
                    nearFolders: sources.nearFolders)
            }
        }
        fragments = ServiceFragment.all(in: resolution.manifest)
        dependencies = ServiceDependency.all(of: resolution, compose)
    }

    /// The builds with their Dockerfiles; empty where nobody looked. The first who asks may have to wait for them.
    package var builds: [CheckedBuild] { found?.value.builds ?? [] }

    /// The builds of environments that are not development's; empty where nobody looked.
    package var ownBuilds: [CheckedBuild] { found?.value.ownBuilds ?? [] }

    /// Where the build of each image lies; nil where nobody looked.
    package var buildPlaces: [BuildPlace?]? { found?.value.places }

    /// The folders that projects probably mean whose own are not there, by the project's index: see `BuildSources`.
    package var nearFolders: [Int: [String]] { found?.value.nearFolders ?? [:] }

    /// Whether somebody looked into the project folders.
    package var hasLooked: Bool { found != nil }
}
