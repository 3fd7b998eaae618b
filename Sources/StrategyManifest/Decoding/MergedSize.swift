import ComposeSpec
import Diagnostics
import SourceText
import YAMLSyntax

extension Manifest {
    /// BP007 for a manifest that comes to more bytes than a limit when every service is written out with what lies under
    /// it, in development and in every environment; nil for every other.
    ///
    /// An estimate from above, before anything is merged. Layers lie under all services and templates name all of them, so
    /// that without this a file of 300 kB could come to gigabytes.
    package func excessOfMergedBytes(over limit: Int) -> Diagnostic? {
        var sum = MergedSize(of: self)
        sum.addEntries()
        sum.addLayers()
        sum.addTemplates()
        guard sum.total > Double(limit) else { return nil }
        return Diagnostic(
            .limitExceeded,
            "written out with what lies under them, the services come to \(Int(min(sum.total, 1e18))) bytes; "
                + "the limit is \(limit)",
            at: .init(location(sum.largest.span), sum.largest.label),
            help: ["`--limit-merged-bytes` raises the limit"])
    }
}

/// The sum of what the services of a manifest come to, and its largest part.
private struct MergedSize {
    private let manifest: Manifest
    private var sizes: WrittenSizes
    /// Development and the environments.
    private let variants: Double
    /// The services of all projects.
    private let services: Double
    private(set) var total = 0.0
    private(set) var largest = (bytes: 0.0, span: Span.beginning, label: "")

    init(of manifest: Manifest) {
        self.manifest = manifest
        sizes = WrittenSizes(of: manifest.tree)
        variants = Double(manifest.environments.count + 1)
        services = Double(manifest.projects.reduce(0) { $0 + $1.services.count })
    }

    private mutating func add(_ bytes: Double, _ span: Span, _ label: @autoclosure () -> String) {
        total += bytes
        if bytes > largest.bytes { largest = (bytes, span, label()) }
    }

    /// What stands in `images` and `projects` themselves, once for each variant, and in the environments.
    mutating func addEntries() {
        let (tree, variants) = (manifest.tree, variants)
        for key in ["images", "projects"] {
            guard let node = tree.value(key, in: tree.root) else { continue }
            let label = variants > 1 ? "every environment has all of it, too" : "most stands here"
            add(sizes.size(of: node) * variants, tree[node].span, label)
        }
        addInlineDockerfiles()
        for environment in manifest.environments {
            let bytes = environment.projects.flatMap(\.services).reduce(0) { $0 + sizes.size(of: $1.body) }
            let sections = environment.projects.flatMap(\.sections).reduce(0) { $0 + sizes.size(of: $1.value) }
            add(bytes + sections, environment.name.span, "most stands here")
        }
    }

    /// The Dockerfiles in the manifest, which an alias can give to many images: each is written to the bake file, the
    /// scripts and Compose files, read, hashed and compared, and counts as eight for all of these.
    private mutating func addInlineDockerfiles() {
        let tree = manifest.tree
        let own = manifest.images.compactMap { $0.build?.inlineDockerfile }.map { ($0, variants) }
        let others = manifest.environments.lazy.flatMap(\.images).compactMap(\.build).compactMap {
            ComposeBuild($0, of: tree).inlineDockerfile
        }
        for (node, times) in own + others.map({ ($0, 1) }) {
            add(sizes.size(of: node) * 7 * times, tree[node].span, "each image that is built from this writes it out")
        }
    }

    /// What `defaults`, images and environments put under the services.
    mutating func addLayers() {
        let (tree, services) = (manifest.tree, services)
        func image(of body: NodeID) -> Int? {
            tree.value("image", in: body).flatMap { value in
                tree.withBytes(value) { tree.symbols.find($0) }.flatMap { manifest.imageIndex[$0] }
            }
        }
        var uses = [Double](repeating: 0, count: manifest.images.count)
        for project in manifest.projects {
            for service in project.services {
                if let image = manifest.imageIndex[service.image.symbol] { uses[image] += variants }
            }
        }
        for environment in manifest.environments {
            if let body = environment.defaultService, let image = image(of: body) { uses[image] += services }
            for (_, body) in environment.projects.lazy.flatMap(\.services) {
                if let image = image(of: body) { uses[image] += 1 }
            }
        }
        if let body = manifest.defaultService {
            add(sizes.size(of: body) * services * variants, tree[body].span, "this lies under every service")
        }
        for body in manifest.environments.compactMap(\.defaultService) {
            add(sizes.size(of: body) * services, tree[body].span, "this lies over every service")
        }
        for (image, count) in zip(manifest.images, uses) {
            let bodies = [image.service, image.build?.node].compactMap(\.self)
            let bytes = bodies.reduce(0) { $0 + sizes.size(of: $1) }
            add(bytes * count, image.name.span, "what stands here lies under each service that runs it")
        }
        for override in manifest.environments.lazy.flatMap(\.images) {
            guard let image = manifest.imageIndex[override.name.symbol] else { continue }
            let bytes = [override.build, override.service].compactMap(\.self).reduce(0) { $0 + sizes.size(of: $1) }
            add(bytes * (uses[image] + 1), override.name.span, "what stands here lies under each service that runs it")
        }
        addReferences(uses)
    }

    /// The references of images, by how many services run each.
    private mutating func addReferences(_ uses: [Double]) {
        func bytes(_ texts: Spanned<String>?...) -> Double {
            Double(texts.reduce(0) { $0 + ($1?.value.utf8.count ?? 0) })
        }
        let every = services + Double(manifest.images.count)
        add(bytes(manifest.naming.tag) * every * variants, manifest.naming.tag.span, "every image has this tag")
        for (image, count) in zip(manifest.images, uses) {
            let reference = bytes(image.repository, image.tag, image.pull)
            add(reference * (count + variants), image.name.span, "each service that runs it names this image")
        }
        for environment in manifest.environments {
            let prefix = bytes(environment.registry, environment.tag)
            add(prefix * every, environment.name.span, "every image has its registry and tag here")
            for override in environment.images {
                guard let image = manifest.imageIndex[override.name.symbol] else { continue }
                let reference = bytes(override.tag, override.registry, override.digest)
                add(reference * (uses[image] + 1), override.name.span, "each service that runs it names this image")
            }
        }
    }

    /// The names that templates make.
    mutating func addTemplates() {
        let byName = manifest.projectIndex
        let lengths = manifest.projects.map { Lengths(of: $0, manifest) }
        for (project, lengths) in zip(manifest.projects, lengths) {
            let label = "this makes the names of all services here"
            let template = project.containerName ?? manifest.naming.container
            add(lengths.bytes(template) * variants, template.span, label)
            let profiles = project.profiles ?? []
            let bytes = profiles.reduce(0) { $0 + lengths.bytes($1) }
            add(
                bytes * variants, profiles.first?.span ?? .beginning,
                "every service here gets these")
        }
        let longest = manifest.projects.reduce(0) { max($0, manifest.length(of: $1.name)) }
        for environment in manifest.environments {
            for override in environment.projects {
                guard let index = byName[override.name.symbol] else { continue }
                let label = "this makes the names of all services here"
                if let template = override.containerName { add(lengths[index].bytes(template), template.span, label) }
                // Whichever of its services are added, each has a name.
                let project = manifest.projects[index]
                let added = Lengths(ofAdditions: override.services, to: project, owner: longest, manifest)
                let template = override.containerName ?? project.containerName ?? manifest.naming.container
                add(added.bytes(template), template.span, label)
                for profile in override.profiles ?? project.profiles ?? [] {
                    add(added.bytes(profile), profile.span, "every service here gets these")
                }
            }
        }
    }
}

extension Manifest {
    fileprivate func length(of name: Name) -> Double { Double(tree.symbols.bytes(name.symbol).count) }
}

/// The lengths of the names in one project, each summed over its services.
private struct Lengths {
    private var services = 0.0, names = 0.0, images = 0.0, owners = 0.0, projects = 0.0

    init(of project: Project, _ manifest: borrowing Manifest) {
        services = Double(project.services.count)
        projects = services * manifest.length(of: project.name)
        for service in project.services {
            names += manifest.length(of: service.name)
            images += manifest.length(of: service.image)
            let owner = manifest.imageIndex[service.image.symbol].flatMap { manifest.images[$0].owner }
            owners += manifest.length(of: owner ?? project.name)
        }
    }

    /// Those of services that an environment states, at most.
    ///
    /// - Parameter owner: the length of the longest name that an owner can have.
    init(ofAdditions added: [(name: Name, body: NodeID)], to project: Project, owner: Double, _ manifest: Manifest) {
        services = Double(added.count)
        projects = services * manifest.length(of: project.name)
        owners = services * owner
        for service in added {
            names += manifest.length(of: service.name)
            let image = manifest.tree.value("image", in: service.body)
            images += image.map { Double(manifest.tree[$0].count) } ?? manifest.length(of: service.name)
        }
    }

    /// What a template makes for all services.
    func bytes(_ template: Template) -> Double {
        template.parts.reduce(0) { sum, part in
            switch part {
            case .text(let text): sum + Double(text.utf8.count) * services
            case .project: sum + projects
            case .service: sum + names
            case .image: sum + images
            case .owner: sum + owners
            }
        }
    }
}
