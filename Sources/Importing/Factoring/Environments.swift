import ComposeSpec
import Diagnostics
import SourceText
import YAMLSyntax

/// Environments: what a `compose.<name>.yaml` changes, as overrides of what was factored.
extension Factoring {
    mutating func draftEnvironments(developmentImages: Set<Int>) {
        var names: [String] = []
        for environment in projects.flatMap(\.environments) where !names.contains(environment.name) {
            names.append(environment.name)
        }
        for name in names {
            var draft = DraftEnvironment(name: name)
            var uses: [ImageUse] = []
            for index in projects.indices {
                guard let environment = projects[index].environments.first(where: { $0.name == name }) else { continue }
                draft.isComplete = environment.isComplete
                draftProject(index, environment, into: &draft, &uses)
            }
            draftImages(uses, into: &draft)
            result.environments.append(draft)
        }
    }

    /// What an image is called where an environment runs it.
    struct ImageUse {
        let image: Int
        let name: ImageName
        let isBuilt: Bool
        /// What the environment builds otherwise.
        var build: [Entry] = []
        let span: Span
    }

    private mutating func draftProject(
        _ index: Int, _ environment: ComposeEnvironment, into draft: inout DraftEnvironment, _ uses: inout [ImageUse]
    ) {
        var services: [(name: String, override: DraftOverride?)] = []
        let there = Dictionary(environment.services.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        let template = environmentTemplate(index, environment)
        let positions = Dictionary(
            result.projects[index].services.enumerated().map { ($0.element.name, $0.offset) },
            uniquingKeysWith: { first, _ in first })
        for (place, service) in projects[index].services.enumerated() where !environment.isComplete {
            guard let position = positions[service.name] else { continue }
            guard let other = there[service.name] else {
                services.append((service.name, nil))
                continue
            }
            let image = result.projects[index].services[position].image
            var override = DraftOverride(entries: [])
            let own = files.location(environment.span).file.path
            if !draft.files.contains(own) { draft.files.append(own) }
            override.key = environment.keys[service.name]
            override.image = otherImage(service, other, image, index, place, environment.name, &uses)
            override.containerName = otherName(service, other, position, index, template)
            if let written = environment.overrides {
                if let body = written[service.name] {
                    // Where nothing stands in a later file, the earlier one's word holds; in a manifest it would not.
                    let hasNothing = tree.entries(body).contains { tree.isNull($0.value) }
                    override.entries =
                        hasNothing
                        ? difference(carried(service.body), carried(other.body))
                        : changing(carried(body), service.body, to: other.body)
                }
            } else {
                override.entries = difference(carried(service.body), carried(other.body))
            }
            if !override.isEmpty {
                services.append((service.name, override))
            }
        }
        let (added, absent) = addedServices(to: index, in: environment, template, &uses)
        if !added.isEmpty, case let own = files.location(environment.span).file.path, !draft.files.contains(own) {
            draft.files.append(own)
        }
        services += added
        if !absent.isEmpty {
            // What depends on a service that is told of needs no word of its own.
            for place in services.indices {
                guard let entries = services[place].override?.entries else { continue }
                services[place].override?.entries = entries.compactMap { entry in
                    tree.text(entry.key) == "depends_on" ? withoutNames(entry, absent, tells: false) : entry
                }
            }
            services.removeAll { $0.override?.isEmpty ?? false }
        }
        let sections = sections(of: environment, in: index, without: absent)
        let drafted = DraftEnvironment.Project(
            project: index, template: template, services: services, sections: sections)
        if !drafted.isEmpty { draft.projects.append(drafted) }
    }

    // MARK: Container names

    /// The template that all the environment's container names follow, where it is another than the project's.
    private func environmentTemplate(_ index: Int, _ environment: ComposeEnvironment) -> String? {
        guard !result.leavesNamesToCompose,
            result.projects[index].services.allSatisfy({ $0.containerName.isTemplate })
        else { return nil }
        let names = environment.services.compactMap { service in
            statedName(service.body).map { (service: service.name, name: tree.text($0)) }
        }
        guard let best = commonTemplate(names, project: projects[index].name), best.count == names.count,
            names.count > 1, best.text != template(of: index)
        else { return nil }
        return best.text
    }

    private func otherName(
        _ service: ComposeService, _ other: ComposeService, _ position: Int, _ index: Int, _ template: String?
    ) -> DraftContainerName {
        let name = containerName(
            service.name, other.body, template: template ?? self.template(of: index), project: index)
        switch (result.projects[index].services[position].containerName, name) {
        case (.template, .template), (.chosenByCompose, .chosenByCompose): return .template
        case (.literal(let one), .literal(let two)) where tree.isSame(one, two): return .template
        case (.alternative(let one), .literal(let two)) where tree.isSame(one, two): return .template
        case (_, .template):
            // What development states would go on to hold.
            return statedName(other.body).map { .literal($0) } ?? .chosenByCompose
        case (_, let stated): return stated
        }
    }

    // MARK: Images

    /// Another image than in development; nil where it is the same one, whatever it is called here.
    private mutating func otherImage(
        _ service: ComposeService, _ other: ComposeService, _ image: Int, _ index: Int, _ place: Int,
        _ environment: String, _ uses: inout [ImageUse]
    ) -> Int? {
        let (here, there) = (buildNode(service.body), buildNode(other.body))
        let draft = result.images[image]
        let name = imageNode(other.body).map { node in
            // What is said of development and stays as it is stays what it became.
            if let own = imageNode(service.body), tree.isSame(own, node) { return draft.reference }
            return ImageName(tree.text(node))
        }
        let span = tree[imageNode(other.body) ?? other.key].span
        if let there, here.map({ !tree.isSame($0, there) }) ?? true {
            if let here, let name = otherBuildName(image, here, index, name, environment) {
                let build = buildDifference(here, there)
                uses.append(ImageUse(image: image, name: name, isBuilt: true, build: build, span: span))
                return nil
            }
            let built = ComposeService(name: service.name, key: other.key, body: other.body)
            guard let added = self.image(of: built, in: index, place, environment: environment) else { return nil }
            nameImages()
            return added == image ? nil : added
        }
        guard let name else { return nil }
        if isName(name, of: draft) {
            uses.append(ImageUse(image: image, name: name, isBuilt: there != nil, span: span))
            return nil
        }
        guard there == nil else {
            findings.notCarried(
                "the image name `\(name.text)`", at: span, "in `\(environment)` it stays `\(draft.reference.text)`",
                why: "an environment changes a built image's registry and tag, and not its name",
                help: ["give the image one name, or set its `repository`"])
            return nil
        }
        guard let added = self.image(of: other, in: index, place, environment: environment) else { return nil }
        nameImages()
        return added == image ? nil : added
    }

    /// Whether a name is an image's own, with any tag, and for a built one with any registry.
    func isName(_ name: ImageName, of image: DraftImage) -> Bool {
        let usual = image.reference.repository
        return name.repository == usual || image.build != nil && name.repository.hasSuffix("/" + usual)
    }

    /// What images are called here: once for all where they agree.
    private mutating func draftImages(_ uses: [ImageUse], into draft: inout DraftEnvironment) {
        var seen: [Int: ImageUse] = [:]
        var order: [Int] = []
        for use in uses {
            if let other = seen[use.image] {
                if other.name != use.name {
                    findings.notCarried(
                        "the image name `\(use.name.text)`", at: use.span,
                        "another service says `\(other.name.text)`",
                        why: "in one environment an image has one name", help: ["say the same in both"])
                } else if other.isBuilt, use.isBuilt, !isSameBuild(other.build, use.build) {
                    findings.notCarried(
                        "the build of `\(use.name.text)`", at: use.span, "another service builds it otherwise",
                        why: "in one environment an image has one build", help: ["say the same in both"])
                } else if use.isBuilt {
                    seen[use.image] = use
                }
                continue
            }
            seen[use.image] = use
            order.append(use.image)
        }
        let built = order.filter { result.images[$0].build != nil }
        func registry(_ image: Int) -> String? {
            guard let name = seen[image]?.name else { return nil }
            let usual = result.images[image].reference.repository
            return name.repository == usual ? nil : String(name.repository.dropLast(usual.count + 1))
        }
        func tag(_ image: Int) -> String? {
            guard let name = seen[image]?.name else { return nil }
            let usual = result.images[image].reference.tag ?? "latest"
            let there = name.tag ?? "latest"
            return there == usual ? nil : there
        }
        if let first = built.first {
            let common = registry(first)
            if built.allSatisfy({ registry($0) == common }) { draft.registry = common }
            let tagged = tag(first)
            if built.allSatisfy({ tag($0) == tagged }) { draft.tag = tagged }
            let builds = built.contains { seen[$0]?.isBuilt == true }
            if builds != (draft.registry == nil) { draft.build = builds }
        }
        for image in order {
            let isBuilt = result.images[image].build != nil
            var (itsRegistry, itsTag) = (isBuilt ? registry(image) : nil, tag(image))
            if isBuilt, draft.registry != nil { itsRegistry = nil }
            if isBuilt, draft.tag != nil { itsTag = nil }
            let digest = seen[image]?.name.digest
            let build = seen[image]?.build ?? []
            if itsRegistry != nil || itsTag != nil || !build.isEmpty
                || digest != nil && digest != result.images[image].reference.digest
            {
                draft.images.append((image, itsRegistry, itsTag, digest, build))
            }
        }
    }

    // MARK: Bodies

    /// The entries of an override that make another body of one; what only repeats it is not said again.
    ///
    /// An entry that somebody commented on is kept, since the comment speaks of it.
    private mutating func changing(_ entries: [Entry], _ weak: NodeID, to strong: NodeID) -> [Entry] {
        entries.compactMap { entry in
            let symbol = tree[entry.key].symbol
            guard let old = tree.value(symbol, in: weak), let new = tree.value(symbol, in: strong) else { return entry }
            if tree.isSame(old, new) { return isCommented(entry.key) ? entry : nil }
            let value = entry.value
            guard Self.divisible.contains(tree.text(entry.key)), tree[value].tag == .none,
                [old, new, value].allSatisfy({ tree[$0].kind == .mapping })
            else { return entry }
            let rest = changing(tree.entries(value).map { ($0.key, $0.value) }, old, to: new)
            if rest.isEmpty || rest.count == Int(tree[value].count) { return entry }
            return (entry.key, tree.addMapping(rest, style: tree[value].style, at: tree[value].span))
        }
    }

    private mutating func isCommented(_ key: NodeID) -> Bool {
        let location = files.location(tree[key].span)
        guard let notes = notes[location.file.path] else { return false }
        let start = location.span.start
        return notes[start]?.hasComments ?? false || !notes.comments(under: start).isEmpty
    }

    /// What must be written over one body to make another: `!reset` takes away, `!override` replaces.
    mutating func difference(_ weak: [Entry], _ strong: [Entry]) -> [Entry] {
        var result: [Entry] = []
        func value(_ key: NodeID, in entries: [Entry]) -> NodeID? {
            entries.first { tree[$0.key].symbol == tree[key].symbol }?.value
        }
        for entry in strong {
            guard let old = value(entry.key, in: weak) else {
                result.append(entry)
                continue
            }
            if tree.isSame(old, entry.value) { continue }
            let isScalar = tree[entry.value].kind == .scalar
            result.append((entry.key, isScalar ? entry.value : tree.addTagged(entry.value, .override)))
        }
        for entry in weak where value(entry.key, in: strong) == nil {
            let null = tree.addScalar("null".utf8, at: tree[entry.key].span)
            result.append((entry.key, tree.addTagged(null, .reset)))
        }
        return result
    }
}
