/// What one plan changes against another, in the workspace's own words.
///
/// This module compares what two manifests mean and says what follows on the machines that run them: nothing that is
/// equal in effect is a change. It takes plans and gives plain values. How they look belongs to `Emission`; where
/// manifests come from belongs to `Compiler`. Values of variables are compared here and never leave.
package struct WorkspaceChanges: Equatable, Sendable {
    /// What becomes of the workspace's own name; nil where it is as it was.
    package var workspace: WorkspaceNameChange?
    /// What becomes of the names that carry an instance; nil where they are as they were.
    package var instances: InstancesChange?
    package var images: [ImageChange] = []
    package var environments: [EnvironmentChange] = []
    /// In the manifest's order, each with the environments in which the same changes.
    package var projects: [ProjectChange] = []

    package init() {}

    package var isEmpty: Bool {
        workspace == nil && instances == nil && images.isEmpty && environments.isEmpty && projects.isEmpty
    }
}

/// What became of something.
package enum ChangeKind: String, Sendable, CaseIterable { case added, removed, renamed, changed }

/// Another name of the workspace, which its images and containers carry.
package struct WorkspaceNameChange: Equatable, Sendable {
    package var name: String
    package var formerName: String
    /// What follows, as a sentence without its full stop.
    package var consequence: String
    /// What a person runs.
    package var command: String?
}

/// Another variable, or none, for the names of several checkouts on one engine.
package struct InstancesChange: Equatable, Sendable {
    package var kind: ChangeKind
    package var variable: String
    package var formerVariable: String?
    /// What follows, as a sentence without its full stop.
    package var consequence: String
}

/// An image that is another, or is built anew.
package struct ImageChange: Equatable, Sendable {
    package var kind: ChangeKind
    package var name: String
    package var formerName: String?
    /// Why a removed image and an added one are taken for one that was renamed.
    package var evidence: String?
    package var details: [Detail] = []
    /// Why it is built anew, in words; nothing where it is not.
    package var causes: [String] = []
    /// The environments in which its reference is another, and its digest is still the former one.
    package var keptDigests: [String] = []
    /// What follows, as a sentence without its full stop.
    package var consequence: String?
    /// What a person runs.
    package var command: String?
}

/// An environment that appears or goes.
package struct EnvironmentChange: Equatable, Sendable {
    package var kind: ChangeKind
    package var name: String
    package var containers: Int
    package var projects: Int
    package var consequence: String
    package var command: String?
}

/// What changes in one project, in some environments alike.
package struct ProjectChange: Hashable, Sendable {
    package var kind: ChangeKind
    package var name: String
    package var formerName: String?
    package var evidence: String?
    /// Nil among them is development.
    package var environments: [String?]
    package var details: [Detail] = []
    package var containers: [ContainerChange] = []
    package var resources: [ResourceChange] = []
    package var consequence: String?
    package var command: String?

    /// The same in no environment: what two changes are compared by.
    var anywhere: ProjectChange {
        var change = self
        change.environments = []
        return change
    }
}

/// What becomes of a container when its project is started again.
package enum Effect: String, Sendable, CaseIterable {
    case created
    /// Compose stops it and creates another in its place.
    case recreated
    /// The same, once its image has been built anew.
    case rebuilt
    /// It goes on as it is.
    case kept
    /// Compose knows it no more, and leaves it.
    case left
    /// Compose cannot create it while another container has its name.
    case blocked
}

/// A service whose container is another.
package struct ContainerChange: Hashable, Sendable {
    package var kind: ChangeKind
    package var service: String
    package var formerService: String?
    package var evidence: String?
    /// The container's name; the first one's where Compose numbers them.
    package var container: String
    package var formerContainer: String?
    package var effect: Effect
    /// Whether its image is built anew, whatever becomes of it before.
    package var isImageRebuilt = false
    /// The keys of the service whose values are others.
    package var keys: [String] = []
    /// The first Docker Compose that keeps the container; nil where all recreate it.
    package var recreatedBefore: String?
    package var details: [Detail] = []
    /// What follows, as a sentence without its full stop.
    package var consequence: String
    package var command: String?
}

/// A network, a volume, a secret or a configuration of a project that is another.
package struct ResourceChange: Hashable, Sendable {
    package enum Topic: String, Sendable, CaseIterable { case network, volume, secret, config, model }

    package var topic: Topic
    package var kind: ChangeKind
    /// Its key in the manifest.
    package var name: String
    /// What Docker calls it; nil for what it does not know.
    package var object: String?
    package var formerObject: String?
    package var keys: [String] = []
    package var warning: Warning?
    package var consequence: String
    package var command: String?
}

/// What a reviewer must not overlook.
package enum Warning: String, Sendable, CaseIterable {
    case allInterfaces = "all-interfaces"
    case dataLeft = "data-left"
    case newlyShared = "newly-shared"
}

/// One part of something that is another: a port, a variable.
package struct Detail: Hashable, Sendable {
    package enum Topic: String, Sendable, CaseIterable {
        case image, reference, build, base, platform, owner, path, port, mount, variable, argument, label, network,
            secret
        case config, dependency, profile, replicas, start
    }

    package enum Kind: String, Sendable, CaseIterable { case added, removed, changed, opened, closed, moved }

    package var topic: Topic
    package var kind: Kind
    package var name: String
    /// Never the value of a variable.
    package var before: String?
    package var after: String?
    package var warning: Warning?

    init(_ topic: Topic, _ kind: Kind, _ name: String, _ before: String? = nil, _ after: String? = nil) {
        self.topic = topic
        self.kind = kind
        self.name = name
        self.before = before
        self.after = after
    }
}
