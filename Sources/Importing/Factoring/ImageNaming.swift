import ComposeSpec
import YAMLSyntax

/// Generic names for the images: the repository's last part, or the name of the service that is built.
extension Factoring {
    /// Names the images that have no name yet.
    ///
    /// A name that one image alone would have is its name; of several that would have it, each takes a longer one, so
    /// that the order of the projects decides nothing.
    mutating func nameImages() {
        decideTag()
        let unnamed = DraftImage(name: "", reference: ImageName(repository: "", tag: nil))
        let more = images.items.count - result.images.count
        result.images += Array(repeating: unnamed, count: more)
        var taken = Set(result.images.map(\.name))
        let prefixes = deploymentPrefixes
        // What is pulled has its name from elsewhere; builds make way for it.
        let kinds: [(ImageTable.Item) -> Bool] = [
            { $0.build == nil }, { $0.build != nil && $0.reference != nil }, { $0.build != nil && $0.reference == nil },
        ]
        for isOfKind in kinds {
            let waiting = images.items.indices.filter { result.images[$0].name.isEmpty && isOfKind(images.items[$0]) }
            name(waiting, &taken, prefixes)
        }
    }

    private mutating func name(_ images: [Int], _ taken: inout Set<String>, _ prefixes: DeploymentPrefixes) {
        var waiting = images.map { (image: $0, wishes: wishes(for: $0, prefixes)) }
        for level in 0..<(waiting.map(\.wishes.count).max() ?? 0) {
            var wanted: [String: Int] = [:]
            for (_, wishes) in waiting where level < wishes.count { wanted[wishes[level], default: 0] += 1 }
            // What several want is nobody's, now or later.
            let free = wanted.filter { $0.value == 1 && isFree($0.key, taken) }
            waiting.removeAll { image, wishes in
                guard level < wishes.count, free[wishes[level]] != nil else { return false }
                take(wishes[level], for: image, &taken, prefixes)
                return true
            }
        }
        var counters: [String: Int] = [:]
        for (image, wishes) in waiting {
            let stem = wishes.first.map { $0 == "x" || $0.hasPrefix("x-") ? "image-" + $0 : $0 } ?? "image"
            var number = counters[stem] ?? 2
            while !isFree("\(stem)-\(number)", taken) { number += 1 }
            counters[stem] = number + 1
            take("\(stem)-\(number)", for: image, &taken, prefixes)
        }
    }

    private mutating func take(
        _ name: String, for image: Int, _ taken: inout Set<String>, _ prefixes: DeploymentPrefixes
    ) {
        taken.insert(name)
        if images.items[image].build != nil, prefixes.prefix(of: name) != nil { result.naming.isGeneric = false }
        result.images[image] = draft(image, name)
    }

    /// A tag other than `latest` that all the named builds have.
    private mutating func decideTag() {
        guard result.naming.tag == nil, result.images.isEmpty else { return }
        let tags = images.items.filter { $0.build != nil }.compactMap(\.reference).map { $0.tag ?? "latest" }
        guard let first = tags.first, tags.count > 1, first != "latest", tags.allSatisfy({ $0 == first }) else {
            return
        }
        result.naming.tag = first
    }

    // MARK: Wishes

    /// The names that an image may have, the best first: of what is pulled its repository's last part, of a build its
    /// own name or its service's.
    private func wishes(for index: Int, _ prefixes: DeploymentPrefixes) -> [String] {
        let item = images.items[index]
        let service = ImageName.generic(serviceName(of: item) + (item.environment.map { "-" + $0 } ?? ""))
        let project = ImageName.generic(projects[item.first.project].name)
        guard let reference = item.reference?.settled else {
            let long = service + "-" + project
            return prefixes.prefix(of: long) == nil ? [service, long] : [service, "built-" + service, long]
        }
        let plain = reference.lastPart
        if item.build == nil {
            let version =
                (reference.tag ?? reference.digest).map { "-" + ImageName.generic($0) } ?? version(ofVariables: item)
            let parts = reference.repository.split(separator: "/").suffix(2)
            let long = ImageName.generic(parts.joined(separator: "-"))
            let whole = ImageName.generic(reference.repository)
            return [plain, plain + version, long, long + version, whole + version, service, service + "-" + project]
        }
        var wishes = [plain, service, plain + "-" + project, service + "-" + project]
        // A container's prefix says where the image runs and not what it is, if a service is called what is left.
        if let prefix = prefixes.prefix(of: plain) {
            let rest = String(plain.dropFirst(prefix.count))
            if item.users.contains(where: { ImageName.generic($0.name) == rest }) { wishes.insert(rest, at: 0) }
        }
        // The service of the image's name builds it: one that waits for a profile would build it for nobody else.
        if item.users.contains(where: { !$0.hasProfiles }) {
            let idle = item.users.filter { $0.hasProfiles && $0.project == item.owner }.map(\.name)
            wishes.removeAll { idle.contains($0) }
        }
        if let builder = onlyBuilder(of: item) { wishes.insert(ImageName.generic(builder), at: 0) }
        return wishes
    }

    /// The end of a name for a tag that only variables without a default tell: theirs, in the place of a version.
    private func version(ofVariables item: ImageTable.Item) -> String {
        guard let tag = item.reference?.tag, let names = VariableText(tag)?.names, !names.isEmpty else {
            return "-latest"
        }
        return "-" + ImageName.generic(names.joined(separator: "-"))
    }

    /// The service that a build is called after: one that runs without a profile, and best one that is called like the
    /// folder that is built.
    private func serviceName(of item: ImageTable.Item) -> String {
        let users = item.users.filter { $0.builds && $0.project == item.owner }
        let running = users.filter { !$0.hasProfiles }
        let candidates = running.isEmpty ? users.isEmpty ? item.users : users : running
        let folder = item.build.flatMap { folderName(of: $0, in: projects[item.owner ?? item.first.project].folder) }
        return candidates.first { $0.name == folder }?.name ?? candidates[0].name
    }

    /// The one service that builds an image which others of its project only run, where the first of them would build it
    /// from now on.
    private func onlyBuilder(of item: ImageTable.Item) -> String? {
        let users = item.users.filter { $0.project == item.owner }.sorted { $0.service < $1.service }
        let builders = users.filter(\.builds)
        guard builders.count == 1, let builder = builders.first, !builder.hasProfiles,
            let usual = users.first(where: { $0.name == item.reference?.lastPart })
                ?? users.first(where: { !$0.hasProfiles }), usual.service != builder.service
        else { return nil }
        return builder.name
    }

    private func isFree(_ name: String, _ taken: Set<String>) -> Bool {
        !taken.contains(name) && !name.hasPrefix("x-") && name != "x"
    }

    /// What the containers of each project begin with before the name of their service.
    private var deploymentPrefixes: DeploymentPrefixes {
        // Most projects have one template.
        var beginnings: [String: String] = [:]
        return DeploymentPrefixes(
            projects.indices.map { index in
                let template = template(of: index)
                let known = beginnings[template]
                let beginning =
                    known ?? template.firstRange(of: "{service}").map { String(template[..<$0.lowerBound]) } ?? ""
                if known == nil { beginnings[template] = beginning }
                return Self.expanded(beginning, project: projects[index].name, service: "")
            })
    }

    /// The repository of a build that no service names: its key, unless others mean another image by that name; then the
    /// name that Compose gives it.
    private func repository(_ name: String, for item: ImageTable.Item) -> String {
        let isOthers =
            HubNames.all.contains(name) || bases.contains(name) || images.repositories.contains(name)
        let given = projects[item.first.project].name + "-" + serviceName(of: item)
        return isOthers && ImageReference.pathFault(Array(given.utf8)[...]) == nil ? given : name
    }

    private mutating func draft(_ index: Int, _ name: String) -> DraftImage {
        let item = images.items[index]
        let usualTag = result.naming.tag ?? "latest"
        let reference = item.reference ?? ImageName(repository: repository(name, for: item), tag: usualTag)
        var image = DraftImage(name: name, owner: item.owner, build: item.build, reference: reference)
        image.place = item.span
        guard item.build != nil else {
            image.pull = reference.text
            return image
        }
        findings.report(
            .changedByImport, "the services that run `\(name)` get `pull_policy: never`", at: item.span,
            "it is built in this workspace", why: "a missing image is then a clear error, and no stranger's is fetched",
            help: ["a `pull_policy` of the service's own stays as it is"])
        if item.reference == nil {
            findings.report(
                .changedByImport, "this build becomes the image `\(name)`", at: item.span, "it names no image",
                why: "images of a manifest have names, so that several projects can run them")
        }
        if reference.repository != name {
            if reference.repository.contains("$")
                || ImageReference.pathFault(Array(reference.repository.utf8)[...]) == nil
            {
                image.repository = reference.repository
            } else {
                findings.notCarried(
                    "the registry of `\(reference.text)`", at: item.span, "its image is now `\(name)`",
                    why: "a built image has a registry only in an environment",
                    help: ["state the registry in an environment of the manifest"])
                image.reference = ImageName(repository: name, tag: reference.tag)
            }
        }
        if reference.digest != nil {
            findings.notCarried(
                "the digest of `\(reference.text)`", at: item.span, "what is built has no digest yet",
                help: ["pin the image in an environment: `images.\(name).digest`"])
        }
        if let tag = reference.tag ?? (usualTag == "latest" ? nil : "latest"), tag != usualTag { image.tag = tag }
        return image
    }

    // MARK: Services that are not carried over

    /// Takes out of the others' `depends_on` the services that could not be carried over.
    mutating func removeDependenciesOnAbsent() {
        for index in result.projects.indices {
            let kept = Set(result.projects[index].services.map(\.name))
            let absent = Set(projects[index].services.map(\.name)).subtracting(kept)
            if absent.isEmpty { continue }
            for place in result.projects[index].services.indices {
                let entries = result.projects[index].services[place].entries
                result.projects[index].services[place].entries = entries.compactMap { entry in
                    tree.text(entry.key) == "depends_on" ? withoutNames(entry, absent) : entry
                }
            }
        }
    }

    mutating func withoutNames(_ entry: Entry, _ absent: Set<String>, tells: Bool = true) -> Entry? {
        let span = tree[entry.value].span
        func report(_ name: NodeID) {
            guard tells else { return }
            findings.notCarried(
                "the dependency on `\(tree.text(name))`", at: tree[name].span, "that service is not carried over")
        }
        if tree[entry.value].kind == .sequence {
            var items: [NodeID] = []
            for item in Array(tree.items(entry.value)) {
                if absent.contains(tree.text(item)) { report(item) } else { items.append(item) }
            }
            return items.isEmpty ? nil : (entry.key, tree.addSequence(items, style: tree[entry.value].style, at: span))
        }
        var entries: [Entry] = []
        for dependency in Array(tree.entries(entry.value)) {
            if absent.contains(tree.text(dependency.key)) { report(dependency.key) } else { entries.append(dependency) }
        }
        return entries.isEmpty ? nil : (entry.key, tree.addMapping(entries, style: tree[entry.value].style, at: span))
    }
}
