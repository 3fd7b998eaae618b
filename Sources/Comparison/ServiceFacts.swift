import ComposeSpec
import Planning
import Resolution
import YAMLSyntax

/// One of two plans, in one of its variants. A class, since lists of thousands of them are filtered and copied.
final class Side {
    let plan: Plan
    let variant: PlannedVariant
    /// The plan's images as this variant builds them.
    let resolution: Resolution

    init(_ plan: Plan, _ variant: PlannedVariant) {
        self.plan = plan
        self.variant = variant
        resolution = variant.index == plan.resolution.home ? plan.resolution : plan.resolution.seen(from: variant.index)
    }

    var tree: Tree { _read { yield plan.tree } }

    func folder(of project: Int) -> String { plan.manifest.projects[project].path.value }
    func reader(_ project: Int) -> MeaningReader {
        MeaningReader(plan.tree, folder: folder(of: project), portKeys: resolution.portKeys)
    }

    /// The digest that an image's reference ends with, such as `sha256:…`.
    func digest(of image: Int) -> String? {
        (try? ImageReference.parse(variant.references[image]).get())?.digest
    }

    /// What Docker calls a service's container: the first, where Compose numbers them.
    func container(_ service: PlannedService, of project: Int) -> String {
        service.containerName.map { tree.text($0) }
            ?? "\(plan.projectName(project))-\(tree.text(service.name))-1"
    }

    /// What a service uses together with others of its project: the values of the keys that name such resources.
    func uses(_ service: PlannedService, of project: Int) -> [String: Meaning] {
        values(of: service, reader(project)) { Self.resourceKeys.contains(tree.text($0)) }
    }

    /// The values of the keys of a body that are wanted, with the network that a service joins without a word.
    private func values(
        of service: PlannedService, _ reader: MeaningReader, where isWanted: (NodeID) -> Bool
    ) -> [String: Meaning] {
        var keys: [String: Meaning] = [:]
        for (key, value) in tree.entries(service.body) where isWanted(key) {
            let name = tree.text(key)
            keys[name] = reader.serviceKey(name, value)
        }
        if keys["networks"] == nil, tree.value("network_mode", in: service.body) == nil {
            keys["networks"] = .map(["default": .null])
        }
        return keys
    }

    private static let resourceKeys = ["networks", "volumes", "secrets", "configs", "models"]

    /// What Compose makes of a service, key by key, but for its `build`, which is its image's.
    func meaning(_ service: PlannedService, of project: Int) -> [String: Meaning] {
        let (reader, known) = (reader(project), plan.resolution.keys)
        let elsewhere = [known.image, known.build, known.containerName, known.profiles, known.pullPolicy]
        var keys = values(of: service, reader) { !tree.isExtension($0) && !elsewhere.contains(tree[$0].symbol) }
        keys["image"] = .text(service.reference)
        if let name = service.containerName { keys["container_name"] = .text(tree.text(name)) }
        if let profiles = service.profiles {
            keys["profiles"] = profiles.isEmpty ? nil : .list(profiles.map { .text($0) })
        } else if let stated = service.statedProfiles {
            keys["profiles"] = reader.serviceKey("profiles", stated)
        }
        if let policy = service.statedPullPolicy {
            keys["pull_policy"] = reader.serviceKey("pull_policy", policy)
        } else if service.neverPulls {
            keys["pull_policy"] = .text("never")
        }
        return keys
    }
}

/// Whether a service is written as it was: most are, and then nobody asks what they mean.
func isWrittenSame(
    _ one: PlannedService, _ before: borrowing Side, _ other: PlannedService, _ after: borrowing Side
) -> Bool {
    func same(_ one: NodeID?, _ other: NodeID?) -> Bool {
        guard let one, let other else { return one == nil && other == nil }
        return before.plan.tree.isWrittenSame(one, as: other, of: after.plan.tree)
    }
    func text(_ symbol: Symbol?, _ side: borrowing Side) -> String? { symbol.map { side.plan.tree.text($0) } }
    return one.reference == other.reference && one.neverPulls == other.neverPulls && one.profiles == other.profiles
        && text(one.containerName, before) == text(other.containerName, after) && same(one.body, other.body)
        && same(one.statedProfiles, other.statedProfiles) && same(one.statedPullPolicy, other.statedPullPolicy)
}
