import SourceText
import YAMLSyntax

/// One key of a fragment with its value.
typealias Entry = (key: NodeID, value: NodeID)

/// A manifest that is decided but not yet written.
struct ManifestDraft {
    /// The workspace's name, if it has one of its own.
    var name: String?
    var naming = DraftNaming()
    /// `instances`: the variable that the names carry, where they did so by hand.
    var instances: String?
    /// `defaults.service`.
    var defaults: [Entry] = []
    /// Whether Compose chooses the names of all containers that state none.
    var leavesNamesToCompose = false
    var images: [DraftImage] = []
    var projects: [DraftProject] = []
    var environments: [DraftEnvironment] = []
    /// The name of the projects' Compose files, where it is not the language's own default.
    var composeName: String?
}

struct DraftNaming {
    var image: String?
    var service: String?
    var project: String?
    var container: String?
    var tag: String?
    var isGeneric = true

    var isEmpty: Bool {
        image == nil && service == nil && project == nil && container == nil && tag == nil && isGeneric
    }
}

/// An entry of `images`.
struct DraftImage {
    var name: String
    /// The index of the project that builds it.
    var owner: Int?
    /// The build, with paths relative to the owner's folder.
    var build: NodeID?
    /// The reference, for a pulled image.
    var pull: String?
    var repository: String?
    var tag: String?
    /// `service`: what all its containers share.
    var service: [Entry] = []
    /// The repository, with its registry, and the tag: what Compose calls the image.
    var reference: ImageName
    /// Where the image is stated first.
    var place = Span(0, 0)
}

struct DraftProject {
    var name: String
    var path: String
    var template: String?
    var profiles: [String] = []
    var services: [DraftService]
    var sections: [Entry]
    /// Its first file, whose comment on top speaks of the project.
    var source: SourceFile
    /// The names of all its files that say something of it.
    var files: [String] = []
}

struct DraftService {
    var name: String
    /// Where it is declared.
    var key: NodeID
    /// The index of its image.
    var image: Int
    var containerName = DraftContainerName.template
    /// The body without what Bayplan decides itself.
    var entries: [Entry]
    /// What Bayplan decides, as the body says it.
    var decided: [Entry] = []
}

enum DraftContainerName {
    case template
    case chosenByCompose
    case literal(NodeID)
    /// A name that another container of the manifest has, too, which is never started beside it.
    case alternative(NodeID)

    var isTemplate: Bool { if case .template = self { true } else { false } }
    var isChosenByCompose: Bool { if case .chosenByCompose = self { true } else { false } }
}

struct DraftEnvironment {
    var name: String
    var isComplete = false
    var registry: String?
    var tag: String?
    var build: Bool?
    var images: [(image: Int, registry: String?, tag: String?, digest: String?, build: [Entry])] = []
    /// The names of the files that say something of it.
    var files: [String] = []
    var projects: [Project] = []

    var isEmpty: Bool {
        !isComplete && registry == nil && tag == nil && build == nil && images.isEmpty && projects.isEmpty
    }

    /// What is different in one project.
    struct Project {
        let project: Int
        var template: String?
        /// The overrides; nil removes the service.
        var services: [(name: String, override: DraftOverride?)]
        /// `networks`, `volumes`, `configs`, `secrets` and `models`.
        var sections: [Entry]

        var isEmpty: Bool { template == nil && services.isEmpty && sections.isEmpty }
    }
}

/// An environment's override of a service.
struct DraftOverride {
    /// Whether the project has the service here alone, so that this is all of it.
    var isAdded = false
    /// Where the environment's own file says it.
    var key: NodeID?
    var image: Int?
    var containerName = DraftContainerName.template
    var entries: [Entry]

    var isEmpty: Bool { image == nil && containerName.isTemplate && entries.isEmpty }
}
