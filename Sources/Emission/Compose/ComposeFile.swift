import ComposeSpec
import Planning
import Resolution
import StrategyManifest
import YAMLSyntax

/// Writes the Compose files of a variant, one project after the other.
struct ComposeFile {
    private let plan: Plan
    /// As seen from the variant: its builds can be others.
    private let resolution: Resolution
    private let tree: Tree
    private let variant: PlannedVariant
    private let keys: ServiceKeyOrder
    /// The variant's own builds, where it keeps their layers; nil where it has no cache.
    private let cached: Plan?
    private var writer = YAMLWriter(capacity: 0)

    /// - Parameter cached: the plan as seen from a variant that has a cache.
    init(_ plan: Plan, _ variant: PlannedVariant, _ keys: ServiceKeyOrder, cached: Plan? = nil) {
        self.plan = plan
        self.cached = cached
        resolution = plan.resolution.seen(from: variant.index)
        tree = plan.tree
        self.variant = variant
        self.keys = keys
    }

    /// The bytes of one project's file.
    ///
    /// - Parameter header: the lines that say where the file comes from.
    mutating func bytes(of project: PlannedProject, header: [String]) -> [UInt8] {
        writer = YAMLWriter(capacity: 1024 + project.services.count * 1024)
        let description = plan.resolution.manifest.projects[project.project].description
        for line in header { writer.comment(line) }
        writer.blankLine()
        if let description { writer.comment(description.value) }
        // Swarm's command takes the name of a stack as a word, and refuses the key.
        if !variant.isSwarm {
            let name = plan.projectName(project.project) + (plan.instances?.suffix ?? "")
            writer.entry("name", name, indent: 0)
            writer.blankLine()
        }
        writer.key("services", indent: 0)
        if project.services.isEmpty { writer.raw(" {}") }
        writer.endLine()
        var isFirst = true
        for (title, services) in groups(of: project) {
            for (position, service) in services.enumerated() {
                if !isFirst { writer.blankLine() }
                isFirst = false
                if position == 0 { writer.comment(title, indent: 2) }
                write(service)
            }
        }
        for (key, value) in project.sections {
            writer.blankLine()
            writer.writeEntry(key, value, of: tree, indent: 0)
        }
        return writer.bytes
    }

    /// The lines of one service alone.
    mutating func bytes(of service: PlannedService) -> [UInt8] {
        writer = YAMLWriter(capacity: 1024)
        write(service)
        return writer.bytes
    }

    /// The services in the manifest's order, by where their images come from: other owners, here, registries.
    private func groups(of project: PlannedProject) -> [(title: String, services: [PlannedService])] {
        var others: [(owner: Int, services: [PlannedService])] = []
        var places: [Int: Int] = [:]
        var own: [PlannedService] = []
        var pulled: [PlannedService] = []
        for service in project.services {
            guard let owner = plan.resolution.owner(of: service.image) else {
                pulled.append(service)
                continue
            }
            if owner == project.project {
                own.append(service)
            } else if let index = places[owner] {
                others[index].services.append(service)
            } else {
                places[owner] = others.count
                others.append((owner, [service]))
            }
        }
        var groups = others.map { ("Images built by \(plan.projectName($0.owner))", $0.services) }
        if !own.isEmpty { groups.append(("Images built here", own)) }
        if !pulled.isEmpty { groups.append(("Third-party images", pulled)) }
        return groups
    }

    /// The named contexts of a build; nil where they are as the build states them.
    private func contexts(of image: Int) -> [(name: String, value: String)]? {
        var isStated = true
        let contexts = resolution.contexts(of: image).map { context in
            var value = context.stated?.text ?? ""
            if let base = context.image, !isWritten(context, base, image) {
                value = "docker-image://" + variant.references[base]
                isStated = false
            }
            return (context.name, value)
        }
        return isStated ? nil : contexts
    }

    /// Where the layers of the build are kept that makes an image.
    private func cache(of image: Int) -> String? {
        guard let cached, let build = cached.buildOfImage[image] else { return nil }
        return cached.cacheReference(of: cached.builds[build])
    }

    /// Whether a context that stands for a built image says so here by its own words.
    private func isWritten(_ context: BaseContext, _ base: Int, _ image: Int) -> Bool {
        switch context.stated?.kind {
        case nil: false
        // Compose takes only services that this file builds.
        case .service(let name):
            resolution.owner(of: base) == resolution.owner(of: image) && builds(name, base, beside: image)
        // What carries the instance is called otherwise than any word of the manifest.
        case _ where plan.instances != nil && resolution.carriesInstance(base, in: variant.index): false
        default: variant.references[base] == plan.variants[0].references[base]
        }
    }

    /// Whether a service of this file builds an image: an environment can take a service away, or have it run another.
    private func builds(_ service: String, _ base: Int, beside image: Int) -> Bool {
        guard let owner = resolution.owner(of: image), let symbol = tree.symbols.find(service) else { return false }
        return variant.projects[owner].services.contains {
            $0.name == symbol && $0.image == base && $0.carriesBuild
        }
    }

    private mutating func write(_ service: PlannedService) {
        writer.key(tree.text(service.name), indent: 2)
        writer.endLine()
        writer.entry("image", service.reference, indent: 4)
        if service.carriesBuild, let build = resolution.manifest.images[service.image].build {
            writer.key("build", indent: 4)
            let (contexts, cache) = (contexts(of: service.image), cache(of: service.image))
            if contexts != nil || cache != nil {
                writer.endLine()
                writer.writeBuild(build, labels: nil, contexts: contexts, of: tree, cache: cache, indent: 6)
            } else {
                writer.writeValue(build.node, of: tree, indent: 4)
            }
        }
        if let name = service.containerName { writer.entry("container_name", tree.text(name), indent: 4) }
        if let profiles = service.profiles {
            writer.key("profiles", indent: 4)
            writer.flowSequence(profiles, indent: 4)
        } else if let profiles = service.statedProfiles {
            writer.key("profiles", indent: 4)
            writer.writeValue(profiles, of: tree, indent: 4)
        }
        if let policy = service.statedPullPolicy {
            writer.key("pull_policy", indent: 4)
            writer.writeValue(policy, of: tree, indent: 4)
        } else if service.neverPulls {
            writer.entry("pull_policy", "never", indent: 4)
        }
        for (key, value) in keys.ordered(tree.entries(service.body), of: tree) {
            writer.keepsFlow = !keys.isList(tree[key].symbol)
            writer.writeEntry(key, value, of: tree, indent: 4)
            writer.keepsFlow = true
        }
    }
}
